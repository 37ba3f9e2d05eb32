"""What a view does with a refusal of the domain. A conflict gets its own page, with both versions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest

from wimmentor.base.errors import Conflict, DomainError
from wimmentor.base.forms import PlainForm

T = TypeVar("T")


@contextmanager
def said_beside_fields(form: PlainForm) -> Iterator[None]:
    """What is refused inside stands beside the field that it names, and the view goes on after the block."""
    try:
        yield
    except Conflict:
        raise
    except DomainError as error:
        form.add_refusal(error)


@contextmanager
def said_on_next_page(request: HttpRequest) -> Iterator[None]:
    """Where there is no form to say it in."""
    try:
        yield
    except Conflict:
        raise
    except DomainError as error:
        messages.warning(request, str(error.message))


def try_with(form: PlainForm, call: Callable[[], T]) -> T | None:
    """None: refused."""
    with said_beside_fields(form):
        return call()
    return None
