"""Accept, wait-list, decline: one or many, each with her letter in the same transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.applications.domain.rows import hold_cohorts
from programmes.applications.letters import DECISION_LETTERS, compose_decision, personal_letter, status_links
from programmes.applications.models import Application
from programmes.applications.queries import in_hand, last_decision
from programmes.applications.registry import with_live_offers
from programmes.audit.changes import word_change
from programmes.audit.domain import record_event
from programmes.cohorts.letters import Letter, WordedLetters, check_letters
from programmes.cohorts.models import Cohort
from programmes.outbox.domain import queue_email
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError
from wimmentor.base.languages import spoken
from wimmentor.base.phrases import say_fact
from wimmentor.base.transitions import Table, change_status

MOST_NAMED = 10
_DECIDED = frozenset(DECISION_LETTERS)
DECISIONS: Table = {
    "submitted": frozenset({"shortlisted", *_DECIDED}),
    "shortlisted": frozenset({"submitted", *_DECIDED}),
    "accepted": frozenset({"waitlisted", "declined"}),
    "waitlisted": frozenset({"shortlisted", "accepted", "declined"}),
    "declined": frozenset({"shortlisted", "accepted", "waitlisted"}),
}


@dataclass
class Decided:
    """Who moved, and who was left as she is because somebody else had moved her meanwhile. `repeated`: the same press
    again, which changed nothing."""

    moved: list[Application] = field(default_factory=list)
    skipped: list[Application] = field(default_factory=list)
    repeated: list[Application] = field(default_factory=list)


@transaction.atomic
def decide_applications(
    *, cohort: Cohort, seen: Mapping[int, str], to: str, letters: WordedLetters | None, by: Actor
) -> Decided:
    """`seen`: application id -> the status that the coordinator saw. `letters` still have their {first_name}; for a
    language that is not among them the cohort's own wording goes. None: nobody is written to."""
    _check_sending(cohort, letters)
    # Offers of a cohort are sent under the same lock: each side sees what the other did.
    hold_cohorts([cohort.pk])
    decided = Decided()
    for application in Application.objects.filter(cohort=cohort, pk__in=seen).order_by("pk"):
        application.cohort = cohort
        moved = in_hand(application) and _move(application, seen[application.pk], to)
        (decided.moved if moved else decided.skipped).append(application)
    if seen and not decided.moved and not decided.skipped:
        raise Conflict(_("These applications are not here any more; their import may have been undone."), code="gone")
    if not decided.moved:
        if _is_own_repeat(decided.skipped, to, by):
            return Decided(repeated=decided.skipped)
        raise refuse_decided(decided.skipped, to)
    if to != Application.Status.ACCEPTED:
        _refuse_live_offers(decided.moved)
    for application in decided.moved:
        if letters is not None:
            _queue_letter(application, to, _letter_for(application, to, letters))
    record_event(
        "application.decided",
        by=by,
        subject=cohort,
        organisation_id=cohort.organisation_id,
        cohort_id=cohort.pk,
        to=to,
        moved=[application.pk for application in decided.moved],
        skipped=len(decided.skipped),
        written=letters is not None,
    )
    return decided


def _check_sending(cohort: Cohort, letters: WordedLetters | None) -> None:
    """Anybody may register an organisation, import any addresses and word a letter: none goes before verification."""
    if letters is None:
        return
    if not cohort.programme.organisation.is_verified:
        raise DomainError(
            _("IWiM has not verified your organisation yet. You can decide without a message; letters go after that."),
            code="not_verified",
        )
    check_letters(letters)


def _move(application: Application, seen: str, to: str) -> bool:
    if application.status != seen or to not in DECISIONS.get(seen, frozenset()):
        return False
    try:
        change_status(application, to, table=DECISIONS, decided_at=clock.now(), version=application.version + 1)
    except Conflict:
        application.refresh_from_db(fields=["status"])
        return False
    return True


def refuse_decided(people: Sequence[Application], to: str) -> DomainError:
    """Nobody of those chosen is as the coordinator saw her: what she wished, what is there now, by whom and when."""
    if not people:
        return DomainError(_("Choose at least one person."), code="nobody_chosen")
    wish = Application.Status(to).label
    theirs = {}
    for person in people[:MOST_NAMED]:
        event = last_decision(person)
        status = person.get_status_display()
        theirs[person.name] = say_fact(status, word_change(event, person.cohort.time_zone)) if event else status
    return Conflict(
        _say_decided_meanwhile(people),
        code="decided",
        yours={person.name: wish for person in people[:MOST_NAMED]},
        theirs=theirs,
    )


def _say_decided_meanwhile(people: Sequence[Application]) -> str:
    if len(people) == 1:
        one = _("Somebody decided about %(name)s while you were looking. Nobody was changed or written to.")
        return one % {"name": people[0].name}
    several = ngettext(
        "Somebody decided about this person while you were looking. Nobody was changed or written to.",
        "Somebody decided about these %(number)d people while you were looking. Nobody was changed or written to.",
        len(people),
    )
    return several % {"number": len(people)}


def _is_own_repeat(people: Sequence[Application], to: str, by: Actor) -> bool:
    """Pressed twice by the same person: one decision of hers moved all of them there. No reason to complain."""
    event = last_decision(people[0]) if people and by.user_id is not None else None
    if event is None or (event.actor_id, event.details.get("to")) != (by.user_id, to):
        return False
    return {person.pk for person in people} <= set(event.details["moved"]) and all(p.status == to for p in people)


def _refuse_live_offers(applications: Sequence[Application]) -> None:
    held = with_live_offers({application.pk for application in applications})
    if held:
        names = ", ".join(application.name for application in applications if application.pk in held)
        raise DomainError(
            _("%(names)s: an offer is open or a pair is confirmed. End that first. Nobody was changed.")
            % {"names": names},
            code="live_offer",
        )


def _letter_for(application: Application, to: str, letters: WordedLetters) -> Letter:
    language = spoken(application.language)
    worded = letters.get((DECISION_LETTERS[to], language))
    return worded or compose_decision(application.cohort, to, language)


def _queue_letter(application: Application, to: str, letter: Letter) -> None:
    personal = personal_letter(letter, application)
    organisation = application.cohort.programme.organisation
    queue_email(
        event_key=f"decision:{application.pk}:{to}:{application.version}",
        recipient=application.email,
        recipient_name=application.name,
        kind=DECISION_LETTERS[to],
        subject=personal.subject,
        body=personal.body,
        language=application.language,
        links=status_links(application),
        reply_to=organisation.contact_email,
        organisation_id=organisation.pk,
        cohort_id=application.cohort_id,
    )
