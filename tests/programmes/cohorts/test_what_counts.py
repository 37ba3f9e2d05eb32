"""What counts in matching: the form on the page of settings, and what the domain refuses."""

from typing import Any

import pytest
from django.test import Client

from programmes.audit.models import AuditEvent
from programmes.cohorts import domain
from programmes.cohorts.forms import MatchingForm
from programmes.cohorts.models import Cohort
from programmes.questionnaires.queries import list_shared_choices
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError

pytestmark = pytest.mark.django_db
HOME = "/o/wim-cordillera/primera-veta/cohort-2091/"


def shown_values(client: Client) -> dict[str, Any]:
    shown: MatchingForm = client.get(HOME + "settings/").context["matching"]
    values = {shown.add_prefix(name): shown[name].value() for name in shown.fields}
    return {**{name: value for name, value in values.items() if value is not False}, "part": "matching"}


def test_own_questions_with_choices_that_both_forms_ask(cohort: Cohort) -> None:
    shared = list_shared_choices(cohort.mentee_questions, cohort.mentor_questions)

    assert [question["code"] for question in shared] == ["working_style"]


def test_own_question_extra_and_fairness_are_saved(coordinator: Client, cohort: Cohort) -> None:
    values = shown_values(coordinator)

    answer = coordinator.post(
        HOME + "settings/",
        {
            **values,
            "matching-weight_goals": "22",
            "matching-own_weight_working_style": "8",
            "matching-own_kind_working_style": "share",
            "matching-top_criterion_extra": "0",
            "matching-fairness": "bottleneck",
        },
    )

    cohort.refresh_from_db()
    settings = cohort.matching_settings
    assert answer.status_code == 302
    assert (settings["weights"]["goals"], settings["weights"]["own:working_style"]) == (22, 8)
    assert settings["own_criteria"] == {"own:working_style": "share"}
    assert (settings["top_criterion_extra"], settings["fairness"]) == (0, "bottleneck")
    assert AuditEvent.objects.get(verb="cohort.edit").details == {"fields": ["matching_settings"]}
    again = shown_values(coordinator)
    assert (again["matching-own_weight_working_style"], again["matching-own_kind_working_style"]) == (8, "share")


def test_a_question_without_weight_is_left_out(coordinator: Client, cohort: Cohort) -> None:
    coordinator.post(HOME + "settings/", shown_values(coordinator))

    cohort.refresh_from_db()
    assert cohort.matching_settings["own_criteria"] == {}
    assert "own:working_style" not in cohort.matching_settings["weights"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"own_criteria": {"own:shoe_size": "same"}}, "The two forms do not both ask “shoe_size”"),
        ({"own_criteria": {"own:working_style": "same"}}, "Give every criterion a weight"),
        ({"top_criterion_extra": 51}, "Choose between 0 and 50 points"),
        ({"fairness": "lottery"}, "This choice is not offered here"),
    ],
)
def test_settings_that_are_refused(cohort: Cohort, by: Actor, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(DomainError, match=sentence):
        domain.edit_cohort(cohort=cohort, seen=1, matching_settings={**cohort.matching_settings, **changes}, by=by)


def test_kind_of_comparison_that_does_not_exist(cohort: Cohort, by: Actor) -> None:
    settings = cohort.matching_settings
    weights = {**settings["weights"], "goals": 25, "own:working_style": 5}
    changed = {**settings, "weights": weights, "own_criteria": {"own:working_style": "likeness"}}

    with pytest.raises(DomainError, match="This choice is not offered here"):
        domain.edit_cohort(cohort=cohort, seen=1, matching_settings=changed, by=by)
