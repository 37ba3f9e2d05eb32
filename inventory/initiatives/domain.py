"""Entered by an organisation, reviewed and published by IWiM staff."""

import secrets
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inventory.initiatives import emails
from inventory.initiatives.models import Edition, Initiative, fold_name
from inventory.initiatives.pages import answers_of
from programmes.audit.domain import record_event
from programmes.audit.models import AuditEvent
from programmes.organisations.models import Organisation
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.editing import save_version
from wimmentor.base.errors import Conflict, DomainError
from wimmentor.base.transitions import Table, change_status

Review = Initiative.Review
STEPS: Table = {
    Review.DRAFT: frozenset({Review.SUBMITTED}),
    Review.SUBMITTED: frozenset({Review.RETURNED, Review.PUBLISHED}),
    Review.RETURNED: frozenset({Review.SUBMITTED}),
    Review.PUBLISHED: frozenset({Review.DRAFT, Review.RETURNED}),
}
QUESTIONS = {
    "kinds": _("what kind it is"),
    "status": _("where it stands"),
    "scope": _("which seniority"),
    "matching": _("how pairs are matched"),
    "mentor_target": _("who the mentors are"),
}


@transaction.atomic
def create_initiative(
    *, organisation: Organisation, by: Actor, editions: Sequence[dict[str, Any]] = (), **values: Any
) -> Initiative:
    """The same press twice answers with the same entry."""
    if twin := _find_twin(organisation, values):
        if _says(twin, values, editions):
            return twin
        raise DomainError(_("Your organisation has an entry with this name already."), code="name_taken", field="name")
    initiative = Initiative.objects.create(
        organisation=organisation, code=f"{organisation.slug}-{secrets.token_hex(3)}", **values
    )
    _write_editions(initiative, editions)
    _record("initiative.created", initiative, by)
    return initiative


@transaction.atomic
def edit_initiative(
    *, initiative: Initiative, seen: int, by: Actor, editions: Sequence[dict[str, Any]] = (), **values: Any
) -> Initiative:
    """A published entry goes back to draft with its first change: nothing unreviewed is shown in public."""
    # What IWiM does with it meanwhile waits, or is seen here.
    initiative.review = Initiative.objects.select_for_update().values_list("review", flat=True).get(pk=initiative.pk)
    if initiative.review == Review.SUBMITTED:
        raise DomainError(
            _("IWiM is reading this entry now. You can change it once they have answered."), code="in_review"
        )
    if "name" in values:
        values["name_folded"] = fold_name(values["name"])
    save_version(initiative, seen=seen, **values)
    if initiative.review == Review.PUBLISHED:
        change_status(initiative, Review.DRAFT, table=STEPS, field="review", published_at=None)
    initiative.editions.all().delete()
    _write_editions(initiative, editions)
    _record("initiative.edited", initiative, by)
    return initiative


@transaction.atomic
def submit_initiative(*, initiative: Initiative, by: Actor) -> Initiative:
    pending = [name for name in QUESTIONS if getattr(initiative, f"{name}_state") == "pending"]
    if pending:
        raise DomainError(
            _("Still open: %(questions)s. “Not known” is an answer too: choose it below the question, and save.")
            % {"questions": ", ".join(str(QUESTIONS[name]) for name in pending)},
            code="pending",
            field=pending[0],
        )
    change_status(initiative, Review.SUBMITTED, table=STEPS, field="review")
    _record("initiative.submitted", initiative, by)
    return initiative


@transaction.atomic
def return_initiative(*, initiative: Initiative, note: str, by: Actor, seen: int | None = None) -> Initiative:
    """`seen`: the version that was read; None = not said."""
    _refuse_unread(initiative, seen, decision=_("returned"), note=note)
    if not note.strip():
        raise DomainError(_("Write what you want to ask the organisation."), code="no_note", field="note")
    change_status(
        initiative,
        Review.RETURNED,
        table=STEPS,
        field="review",
        review_note=note.strip(),
        reviewed_by_id=by.user_id,
        published_at=None,
    )
    event = _record("initiative.returned", initiative, by)
    emails.tell_returned(initiative, event_id=event.pk)
    return initiative


@transaction.atomic
def publish_initiative(*, initiative: Initiative, by: Actor, seen: int | None = None) -> Initiative:
    """`seen`: the version that was read; None = not said."""
    _refuse_unread(initiative, seen, decision=_("published"))
    if not initiative.organisation.is_verified:
        raise DomainError(_("Verify the organisation first; then its entries can be public."), code="unverified")
    change_status(
        initiative,
        Review.PUBLISHED,
        table=STEPS,
        field="review",
        review_note="",
        reviewed_by_id=by.user_id,
        published_at=clock.now(),
    )
    _record("initiative.published", initiative, by)
    return initiative


def _refuse_unread(initiative: Initiative, seen: int | None, *, decision: str | Promise, note: str = "") -> None:
    """Nothing is decided about answers that nobody of IWiM has read: changed and sent again, it is read again."""
    version = Initiative.objects.select_for_update().values_list("version", flat=True).get(pk=initiative.pk)
    if seen is None or seen == version:
        return
    yours = {_("Your decision"): decision, _("Your question"): note}
    now = Initiative.objects.get(pk=initiative.pk)
    raise Conflict(
        _("The organisation has changed this entry since you opened it. Read it again, then decide."),
        yours={str(label): str(value) for label, value in yours.items() if value},
        theirs={answer.question: answer.text for answer in answers_of(now)},
    )


def _find_twin(organisation: Organisation, values: dict[str, Any]) -> Initiative | None:
    name = fold_name(values.get("name", ""))
    if not name:
        return None
    # A button pressed twice: the second waits here until it can see what the first one made.
    list(Organisation.objects.select_for_update(no_key=True).filter(pk=organisation.pk).values_list("pk"))
    return Initiative.objects.filter(organisation=organisation, name_folded=name).order_by("pk").first()


def _says(initiative: Initiative, values: dict[str, Any], editions: Sequence[dict[str, Any]]) -> bool:
    """Nothing else than this was entered."""
    asked = [(getattr(initiative, name), value) for name, value in values.items()]
    for edition, given in zip_longest(initiative.editions.order_by("pk"), editions):
        if edition is None or given is None:
            return False
        asked += [(getattr(edition, name), value) for name, value in given.items()]
    return all(here == (tuple(value) if isinstance(value, list) else value) for here, value in asked)


def _write_editions(initiative: Initiative, editions: Sequence[dict[str, Any]]) -> None:
    labels = [edition["label"] for edition in editions]
    if len(set(labels)) != len(labels):
        raise DomainError(_("Two editions have the same name. Give each its own."), code="same_label")
    Edition.objects.bulk_create(Edition(initiative=initiative, **edition) for edition in editions)


def _record(verb: str, initiative: Initiative, by: Actor) -> AuditEvent:
    return record_event(verb, by=by, subject=initiative, organisation_id=initiative.organisation_id)
