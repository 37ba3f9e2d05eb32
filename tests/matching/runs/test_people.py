"""What of an application the engine reads, beyond the plain columns."""

from datetime import date
from typing import Any

import pytest

from matching.engine import DEFAULT_WEIGHTS, Mentee, Roster
from matching.runs.people import person_of
from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from wimmentor.base.codes import ROSTER_DAYS, ROTATION, TOP_CRITERION


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


ROSTER_14_7 = {"days_on": 14, "days_off": 7}


@pytest.mark.parametrize(
    ("columns", "roster"),
    [
        ({"rotation": "roster_14_7"}, None),
        ({"rotation": "roster_14_7", "roster_hours": "at_home"}, Roster(**ROSTER_14_7, free="off")),
        (
            {"rotation": "roster_14_7", "roster_hours": "on_site", "on_site_from": date(2027, 1, 4)},
            Roster(**ROSTER_14_7, free="on", first_day_on=date(2027, 1, 4).toordinal()),
        ),
        # answered before she took another job
        ({"rotation": "day_5_2", "roster_hours": "at_home"}, None),
        ({"rotation": "", "roster_hours": "at_home"}, None),
    ],
)
@pytest.mark.parametrize("role", ["mentee", "mentor"])
def test_when_her_hours_hold(role: str, columns: dict[str, Any], roster: Roster | None) -> None:
    assert read(role, **columns).roster == roster


def test_every_pattern_of_blocks_has_its_days() -> None:
    assert [code for code in ROTATION if code.startswith("roster_")] == list(ROSTER_DAYS)
