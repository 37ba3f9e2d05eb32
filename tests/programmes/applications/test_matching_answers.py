"""Questions that only matching and the coordinators read."""

from datetime import date

import pytest
from django.test import Client

from programmes.applications.forms.goals import GoalsForm
from programmes.applications.forms.meeting import MeetingForm
from programmes.applications.forms.steps import list_answers, open_steps
from programmes.applications.models import Application
from programmes.applications.sheet import describe_application
from programmes.cohorts.models import Cohort
from tests.programmes.applications.applicants import GOALS, MEETING, make_cohort, post_start, post_steps
from wimmentor.base.codes import TOP_CRITERION

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def read_sheet(application: Application) -> dict[str, str]:
    sections = describe_application(application, private=True)
    return {fact.label: fact.value for section in sections for fact in section.facts}


def test_a_mentee_says_what_matters_most_and_the_coordinator_reads_it(client: Client, cohort: Cohort) -> None:
    application = post_start(client, cohort)

    post_steps(client, application, goals={**GOALS, "top_criterion": "region"})

    application.refresh_from_db()
    assert application.top_criterion == "region"
    assert read_sheet(application)["Matters most to her in a mentor"] == "The same country or part of the world"


def test_what_the_programme_does_not_weigh_is_not_offered_as_what_matters_most(cohort: Cohort) -> None:
    cohort.matching_settings["weights"] |= {"region": 0, "goals": 36}
    forms = [GoalsForm(application=Application(cohort=cohort, role=role)) for role in ("mentee", "mentor")]

    offered = [code for code, _label in forms[0].fields["top_criterion"].choices]  # type: ignore[attr-defined]

    assert offered == ["", *(code for code in TOP_CRITERION if code != "region")]
    assert "top_criterion" not in forms[1].fields


@pytest.mark.parametrize(("rotation", "is_asked"), [("roster_14_7", True), ("day_5_2", False), ("", False)])
def test_who_works_on_a_roster_is_asked_when_her_hours_hold(rotation: str, is_asked: bool, cohort: Cohort) -> None:
    form = MeetingForm(application=Application(cohort=cohort, role="mentor", rotation=rotation))

    assert {"roster_hours", "on_site_from"} & form.fields.keys() == (
        {"roster_hours", "on_site_from"} if is_asked else set()
    )


def test_hours_on_a_roster_are_kept_and_read(client: Client, cohort: Cohort) -> None:
    application = post_start(client, cohort)

    post_steps(client, application, meeting={**MEETING, "roster_hours": "at_home", "on_site_from": "2027-01-04"})

    application.refresh_from_db()
    assert (application.roster_hours, application.on_site_from) == ("at_home", date(2027, 1, 4))
    facts = read_sheet(application)
    assert (facts["When these hours hold"], facts["First day on site"]) == (
        "Only in the weeks at home",
        "4 January 2027",
    )
    answers = {line.label: line.value for step in list_answers(application) for line in step.lines}
    assert answers["First day of a coming block on site"] == "4 January 2027"
    assert open_steps(application) == []


def test_the_sheet_does_not_speak_of_a_roster_where_there_is_none(cohort: Cohort) -> None:
    """Somebody who answered and then took another job."""
    sheet = read_sheet(Application(cohort=cohort, role="mentee", rotation="day_5_2", roster_hours="at_home"))

    assert {"When these hours hold", "First day on site"} & sheet.keys() == set()
