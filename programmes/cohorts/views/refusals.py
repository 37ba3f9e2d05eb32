from collections.abc import Callable
from typing import TypeVar

from wimmentor.base.errors import Conflict, DomainError
from wimmentor.base.forms import PlainForm

T = TypeVar("T")


def try_with(form: PlainForm, call: Callable[[], T]) -> T | None:
    """A refusal goes beside the field it names; a conflict gets its own page, with both versions."""
    try:
        return call()
    except Conflict:
        raise
    except DomainError as error:
        form.add_refusal(error)
        return None
