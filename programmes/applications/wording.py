"""Where an application stands and what happens next, in words for the person who sent it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from programmes.applications.models import Application
from programmes.applications.queries import confirmed
from programmes.applications.registry import with_live_offers
from wimmentor.base.clock import wall_of

Status = Application.Status
# Fewer applicants than this would be guessed at.
SHOWN_FROM = 5


@dataclass
class Stage:
    title: str
    text: str
    state: str = ""  # past, here or ""


@dataclass
class Standing:
    headline: str
    lead: str
    badge: tuple[str, str]
    stages: list[Stage] = field(default_factory=list)
    is_proposed: bool = False  # somebody was proposed to her, or is her pair


def name_day(day: date | None) -> str:
    return date_format(day, pgettext("date format", "j F Y")) if day else ""


def name_moment(when: datetime | None, zone: str) -> str:
    if when is None:
        return ""
    local = wall_of(when, zone or "UTC")
    return f"{date_format(local, pgettext('date format', 'j F Y'))}, {date_format(local, 'H:i')}"


def describe_standing(application: Application, instant: datetime) -> Standing:
    proposed = application.status == Status.ACCEPTED and bool(with_live_offers({application.pk}))
    return Standing(
        headline=say_headline(application),
        lead=_say_proposed(application) if proposed else say_lead(application, instant),
        badge=say_badge(application),
        stages=list_stages(application, proposed=proposed),
        is_proposed=proposed,
    )


def say_badge(application: Application) -> tuple[str, str]:
    """Kind of badge, word. Being on the short list is the coordinators' own word."""
    if application.status == Status.DRAFT:
        return "waiting", _("not sent yet")
    if application.status == Status.SUBMITTED and not is_confirmed(application):
        return "attention", _("confirm your address")
    return {
        Status.ACCEPTED: ("done", _("you have a place")),
        Status.WAITLISTED: ("waiting", _("on the waiting list")),
        Status.DECLINED: ("done", _("no place this time")),
        Status.WITHDRAWN: ("done", _("withdrawn")),
    }.get(application.status, ("now", _("with us")))  # type: ignore[call-overload]


def is_confirmed(application: Application) -> bool:
    return application.email_confirmed_at is not None or application.source == Application.Source.IMPORT


def say_headline(application: Application) -> str:
    name = {"name": application.short_name}
    if application.status == Status.SUBMITTED and not is_confirmed(application):
        return _("%(name)s, one press is missing.") % name
    return {
        Status.ACCEPTED: _("%(name)s, you have a place."),
        Status.WAITLISTED: _("%(name)s, you are on the waiting list."),
        Status.DECLINED: _("%(name)s, there is no place for you this time."),
    }.get(application.status, _("%(name)s, your application is with us.")) % name  # type: ignore[call-overload]


def _say_proposed(application: Application) -> str:
    mentor, mentee = _("We wrote to you about your mentor."), _("We wrote to you about your mentee.")
    words = mentor if is_mentee(application) else mentee
    return " ".join([words, _("The link in our newest e-mail opens that page.")])


def say_lead(application: Application, instant: datetime) -> str:
    cohort = application.cohort
    if application.status == Status.ACCEPTED:
        words = _("Next we look for your mentor.") if is_mentee(application) else _("Next we look for your mentee.")
        return " ".join([words, _("We write to both of you at the same time, and each of you says yes or no.")])
    if application.status == Status.WAITLISTED:
        if cohort.kickoff_on:
            return _("Places come free until %(day)s. We write by then, whatever the answer.") % {
                "day": name_day(cohort.kickoff_on)
            }
        return _("Places come free until the programme begins. We write by then, whatever the answer.")
    if application.status == Status.DECLINED:
        return _("More people applied than there are places. It says nothing about your worth.")
    if not is_confirmed(application):
        return _("Open our e-mail to %(email)s and press the link. Until then nobody reads your application.") % {
            "email": application.email
        }
    return " ".join(part for part in (_("Nothing is missing."), _say_crowd(application), _say_promise()) if part)


def _say_crowd(application: Application) -> str:
    places = application.cohort.mentee_places
    if not places or not is_mentee(application):
        return ""
    count = confirmed(application.cohort).filter(role=application.role).count()
    if count < SHOWN_FROM:
        return ""
    return _("So far %(count)s people have applied for %(places)s places.") % {"count": count, "places": places}


def _say_promise() -> str:
    return _("If there is no place for you this time, we say so plainly and tell you where else to look.")


def is_mentee(application: Application) -> bool:
    return application.role == Application.Role.MENTEE


def list_stages(application: Application, *, proposed: bool = False) -> list[Stage]:
    """The track: what is past, where she is, what comes."""
    cohort, zone = application.cohort, application.time_zone or application.cohort.time_zone
    stages = [Stage(_("You sent it"), name_moment(application.submitted_at, zone), "past")]
    if application.source == Application.Source.IMPORT:
        stages[0] = Stage(_("The organisation entered it"), name_moment(application.created_at, zone), "past")
    else:
        stages.append(Stage(_("You confirmed your e-mail address"), name_moment(application.email_confirmed_at, zone)))
    stages.append(Stage(_("We read every application"), _say_reading(application)))
    stages.append(_answer_stage(application))
    if application.status != Status.DECLINED:
        proposal = _("We propose a mentor") if is_mentee(application) else _("We propose a mentee")
        stages.append(Stage(proposal, _say_offer(application)))
        if cohort.kickoff_on:
            stages.append(Stage(_("Kick-off"), name_day(cohort.kickoff_on)))
    _mark_past(stages, _count_past(application) + proposed)
    return stages


def _mark_past(stages: list[Stage], past: int) -> None:
    for number, stage in enumerate(stages):
        stage.state = "past" if number < past else "here" if number == past else ""


def _count_past(application: Application) -> int:
    before_reading = 1 if application.source == Application.Source.IMPORT else 2
    if application.status in (Status.ACCEPTED, Status.DECLINED):
        return before_reading + 2
    if application.status == Status.WAITLISTED:
        return before_reading + 1
    return before_reading if is_confirmed(application) else before_reading - 1


def _say_reading(application: Application) -> str:
    if application.status not in (Status.SUBMITTED, Status.SHORTLISTED):
        return ""
    return _("There is nothing for you to do.") if is_confirmed(application) else _("As soon as you confirmed.")


def _answer_stage(application: Application) -> Stage:
    day = name_day(application.cohort.decisions_on)
    if application.status in (Status.ACCEPTED, Status.DECLINED):
        zone = application.time_zone or application.cohort.time_zone
        return Stage(_("You heard from us"), name_moment(application.decided_at, zone))
    if application.status == Status.WAITLISTED:
        return Stage(_("You are on the waiting list"), _("We write as soon as a place is free."))
    if not day:
        return Stage(_("You hear from us"), _("Whatever the answer."))
    return Stage(_("You hear from us"), _("On %(day)s at the latest, whatever the answer.") % {"day": day})


def _say_offer(application: Application) -> str:
    day = name_day(application.cohort.offers_on)
    accepted = application.status == Status.ACCEPTED
    once = _("You can say no once without giving a reason.")
    if not day:
        return once
    words = _("About %(day)s.") if accepted else _("About %(day)s, if you have a place.")
    return f"{words % {'day': day}} {once}"
