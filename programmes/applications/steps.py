"""The five steps of the form: which columns each of them fills."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    """`minutes`: about how long it takes. `columns`: the columns of Application that the step writes."""

    code: str
    title: Promise
    minutes: int
    columns: tuple[str, ...]


STEPS: dict[str, Step] = {
    step.code: step
    for step in (
        Step(
            "about",
            _("About you"),
            2,
            ("email", "first_name", "last_name", "preferred_name", "gender", "phone"),
        ),
        Step(
            "work",
            _("Where you work"),
            4,
            (
                "country",
                "city",
                "time_zone",
                "employer",
                "job_title",
                "function",
                "segment",
                "rotation",
                "years_experience",
                "seniority",
            ),
        ),
        Step("goals", _("What you want from it"), 6, ("goals", "goals_words", "interests", "top_criterion")),
        Step(
            "meeting",
            _("How you can meet"),
            4,
            (
                "languages",
                "preferred_language",
                "preferred_mentor_gender",
                "gender_preference_strict",
                "availability",
                "roster_hours",
                "on_site_from",
                "hours_a_month",
                "channels",
                "capacity",
            ),
        ),
        Step("care", _("What we take care of"), 4, ("not_with", "line_manager_email", "adult")),
    )
}
CODES = tuple(STEPS)
CHECK = "check"


def position(code: str) -> int:
    return CODES.index(code) + 1


def step_after(code: str) -> str:
    """The next step, or the page that shows all answers."""
    return CODES[position(code)] if position(code) < len(CODES) else CHECK


def step_before(code: str) -> str:
    return CODES[position(code) - 2] if position(code) > 1 else ""
