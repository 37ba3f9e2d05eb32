"""Retention reaches cohorts that were never opened as well."""

from datetime import timedelta

import pytest

from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from programmes.people.retention import expire_personal_data
from tests.conftest import Clock
from tests.programmes.applications.applicants import make_cohort
from tests.programmes.applications.imports import bring_in
from wimmentor.base import clock as site_clock
from wimmentor.base.actors import SYSTEM

pytestmark = pytest.mark.django_db
TEXT = "email,name,country,languages\nana@example.org,Ana Rojas,CL,es\n"


def expire() -> dict[str, int]:
    return {rule.name: count for rule, count in expire_personal_data(by=SYSTEM) if count}


@pytest.mark.parametrize(("accept", "rule", "months"), [(False, "without_place", 12), (True, "participants", 24)])
def test_who_was_brought_into_a_cohort_that_was_never_opened_goes_after_its_dates(
    clock: Clock, accept: bool, rule: str, months: int
) -> None:
    cohort = make_cohort(opened=False)
    bring_in(cohort, TEXT, accept=accept)
    Cohort.objects.filter(pk=cohort.pk).update(closing_on=site_clock.now().date() + timedelta(days=100))

    clock.shift(timedelta(days=100 + months * 30))
    early = expire()
    clock.shift(timedelta(days=months))

    assert (rule in early, expire()[rule]) == (False, 1)
    assert list(Application.objects.values_list("email", flat=True)) == [""]


def test_a_cohort_whose_dates_were_never_moved_on_keeps_whom_somebody_still_works_with(clock: Clock) -> None:
    cohort = make_cohort(opened=False)
    Cohort.objects.filter(pk=cohort.pk).update(closing_on=site_clock.now().date())
    clock.shift(timedelta(days=400))
    bring_in(cohort, TEXT)
    Application.objects.update(changed_at=site_clock.now())

    at_once = expire()
    clock.shift(timedelta(days=360))
    later = expire()
    clock.shift(timedelta(days=10))

    assert ("without_place" in at_once, "without_place" in later, expire()["without_place"]) == (False, False, 1)


def test_an_opened_cohort_goes_by_its_end_alone(clock: Clock) -> None:
    cohort = make_cohort()
    bring_in(cohort, TEXT)
    Cohort.objects.filter(pk=cohort.pk).update(phase="closed", closing_on=site_clock.now().date())
    clock.shift(timedelta(days=370))
    Application.objects.update(changed_at=site_clock.now())

    assert expire()["without_place"] == 1
