"""One application as its readers see it: answers by step, and what happened to it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from math import ceil
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from programmes.applications.forms.steps import read_week
from programmes.applications.models import Application
from programmes.applications.steps import STEPS
from programmes.audit.models import AuditEvent
from programmes.questionnaires.queries import questions_of_step, read_answer, wording
from wimmentor.base.codes import GOALS, GOALS_MENTOR, INTERESTS, MINING_FUNCTION, ROSTER_DAYS
from wimmentor.base.codes.places import country_name, language_name, language_names
from wimmentor.base.codes.zones import name_place
from wimmentor.base.phrases import say_list

LABELS: dict[str, Promise] = {
    "email": gettext_lazy("E-mail"),
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "preferred_name": gettext_lazy("Called"),
    "gender": gettext_lazy("Gender"),
    "phone": gettext_lazy("Telephone"),
    "language": gettext_lazy("Reads her mail in"),
    "country": gettext_lazy("Lives in"),
    "city": gettext_lazy("City"),
    "time_zone": gettext_lazy("Time zone"),
    "employer": gettext_lazy("Employer"),
    "job_title": gettext_lazy("Job"),
    "function": gettext_lazy("Function"),
    "segment": gettext_lazy("Part of the sector"),
    "rotation": gettext_lazy("Roster"),
    "years_experience": gettext_lazy("Years of experience"),
    "seniority": gettext_lazy("Level"),
    "goals": gettext_lazy("Goals"),
    "goals_words": gettext_lazy("In her own words"),
    "interests": gettext_lazy("Interests"),
    "top_criterion": gettext_lazy("Matters most to her in a mentor"),
    "languages": gettext_lazy("Languages"),
    "preferred_language": gettext_lazy("Would rather speak"),
    "preferred_mentor_gender": gettext_lazy("Would like as mentor"),
    "gender_preference_strict": gettext_lazy("Only such a mentor"),
    "availability": gettext_lazy("Hours in her week"),
    "roster_hours": gettext_lazy("When these hours hold"),
    "on_site_from": gettext_lazy("First day on site"),
    "hours_a_month": gettext_lazy("Hours a month"),
    "channels": gettext_lazy("Meets by"),
    "capacity": gettext_lazy("Places for mentees"),
    "not_with": gettext_lazy("Not with"),
    "line_manager_email": gettext_lazy("Line manager"),
    "adult": gettext_lazy("18 or older"),
    "notes": gettext_lazy("Notes"),
}
PRIVATE = frozenset({"not_with", "line_manager_email", "notes", "phone"})
_ONLY_MENTEE = frozenset({"preferred_mentor_gender", "gender_preference_strict", "top_criterion"})
_ONLY_MENTOR = frozenset({"capacity"})
_ONLY_ROSTER = frozenset({"roster_hours", "on_site_from"})
# The form speaks to the applicant; the coordinator reads about her.
TITLES: dict[str, Promise] = {
    "about": gettext_lazy("Person"),
    "work": gettext_lazy("Work"),
    "goals": gettext_lazy("Goals and reasons"),
    "meeting": gettext_lazy("Meeting"),
    "care": gettext_lazy("To take care of"),
}
EVENTS: dict[str, Promise] = {
    "application.started": gettext_lazy("started"),
    "application.submitted": gettext_lazy("sent"),
    "application.confirmed": gettext_lazy("e-mail confirmed"),
    "application.withdrawn": gettext_lazy("withdrawn"),
    "import.applied": gettext_lazy("brought in from a spreadsheet"),
}
DECISION_EVENT = "application.decided"


@dataclass(frozen=True)
class Fact:
    label: str
    value: str  # empty: not said
    private: bool = False  # only the coordinators, and matching


@dataclass(frozen=True)
class Section:
    title: str
    facts: list[Fact] = field(default_factory=list)

    @property
    def said(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.value]

    @property
    def unsaid(self) -> str:
        return ", ".join(fact.label for fact in self.facts if not fact.value)


@dataclass(frozen=True)
class Happening:
    at: datetime
    text: str
    who: str


def describe_application(application: Application, *, private: bool) -> list[Section]:
    """Steps of the form, each with its columns and its questions; then what only a spreadsheet said. `private`: with
    what the form promises to show to coordinators only."""
    sections = [
        Section(str(TITLES[code]), [*_columns(application, step.columns), *_questions(application, code)])
        for code, step in STEPS.items()
    ]
    if spare := _from_spreadsheet(application):
        sections.append(Section(_("From the spreadsheet, in her words"), spare))
    if not private:
        sections = [Section(each.title, [fact for fact in each.facts if not fact.private]) for each in sections]
    return [section for section in sections if section.facts]


def _columns(application: Application, names: Iterable[str]) -> list[Fact]:
    absent = _ONLY_MENTOR if application.role == Application.Role.MENTEE else _ONLY_MENTEE
    if application.rotation not in ROSTER_DAYS:
        absent |= _ONLY_ROSTER
    return [
        Fact(str(LABELS[name]), read_column(application, name), name in PRIVATE)
        for name in names
        if name in LABELS and name not in absent
    ]


def read_column(application: Application, name: str) -> str:
    value = getattr(application, name)
    if value in (None, "", ()):
        return ""
    if name in _WORDED:
        return _WORDED[name](application)
    if name == "gender_preference_strict" and not application.preferred_mentor_gender:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    field_choices = dict(Application._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
    return str(field_choices.get(value, value))


def _goals(application: Application) -> str:
    choices = GOALS if application.role == Application.Role.MENTEE else GOALS_MENTOR
    return say_list(choices.label(code) for code in application.goals)


def _years(application: Application) -> str:
    return say_figure(application.years_experience or Decimal(0))


def say_years(years: Decimal | float) -> str:
    """1 year; 7.5 years."""
    return ngettext("%(years)s year", "%(years)s years", ceil(years)) % {"years": say_figure(years)}


def say_figure(years: Decimal | float) -> str:
    """12, not 12.0; with the comma of the languages that have one."""
    return number_format(f"{float(years):g}")


_WORDED: dict[str, Callable[[Application], str]] = {
    "country": lambda application: country_name(application.country),
    "languages": lambda application: language_names(application.languages),
    "preferred_language": lambda application: language_name(application.preferred_language),
    "language": lambda application: language_name(application.language),
    "function": lambda application: MINING_FUNCTION.label(application.function),
    "goals": _goals,
    "interests": lambda application: say_list(INTERESTS.label(code) for code in application.interests),
    "years_experience": _years,
    "time_zone": lambda application: name_place(application.time_zone),
    "availability": lambda application: read_week(application.availability),
    "on_site_from": lambda application: date_format(application.on_site_from) if application.on_site_from else "",
}


def _questions(application: Application, step: str) -> list[Fact]:
    language = get_language() or "en"
    return [
        Fact(
            wording(question["label"], language),
            _say(read_answer(question, application.answers.get(question["code"], ""), language)),
            question.get("who_sees") == "coordinators",
        )
        for question in questions_of_step(application.questionnaire, step)
    ]


def _say(answer: Any) -> str:
    if isinstance(answer, bool):
        return _("yes") if answer else _("no")
    return "" if answer is None else str(answer)


def _from_spreadsheet(application: Application) -> list[Fact]:
    words = [
        Fact(str(LABELS.get(name.removeprefix("import_"), name.removeprefix("import_"))), str(text), True)
        for name, text in application.answers.items()
        if name.startswith("import_")
    ]
    return [*words, Fact(str(LABELS["notes"]), application.notes, True)] if application.notes else words


def history_of(application: Application, events: Iterable[AuditEvent]) -> list[Happening]:
    labels = dict(Application.Status.choices)
    happened = []
    for event in events:
        text = EVENTS.get(event.verb)
        if event.verb == DECISION_EVENT:
            if application.pk not in event.details.get("moved", ()):
                continue
            text = labels.get(event.details["to"])
        if text:
            who = str(event.actor) if event.actor else ""
            happened.append(Happening(event.at, str(text), who))
    return happened
