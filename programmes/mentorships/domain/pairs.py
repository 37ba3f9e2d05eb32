"""A pair begins when both said yes and ends when one of them, or a coordinator, says so."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.access import links
from programmes.applications.models import Application
from programmes.audit.domain import record_event
from programmes.cohorts.models import Cohort
from programmes.mentorships import emails, queries
from programmes.mentorships.models import Mentorship, MentorshipMentee
from programmes.mentorships.registry import tell_ended
from programmes.mentorships.sharing import SIDES
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM, Actor
from wimmentor.base.errors import Conflict

State = Mentorship.State


@transaction.atomic
def start_mentorship(*, cohort: Cohort, mentee: Application, mentor: Application, by: Actor) -> Mentorship:
    made = Mentorship.objects.create(cohort=cohort, mentor=mentor, started_at=clock.database_now())
    MentorshipMentee.objects.create(mentorship=made, mentee=mentee)
    mentorship = queries.full_mentorships().get(pk=made.pk)
    for side in SIDES:
        emails.send_confirmed(mentorship, side)
    _record("mentorship.started", mentorship, by)
    return mentorship


@transaction.atomic
def end_mentorship(*, mentorship: Mentorship, by: Actor) -> Mentorship:
    """Without a reason and without blame. Both are told; the mentor's place and the mentee are free at once."""
    hold_people(mentee_id=queries.mentee_of(mentorship).pk, mentor_id=mentorship.mentor_id)
    if not _mark_ended(mentorship):
        raise Conflict(_("This pair has ended already."), code="ended")
    for side in SIDES:
        emails.send_ended(mentorship, side, looking_again=_goes_on(mentorship, side))
    _record("mentorship.ended", mentorship, by)
    return mentorship


def hold_people(*, mentee_id: int, mentor_id: int) -> None:
    """Locks in the one order that everybody keeps: mentee, mentor, then the offer. Nothing on SQLite, where the
    transaction itself is the lock."""
    for pk in (mentee_id, mentor_id):
        list(Application.objects.select_for_update(no_key=True).filter(pk=pk).values_list("pk"))


def hold_mentor_of(application: Application, mentor_id: int) -> None:
    """For a withdrawal, which holds its own row already: a mentee's goes on to her mentor's, in the same order."""
    if application.role == Application.Role.MENTEE:
        hold_people(mentee_id=application.pk, mentor_id=mentor_id)


def end_for_withdrawn(application: Application) -> None:
    """Inside the withdrawal: her pairs end, the other side is told, her own links stop working."""
    for mentorship in queries.active_for(application):
        hold_mentor_of(application, mentorship.mentor_id)
        if not _mark_ended(mentorship):
            continue
        for side in SIDES:
            if queries.person_of(mentorship, side).pk != application.pk:
                emails.send_left(mentorship, side)
        _record("mentorship.ended", mentorship, SYSTEM)
    _revoke_links(application)


def record_export(*, cohort: Cohort, form: str, rows: int, by: Actor) -> None:
    record_event(
        "mentorships.exported",
        by=by,
        subject=cohort,
        organisation_id=cohort.organisation_id,
        cohort_id=cohort.pk,
        form=form,
        rows=rows,
    )


def _mark_ended(mentorship: Mentorship) -> bool:
    """False if it had ended before."""
    instant = clock.database_now()
    ended = Mentorship.objects.filter(pk=mentorship.pk, state=State.ACTIVE).update(
        state=State.ENDED, ended_at=instant, changed_at=instant
    )
    if not ended:
        return False
    MentorshipMentee.objects.filter(mentorship=mentorship).update(active=False)
    mentorship.state, mentorship.ended_at = State.ENDED, instant
    tell_ended(mentorship)
    return True


def _goes_on(mentorship: Mentorship, side: str) -> bool:
    cohort_goes_on = mentorship.cohort.phase not in (Cohort.Phase.CLOSING, Cohort.Phase.CLOSED)
    return cohort_goes_on and queries.person_of(mentorship, side).status == Application.Status.ACCEPTED


def _revoke_links(application: Application) -> None:
    hers = queries.mentorships_of_person(application).values_list("pk", flat=True)
    for pk in hers:
        links.revoke_links(purpose=f"mentorship.{application.role}", subject_id=pk)


def _record(verb: str, mentorship: Mentorship, by: Actor) -> None:
    record_event(
        verb,
        by=by,
        subject=mentorship,
        organisation_id=mentorship.cohort.organisation_id,
        cohort_id=mentorship.cohort_id,
    )
