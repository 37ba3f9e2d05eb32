"""The cohort's overview in words: what was found, where it stands, what comes next."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.cohorts.models import Cohort
from programmes.cohorts.registry import CohortCounts
from wimmentor.base.clock import wall_of
from wimmentor.base.codes.places import language_name, language_word
from wimmentor.base.codes.zones import name_place
from wimmentor.base.ordering import join_words
from wimmentor.base.templatetags.wim import format_offset

# So many mentees without a place are worth a mark.
SHORT = 3


@dataclass(frozen=True)
class DatedStep:
    day: date
    what: str
    time: str = ""


def describe_cohort(cohort: Cohort, counts: CohortCounts, instant: datetime) -> str:
    """One or two sentences: what the page found."""
    sentences = [_say_stage(cohort, instant), _say_people(cohort, counts)]
    if short := [row for row in counts.languages if row.mentees > row.places]:
        names = join_words(language_word(row.code) for row in short[:3])
        sentences.append(_("Mentors are short in %(languages)s.") % {"languages": names})
    return " ".join(sentence for sentence in sentences if sentence)


def name_zone(zone: str, instant: datetime) -> str:
    """Santiago, UTC−3."""
    return "UTC" if zone == "UTC" else f"{name_place(zone)}, {format_offset(instant.astimezone(ZoneInfo(zone)))}"


def _say_stage(cohort: Cohort, instant: datetime) -> str:
    phase = cohort.phase_at(instant)
    if phase == Cohort.Phase.DRAFT:
        return _("Calendar, forms and letters are ready. Nobody sees this cohort before you open it.")
    if phase == Cohort.Phase.OPEN and cohort.opens_at > instant:
        days = _days_until(cohort.opens_at, cohort, instant)
        later = ngettext("Applications open tomorrow.", "Applications open in %(days)d days.", days)
        return later % {"days": days} if days else _("Applications open today.")
    if phase == Cohort.Phase.OPEN:
        days = _days_until(cohort.closes_at, cohort, instant)
        later = ngettext("Applications close tomorrow.", "Applications close in %(days)d days.", days)
        return later % {"days": days} if days else _("Applications close today.")
    return ""


def _days_until(when: datetime, cohort: Cohort, instant: datetime) -> int:
    return (wall_of(when, cohort.time_zone).date() - wall_of(instant, cohort.time_zone).date()).days


def _say_people(cohort: Cohort, counts: CohortCounts) -> str:
    mentees, mentors = counts.mentees, counts.mentors
    if mentees.accepted or mentors.accepted:
        return _say_accepted(mentees.accepted, mentors.accepted, counts.mentor_places)
    if mentees.sent or mentors.sent:
        sentences = (
            ngettext("%(n)d mentee has applied.", "%(n)d mentees have applied.", mentees.sent) % {"n": mentees.sent},
            ngettext("%(n)d mentor has applied.", "%(n)d mentors have applied.", mentors.sent) % {"n": mentors.sent},
        )
        return " ".join(sentences)
    return "" if cohort.phase == Cohort.Phase.DRAFT else _("Nobody has applied yet.")


def _say_accepted(mentees: int, mentors: int, places: int) -> str:
    sentences = [
        ngettext("%(n)d mentee is accepted.", "%(n)d mentees are accepted.", mentees) % {"n": mentees},
        ngettext("%(n)d mentor is accepted.", "%(n)d mentors are accepted.", mentors) % {"n": mentors},
    ]
    if mentors:
        offered = ngettext("Mentors offer %(places)d place.", "Mentors offer %(places)d places.", places)
        sentences.append(offered % {"places": places})
    return " ".join(sentences)


def phases_of(cohort: Cohort, instant: datetime) -> list[dict[str, str]]:
    """For components/phases.html."""
    codes = [phase.value for phase in Cohort.Phase]
    here = codes.index(cohort.phase_at(instant))
    return [
        {
            "label": str(phase.label).capitalize(),
            "state": "past" if number < here else "here" if number == here else "",
        }
        for number, phase in enumerate(Cohort.Phase)
    ]


def all_dates(cohort: Cohort) -> list[DatedStep]:
    opens, closes = wall_of(cohort.opens_at, cohort.time_zone), wall_of(cohort.closes_at, cohort.time_zone)
    steps = [
        DatedStep(opens.date(), _("Applications open"), f"{opens:%H:%M}"),
        DatedStep(closes.date(), _("Applications close"), f"{closes:%H:%M}"),
    ]
    named = [
        (cohort.decisions_on, _("Decisions go out")),
        (cohort.matching_on, _("Run matching")),
        (cohort.offers_on, _("Offers go out")),
        (cohort.answers_by, _("Last day to answer")),
        (cohort.kickoff_on, _("Kick-off")),
        (cohort.midpoint_on, _("Mid-point")),
        (cohort.closing_on, _("Closing")),
    ]
    return steps + [DatedStep(day, what) for day, what in named if day is not None]


def next_dates(cohort: Cohort, instant: datetime) -> list[DatedStep]:
    today = wall_of(instant, cohort.time_zone).date()
    return [step for step in all_dates(cohort) if step.day >= today]


def find_late_day(cohort: Cohort) -> str:
    """The first step that lies before the deadline, as happens when that was extended."""
    closes_on = wall_of(cohort.closes_at, cohort.time_zone).date()
    return next((step.what for step in all_dates(cohort)[2:] if step.day < closes_on), "")


@dataclass(frozen=True)
class FunnelStep:
    name: str
    mentees: int
    mentors: int


def funnel_of(counts: CohortCounts) -> list[FunnelStep]:
    mentees, mentors = counts.mentees, counts.mentors
    return [
        FunnelStep(_("Started the form"), mentees.started, mentors.started),
        FunnelStep(_("Sent it"), mentees.sent, mentors.sent),
        FunnelStep(_("Accepted"), mentees.accepted, mentors.accepted),
    ]


@dataclass(frozen=True)
class LanguageRow:
    name: str
    mentees: int
    places: int
    difference: str
    marked: bool


@dataclass(frozen=True)
class LanguageTable:
    """For programmes/cohorts/language_table.html. `most` is the length of the longest bar."""

    rows: list[LanguageRow]
    most: int
    key: list[tuple[str, str]]


def tabulate_languages(counts: CohortCounts) -> LanguageTable:
    ordered = sorted(counts.languages, key=lambda row: (-row.mentees, -row.places, row.code))
    return LanguageTable(
        rows=[
            LanguageRow(
                language_name(row.code),
                row.mentees,
                row.places,
                _say_difference(row.mentees - row.places),
                row.mentees - row.places >= SHORT,
            )
            for row in ordered
        ],
        most=max((max(row.mentees, row.places) for row in ordered), default=0),
        key=[("f1", _("mentees accepted")), ("f2", _("mentor places"))],
    )


def _say_difference(short: int) -> str:
    if short == 0:
        return _("even")
    return _("%(n)d short") % {"n": short} if short > 0 else _("%(n)d over") % {"n": -short}
