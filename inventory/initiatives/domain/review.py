"""The way of a record from the organisation to the public."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inventory.initiatives import emails
from inventory.initiatives.domain.opening import open_record
from inventory.initiatives.models import Inquiry, Record
from inventory.initiatives.progress import missing_short
from inventory.initiatives.questionnaire import QUESTIONS
from inventory.initiatives.registry import tell_withdrawn
from inventory.initiatives.wording import read_answers
from programmes.audit.domain import record_event
from programmes.audit.models import AuditEvent
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError
from wimmentor.base.phrases import quote, say_list
from wimmentor.base.transitions import Table, change_status

Review = Record.Review
STEPS: Table = {
    Review.DRAFT: frozenset({Review.SUBMITTED, Review.ARCHIVED}),
    Review.SUBMITTED: frozenset({Review.IN_REVIEW, Review.RETURNED, Review.ACCEPTED, Review.PUBLISHED}),
    Review.IN_REVIEW: frozenset({Review.RETURNED, Review.ACCEPTED, Review.PUBLISHED}),
    Review.RETURNED: frozenset({Review.SUBMITTED}),
    Review.ACCEPTED: frozenset({Review.RETURNED, Review.PUBLISHED}),
    Review.PUBLISHED: frozenset({Review.ARCHIVED}),
}


@dataclass(frozen=True)
class Ask:
    """`question`: code of one question, or empty: about the whole."""

    text: str
    question: str = ""
    edition: str = ""


@transaction.atomic
def submit_record(*, record: Record, by: Actor) -> Record:
    """The short form is enough; the rest is "not answered yet", which is no "no"."""
    if missing := missing_short(record):
        names = say_list(quote(question.text) for question in missing)
        raise DomainError(
            _("Still open: %(questions)s. “Not known” is an answer too: choose it below the question, and save.")
            % {"questions": names},
            code="pending",
            field=missing[0].code,
        )
    _step(record, Review.SUBMITTED, submitted_at=clock.now(), as_of=clock.now().date())
    _record("record.submitted", record, by)
    return record


@transaction.atomic
def take_up_record(*, record: Record, by: Actor) -> Record:
    _step(record, Review.IN_REVIEW, reviewed_by_id=by.user_id)
    _record("record.taken_up", record, by)
    return record


@transaction.atomic
def return_record(
    *, record: Record, asks: Sequence[Ask], by: Actor, seen: int | None = None, in_wave: bool = False
) -> Record:
    """`seen`: the version that was read; None = not said. Asked about what is public, a new version is opened, and
    what is public stays. `in_wave`: with others, of which something is asked and told in one letter."""
    _refuse_unread(record, seen, decision=_("returned"), asks=asks)
    if record.review == Review.PUBLISHED and record.initiative is not None:
        record = open_record(record.initiative)
        if record.review == Review.DRAFT:
            _step(record, Review.SUBMITTED)
    ask_about(record, asks, by)
    if not in_wave and not record.inquiries.filter(settled_at=None).exists():
        raise DomainError(_("Write what you want to ask the organisation."), code="no_note", field="note")
    if record.review != Review.RETURNED:  # what is public can be asked about once more
        _step(record, Review.RETURNED, reviewed_by_id=by.user_id)
    event = _record("record.returned", record, by, questions=[ask.question for ask in asks])
    if not in_wave:
        emails.tell_returned(record, event_id=event.pk)
    return record


def ask_about(record: Record, asks: Sequence[Ask], by: Actor) -> None:
    Inquiry.objects.bulk_create(
        Inquiry(
            record=record,
            question=ask.question if ask.question in QUESTIONS else "",
            edition=ask.edition[:120],
            text=ask.text.strip(),
            asked_by_id=by.user_id,
        )
        for ask in asks
        if ask.text.strip()
    )


@transaction.atomic
def reply_to(*, inquiry: Inquiry, text: str, by: Actor, seen: str | None = None) -> Inquiry:
    """The organisation's word beside its answers. It may leave them as they are. `seen`: the reply that the form
    showed; None = not said."""
    now = Inquiry.objects.select_for_update().values_list("reply", flat=True).get(pk=inquiry.pk)
    if seen is not None and now.split() not in (seen.split(), text.split()):
        raise Conflict(
            _("Somebody has replied meanwhile. Read it, then add what is yours."),
            theirs={str(_("Their reply")): now},
            about=inquiry.record,
            kept={str(_("Your reply")): text},
        )
    if not inquiry.record.can_be_changed:
        raise DomainError(
            _("IWiM is reading this entry now. You can change it once they have answered."), code="in_review"
        )
    inquiry.reply, inquiry.replied_at = text.strip(), clock.now()
    inquiry.save(update_fields=["reply", "replied_at"])
    _record("record.replied", inquiry.record, by)
    return inquiry


@transaction.atomic
def accept_record(*, record: Record, by: Actor, seen: int | None = None) -> Record:
    _refuse_unread(record, seen, decision=_("accepted"))
    _step(record, Review.ACCEPTED, reviewed_by_id=by.user_id)
    _settle(record)
    _record("record.accepted", record, by)
    return record


@transaction.atomic
def publish_record(*, record: Record, by: Actor, seen: int | None = None) -> Record:
    """It takes the place of what was public about the same until now, which stays in the history."""
    _refuse_unread(record, seen, decision=_("published"))
    if not record.organisation.is_verified:
        raise DomainError(_("Verify the organisation first; then its entries can be public."), code="unverified")
    whole = Record.objects.filter(organisation_id=record.organisation_id, initiative=None)
    same = Record.objects.filter(initiative=record.initiative) if record.initiative_id else whole
    same.filter(is_current=True).exclude(pk=record.pk).update(is_current=False)
    _step(
        record,
        Review.PUBLISHED,
        published_at=clock.now(),
        is_current=True,
        reviewed_by_id=by.user_id,
    )
    _settle(record)
    _record("record.published", record, by)
    return record


@transaction.atomic
def archive_record(*, record: Record, by: Actor) -> Record:
    """Taken off the public list, or a draft that is given up. Nothing is deleted."""
    _step(record, Review.ARCHIVED, is_current=False)
    _record("record.archived", record, by)
    if record.published_at is not None:
        tell_withdrawn(record.organisation_id, by)
    return record


@transaction.atomic
def give_up_draft(*, record: Record, by: Actor) -> Record:
    if record.review != Review.DRAFT:
        raise DomainError(_("Only a draft can be given up. Ask IWiM to take a public entry away."), code="no_draft")
    return archive_record(record=record, by=by)


def _step(record: Record, to: str, **values: Any) -> None:
    change_status(record, to, table=STEPS, field="review", **values)


def _settle(record: Record) -> None:
    record.inquiries.filter(settled_at=None).update(settled_at=clock.now())


def _refuse_unread(record: Record, seen: int | None, *, decision: str | Promise, asks: Sequence[Ask] = ()) -> None:
    """Nothing is decided about answers that nobody of IWiM has read: changed and sent again, it is read again."""
    version = Record.objects.select_for_update().values_list("version", flat=True).get(pk=record.pk)
    if seen is None or seen == version:
        return
    yours = {_("Your decision"): decision, _("Your question"): "\n".join(ask.text for ask in asks)}
    now = Record.objects.get(pk=record.pk)
    raise Conflict(
        _("The organisation has changed this entry since you opened it. Read it again, then decide."),
        yours={str(label): str(value) for label, value in yours.items() if value},
        theirs={answer.text: answer.answer for answer in read_answers(now.answers, level="initiative", reader="iwim")},
    )


def _record(verb: str, record: Record, by: Actor, **details: Any) -> AuditEvent:
    return record_event(verb, by=by, subject=record, organisation_id=record.organisation_id, **details)
