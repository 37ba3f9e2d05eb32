from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.audit.domain import record_event
from programmes.cohorts.blueprints import (
    MENTEE_QUESTIONS,
    MENTOR_QUESTIONS,
    QUESTIONS_NUMBER,
    Calendar,
    matching_defaults,
)
from programmes.cohorts.domain.calendars import calendar_of, columns_of, read_wall
from programmes.cohorts.domain.matching_settings import check_matching_settings
from programmes.cohorts.domain.phases import REOPENING
from programmes.cohorts.domain.slugs import free_slug
from programmes.cohorts.models import Cohort, Programme
from programmes.organisations.models import Organisation
from programmes.questionnaires.models import QuestionnaireVersion
from programmes.questionnaires.queries import list_shared_choices
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.editing import save_version
from wimmentor.base.errors import DomainError
from wimmentor.base.text import fold
from wimmentor.base.transitions import change_status

SETTINGS = frozenset(
    {
        "name",
        "mentee_places",
        "default_capacity",
        "both_roles_allowed",
        "offer_days",
        "matching_settings",
    }
)


@transaction.atomic
def create_cohort(*, programme: Programme, name: str, calendar: Calendar, by: Actor, **settings: Any) -> Cohort:
    """From the blueprint: forms, weights, and letters until she words one her own way. `settings`: any of SETTINGS
    but the name."""
    forms = _blueprint_questions("mentee", MENTEE_QUESTIONS), _blueprint_questions("mentor", MENTOR_QUESTIONS)
    _check_settings(programme, {"name": name, **settings}, forms, but=0)
    cohort = Cohort.objects.create(
        programme=programme,
        name=name,
        slug=free_slug(name, Cohort.objects.filter(programme=programme), fallback="cohort"),
        mentee_questions=forms[0],
        mentor_questions=forms[1],
        **columns_of(calendar),
        **{"matching_settings": matching_defaults(), **settings},
    )
    _record("cohort.create", cohort, by)
    return cohort


@transaction.atomic
def edit_cohort(*, cohort: Cohort, seen: int, by: Actor, calendar: Calendar | None = None, **settings: Any) -> Cohort:
    """Once a cohort was opened, its zone, opening and deadline stay; see extend_deadline."""
    _check_settings(cohort.programme, settings, (cohort.mentee_questions, cohort.mentor_questions), but=cohort.pk)
    columns = columns_of(calendar) if calendar is not None else {}
    if columns and cohort.opened_at is not None:
        for column, field in (("time_zone", "time_zone"), ("opens_at", "opens"), ("closes_at", "closes")):
            if columns[column] != getattr(cohort, column):
                raise DomainError(
                    _("People have applied by these dates. Extend the deadline instead."),
                    code="dates_fixed",
                    field=field,
                )
    save_version(cohort, seen=seen, **columns, **settings)
    _record("cohort.edit", cohort, by, fields=sorted([*columns, *settings]))
    return cohort


@transaction.atomic
def open_cohort(*, cohort: Cohort, by: Actor) -> Cohort:
    """From now on it is public and takes applications between its dates."""
    instant = clock.database_now()
    if cohort.phase != Cohort.Phase.DRAFT:
        raise DomainError(_("%(cohort)s has been opened already.") % {"cohort": cohort.name}, code="open_already")
    if reason := why_not_open(cohort, instant):
        raise reason
    change_status(cohort, Cohort.Phase.OPEN, table=_OPENING, field="phase", opened_at=instant)
    _record("cohort.open", cohort, by)
    return cohort


_OPENING = {Cohort.Phase.DRAFT.value: frozenset({Cohort.Phase.OPEN.value})}


def why_not_open(cohort: Cohort, instant: datetime) -> DomainError | None:
    """The first thing in the way, as a refusal that says what to do."""
    programme = cohort.programme
    if not Organisation.objects.filter(pk=programme.organisation_id, verified_at__isnull=False).exists():
        return DomainError(
            _(
                "IWiM has not verified your organisation yet. You can prepare everything; "
                "the cohort opens once that is done."
            ),
            code="unverified",
        )
    if not programme.can_run_here:
        return DomainError(
            _("“%(format)s” is recorded here but cannot be run here yet. One-to-one programmes can.")
            % {"format": programme.get_format_display()},
            code="format_not_here",
        )
    if cohort.closes_at <= instant:
        return DomainError(
            _("The deadline has passed. Move it to a day to come, then open the cohort."), code="deadline_passed"
        )
    try:
        columns_of(calendar_of(cohort))
    except DomainError as error:
        return DomainError(_("The dates do not fit: %(reason)s") % {"reason": error.message}, code="dates")
    if not (cohort.mentee_questions.questions and cohort.mentor_questions.questions):
        return DomainError(_("Both forms need their questions before people can apply."), code="forms_missing")
    return None


@transaction.atomic
def extend_deadline(*, cohort: Cohort, closes: datetime, by: Actor) -> Cohort:
    """`closes`: the wall time in the cohort's zone. A cohort that is selecting already takes applications again."""
    if cohort.phase not in REOPENING:
        raise DomainError(_("The deadline can be extended while a cohort is open or selecting."), code="wrong_phase")
    closes_at, closes_wall = read_wall(closes, cohort.time_zone, field="closes")
    if closes_at <= cohort.closes_at:
        raise DomainError(
            _("A deadline that people know can only move to a later time."), code="not_later", field="closes"
        )
    if closes_at <= clock.database_now():
        raise DomainError(_("This time has passed already. Choose a later one."), code="past", field="closes")
    before = cohort.closes_wall
    # Both compare: of two people who extend, or extend and move on, the second is told.
    save_version(cohort, seen=cohort.version, closes_at=closes_at, closes_wall=closes_wall)
    change_status(cohort, Cohort.Phase.OPEN, table=REOPENING, field="phase")
    _record("cohort.extend_deadline", cohort, by, before=before, after=closes_wall)
    return cohort


def _check_settings(
    programme: Programme,
    settings: dict[str, Any],
    forms: tuple[QuestionnaireVersion, QuestionnaireVersion],
    *,
    but: int,
) -> None:
    if unknown := set(settings) - SETTINGS:
        raise TypeError(f"no setting of a cohort: {sorted(unknown)}")
    if "matching_settings" in settings:
        questions = [question["code"] for question in list_shared_choices(*forms)]
        check_matching_settings(settings["matching_settings"], questions=questions)
    if "name" not in settings:
        return
    # A button pressed twice: the second waits here until it can see what the first one made.
    list(Programme.objects.select_for_update(no_key=True).filter(pk=programme.pk).values_list("pk"))
    others = Cohort.objects.filter(programme=programme).exclude(pk=but).values_list("name", flat=True)
    if fold(settings["name"]) in {fold(name) for name in others}:
        raise DomainError(_("This programme has a cohort with this name already."), code="name_taken", field="name")


def _blueprint_questions(key: str, questions: list[dict[str, Any]]) -> QuestionnaireVersion:
    version, _created = QuestionnaireVersion.objects.get_or_create(
        organisation_id=0, key=key, number=QUESTIONS_NUMBER, defaults={"questions": questions}
    )
    return version


def _record(verb: str, cohort: Cohort, by: Actor, **details: Any) -> None:
    record_event(verb, by=by, subject=cohort, organisation_id=cohort.organisation_id, cohort_id=cohort.pk, **details)
