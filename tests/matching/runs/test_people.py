"""What of an application the engine reads, beyond the plain columns."""

from datetime import date
from typing import Any

import pytest

from matching.engine import DEFAULT_WEIGHTS, Mentee
from matching.runs.people import person_of
from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from wimmentor.base.codes import TOP_CRITERION


def read(role: str = "mentee", **columns: Any) -> Any:
    cohort = Cohort(kickoff_on=date(2027, 3, 1), default_capacity=1)
    return person_of(Application(pk=7, cohort=cohort, role=role, email="ada@example.org", **columns))


def test_codes_of_what_matters_most_are_the_criteria() -> None:
    assert list(TOP_CRITERION) == list(DEFAULT_WEIGHTS)


@pytest.mark.parametrize(("said", "top"), [("", None), ("region", "region")])
def test_what_matters_most_to_a_mentee(said: str, top: str | None) -> None:
    mentee = read(top_criterion=said)

    assert isinstance(mentee, Mentee)
    assert mentee.top_criterion == top
