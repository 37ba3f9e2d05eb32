"""The forms of the five steps, and what they say about an application that is stored already."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import BooleanField, BoundField, MultipleChoiceField
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.applications.forms.about import AboutForm
from programmes.applications.forms.base import StepForm
from programmes.applications.forms.consents import CareForm
from programmes.applications.forms.goals import GoalsForm
from programmes.applications.forms.meeting import MeetingForm
from programmes.applications.forms.widgets import DAYS, WeekField
from programmes.applications.forms.work import WorkForm
from programmes.applications.models import Application
from programmes.applications.steps import STEPS
from wimmentor.base.codes import GOALS, GOALS_MENTOR
from wimmentor.base.codes.places import language_name

FORMS: dict[str, type[StepForm]] = {form.step: form for form in (AboutForm, WorkForm, GoalsForm, MeetingForm, CareForm)}
# Shown together with the field before them.
CONTINUED = ("function_other", "goal_other", "other_language_1", "other_language_2")


@dataclass(frozen=True)
class Line:
    """`private`: only coordinators, or matching, see it."""

    label: str
    value: str
    who_sees: str = ""


@dataclass(frozen=True)
class StepAnswers:
    code: str
    title: str
    lines: list[Line]
    complete: bool

    @property
    def said(self) -> list[Line]:
        return [line for line in self.lines if line.value]

    @property
    def unsaid(self) -> list[str]:
        return [line.label.strip("?¿ \u00a0\u202f") for line in self.lines if not line.value]


def build_step_form(step: str, application: Application, data: Any = None) -> StepForm:
    return FORMS[step](data, application=application)


def open_steps(application: Application) -> list[str]:
    """Steps that are not complete, or no longer valid."""
    return [step for step in STEPS if not _is_complete(build_step_form(step, application))]


def list_answers(application: Application) -> list[StepAnswers]:
    """All that she has answered, step by step, as a person reads it."""
    return [_read_step(step, application) for step in STEPS]


def _read_step(step: str, application: Application) -> StepAnswers:
    form = build_step_form(step, application)
    lines = [
        Line(str(bound.label), read_value(bound), str(getattr(bound.field, "who_sees", "")))
        for bound in form
        if bound.name not in CONTINUED or bound.initial
    ]
    return StepAnswers(step, str(STEPS[step].title), lines, _is_complete(form))


def _is_complete(form: StepForm) -> bool:
    """Would the form accept what is stored, if it were sent as it is?"""
    stored = {bound.name: bound.initial for bound in form}
    return type(form)(as_data(stored), application=form.application).is_valid()


def as_data(values: dict[str, Any]) -> MultiValueDict[str, Any]:
    """Values of fields as a browser would send them."""
    data: MultiValueDict[str, Any] = MultiValueDict()
    for name, value in values.items():
        if value is True:
            data[name] = "on"
        elif isinstance(value, (list, tuple)):
            data.setlist(name, [str(one) for one in value])
        elif value not in (None, False):
            data[name] = str(value)
    return data


def read_value(bound: BoundField) -> str:
    value, field = bound.initial, bound.field
    if isinstance(field, BooleanField):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return date_format(value)
    if isinstance(field, WeekField):
        return read_week(bound.form.application.availability)  # type: ignore[attr-defined]
    labels = _labels(getattr(field, "choices", ()))
    if isinstance(field, MultipleChoiceField):
        return ", ".join(labels.get(str(one), str(one)) for one in value or ())
    return labels.get(str(value), str(value)) if value not in (None, "") else ""


def _labels(choices: Any) -> dict[str, str]:
    labels = {}
    for value, label in choices:
        inner = label if isinstance(label, (list, tuple)) else [(value, label)]
        labels.update({str(code): str(words) for code, words in inner})
    return labels


def read_week(availability: str) -> str:
    """ "mon 18-22;sat 9-12" -> "Monday 18–22, Saturday 9–12"."""
    names = dict(DAYS)
    parts = [part.strip().partition(" ") for part in availability.split(";") if part.strip()]
    return ", ".join(
        f"{names.get(day[:3].lower(), gettext_lazy(day))} {hours.replace('-', '–')}" for day, _blank, hours in parts
    )


def short_answers(application: Application) -> list[tuple[str, str, bool]]:
    """(label, value, private) of what decides most."""
    labels = GOALS_MENTOR if application.role == Application.Role.MENTOR else GOALS
    named = len([line for line in application.not_with.splitlines() if line.strip()])
    rows = [
        (_("Goals"), ", ".join(labels.label(goal) for goal in application.goals), False),
        (_("Language"), language_name(application.preferred_language), False),
        (_("Time"), read_week(application.availability), False),
        (
            _("Not with"),
            ngettext("%(count)d named", "%(count)d named", named) % {"count": named} if named else "",
            True,
        ),
    ]
    return [row for row in rows if row[1]]
