"""What organisations write."""

from collections.abc import Mapping, Sequence
from secrets import token_hex
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.checking import clean_answer
from inventory.initiatives.domain.opening import (
    carried_answers,
    hold_organisation,
    lock_record,
    open_record,
    open_sheet,
)
from inventory.initiatives.merging import Merge, merge_answers
from inventory.initiatives.models import Edition, Initiative, Record, fold_name
from inventory.initiatives.queries import living_record, living_records, living_sheet
from inventory.initiatives.questionnaire import QUESTIONS, Level
from inventory.initiatives.registry import tell_changed, tell_withdrawn
from programmes.audit.domain import record_event
from programmes.organisations.models import Organisation
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError

Given = Mapping[str, Mapping[str, Any] | None]
# What stands at the place of a code in addresses of the inventory.
RESERVED_CODES = frozenset({"analysis", "data", "export", "waves"})
NO_BASE: Mapping[str, str] = {}


@transaction.atomic
def create_initiative(
    *,
    organisation: Organisation,
    by: Actor,
    answers: Given,
    editions: Sequence[Mapping[str, Any]] = (),
    code: str = "",
    proposed_by: Organisation | None = None,
) -> Record:
    """The same press twice answers with the same record. `editions`: label, year, answers, as an Edition has them."""
    if code in RESERVED_CODES:
        raise DomainError(_("This code has another meaning here. Choose another."), code="reserved_code")
    kept = clean_answers("initiative", answers)
    name = str((kept.get("B1") or {}).get("value", ""))
    hold_organisation(organisation.pk)
    if twin := _find_twin(organisation, name):
        if {**twin.answers} == kept and not editions:
            return twin
        raise DomainError(_("Your organisation has an entry with this name already."), code="name_taken", field="B1")
    initiative = Initiative.objects.create(
        organisation=organisation, code=code or f"{organisation.slug[:33]}-{token_hex(3)}", proposed_by=proposed_by
    )
    record = Record.objects.create(organisation=organisation, initiative=initiative, answers=kept)
    Edition.objects.bulk_create(
        Edition(record=record, **{**edition, "answers": clean_answers("edition", edition.get("answers", {}))})
        for edition in editions
    )
    record_event("initiative.created", by=by, subject=initiative, organisation_id=organisation.pk)
    tell_changed(organisation.pk, by)
    return record


@transaction.atomic
def save_answers(*, initiative: Initiative, given: Given, by: Actor, seen: Mapping[str, str] = NO_BASE) -> Merge:
    """`seen`: see `merging`. What is public stays so until IWiM has published what is written here."""
    given = clean_answers("initiative", given, keep_empty=True)
    if same := _nothing_new(living_record(initiative), given, seen):
        return same
    record = lock_record(open_record(initiative))
    if name := str((given.get("B1") or {}).get("value", "")):
        twin = _find_twin(record.organisation, name)
        if twin is not None and twin.initiative_id != initiative.pk:
            said = _("Your organisation has an entry with this name already.")
            raise DomainError(said, code="name_taken", field="B1")
    return _write(record, given, seen, by)


@transaction.atomic
def save_sheet(*, organisation: Organisation, given: Given, by: Actor, seen: Mapping[str, str] = NO_BASE) -> Merge:
    given = clean_answers("organisation", given, keep_empty=True)
    if same := _nothing_new(living_sheet(organisation), given, seen):
        return same
    merge = _write(lock_record(open_sheet(organisation)), given, seen, by)
    if "K4" in merge.changed:
        tell_withdrawn(organisation.pk, by)
    return merge


def _nothing_new(record: Record | None, given: Given, seen: Mapping[str, str]) -> Merge | None:
    """What is public is not opened anew where nothing is written."""
    if record is None or record.is_open:
        return None
    merge = merge_answers(carried_answers(record), given, seen)
    return None if merge.changed or merge.conflicting else merge


def _write(record: Record, given: Given, seen: Mapping[str, str], by: Actor) -> Merge:
    merge = merge_answers(record.answers, given, seen)
    if merge.changed:
        record.answers = merge.answers
        record.version += 1
        record.save()
        record_event(
            "record.edited",
            by=by,
            subject=record,
            organisation_id=record.organisation_id,
            questions=merge.changed,
        )
        tell_changed(record.organisation_id, by)
    return merge


def clean_answers(level: Level, given: Given, *, keep_empty: bool = False) -> dict[str, Any]:
    """Only questions of this level; `keep_empty`: an answer that is taken away is None."""
    cleaned = {}
    for code, answer in given.items():
        question = QUESTIONS.get(code)
        if question is None or question.level != level:
            raise DomainError(_("“%(name)s” is not asked here.") % {"name": code}, code="no_such_question")
        cleaned[code] = clean_answer(question, answer)
    return {code: answer for code, answer in cleaned.items() if answer or keep_empty}


def _find_twin(organisation: Organisation, name: str) -> Record | None:
    folded = fold_name(name)
    if not folded:
        return None
    found = living_records().filter(organisation=organisation, initiative__isnull=False, name_folded=folded)
    return found.order_by("is_current", "pk").first()
