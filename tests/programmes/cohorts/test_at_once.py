"""A button pressed twice: one programme, one cohort, and a sentence instead of a broken page."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from programmes.cohorts.models import Cohort, Programme
from tests.programmes.cohorts.conftest import make_cohort, make_organisation, make_programme
from wimmentor.base.errors import DomainError


def press_at_once(call: Callable[[], Any], times: int = 6) -> list[str]:
    def press(_number: int) -> str:
        try:
            call()
        except DomainError as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return "made"

    with ThreadPoolExecutor(times) as pool:
        return sorted(pool.map(press, range(times)))


@pytest.mark.django_db(transaction=True)
def test_six_presses_register_one_programme() -> None:
    organisation = make_organisation()

    answers = press_at_once(lambda: make_programme(organisation))

    assert answers == ["made", *["name_taken"] * 5]
    assert Programme.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_six_presses_make_one_cohort() -> None:
    programme = make_programme(make_organisation())

    answers = press_at_once(lambda: make_cohort(programme))

    assert answers == ["made", *["name_taken"] * 5]
    assert Cohort.objects.count() == 1
