"""Editions of the record that is being written."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.cohort_figures import figures_of_cohort
from inventory.initiatives.domain.entering import NO_BASE, Given, clean_answers
from inventory.initiatives.domain.opening import lock_record, open_record
from inventory.initiatives.merging import Merge, merge_answers, name_as_answers
from inventory.initiatives.models import Edition, Initiative, Record
from inventory.initiatives.registry import tell_changed
from programmes.audit.domain import record_event
from programmes.cohorts.models import Cohort
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError

MOST_EDITIONS = 20


@transaction.atomic
def save_edition(
    *,
    initiative: Initiative,
    label: str,
    by: Actor,
    year: int | None = None,
    given: Given,
    before: Edition | None = None,
    seen: Mapping[str, str] = NO_BASE,
) -> Merge:
    """`before`: its row until now, also of an earlier record; without it a new edition. Label and year are merged
    like answers."""
    record = lock_record(open_record(initiative))
    given = {**name_as_answers(label.strip(), year), **clean_answers("edition", given, keep_empty=True)}
    edition = _edition_of(record, before) if before else _new_edition(record)
    merge = merge_answers({**name_as_answers(edition.label, edition.year), **edition.answers}, given, seen)
    answers = dict(merge.answers)
    edition.label, edition.year = answers.pop("label")["value"], answers.pop("year")["value"]
    edition.answers = answers
    _store(edition)
    _tell(record, by, edition=edition.pk, questions=merge.changed)
    return merge


@transaction.atomic
def remove_edition(*, initiative: Initiative, edition: Edition, by: Actor) -> None:
    record = lock_record(open_record(initiative))
    _edition_of(record, edition).delete()
    _tell(record, by, removed=True)


@transaction.atomic
def adopt_cohort(*, initiative: Initiative, cohort: Cohort, by: Actor) -> Edition:
    """The organisation approves what its own cohort tells: only then it enters. Approved again it is brought up to
    date; what somebody wrote beside it stays."""
    if cohort.organisation_id != initiative.organisation_id:
        raise DomainError(_("This cohort belongs to another organisation."), code="foreign_cohort")
    record = lock_record(open_record(initiative))
    edition = record.editions.filter(cohort=cohort).first() or _new_edition(record)
    figures: dict[str, Any] = clean_answers("edition", figures_of_cohort(cohort))
    edition.answers = {**edition.answers, **_with_own_words(figures, edition.answers)}
    edition.cohort = cohort
    edition.label = edition.label or cohort.name
    edition.year = edition.year or (cohort.kickoff_on or cohort.opens_at.date()).year
    _store(edition)
    _tell(record, by, edition=edition.pk, cohort=cohort.pk, questions=sorted(figures))
    return edition


def _with_own_words(figures: dict[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    beside = {
        code: {name: text for name, text in answers.get(code, {}).items() if name in ("words", "comment")}
        for code in figures
    }
    return {code: {**beside[code], **figure} for code, figure in figures.items()}


def _new_edition(record: Record) -> Edition:
    if record.editions.count() >= MOST_EDITIONS:
        raise DomainError(_("At most %(most)s fit here.") % {"most": MOST_EDITIONS}, code="too_many")
    return Edition(record=record)


def follow_edition(record: Record, edition: Edition) -> Edition | None:
    """The same edition in the record that is being written: once carried forward, it has another row there."""
    row = Edition.objects.filter(pk=edition.pk).first()
    while row is not None and row.record_id != record.pk:
        row = row.carried_to.order_by("-pk").first()
    return row


def _edition_of(record: Record, told: Edition) -> Edition:
    edition = follow_edition(record, told)
    if edition is None:
        raise DomainError(_("Somebody has removed this edition meanwhile."), code="edition_gone")
    return edition


def _store(edition: Edition) -> None:
    try:
        with transaction.atomic():
            edition.save()
    except IntegrityError as error:
        said = _("Two editions have the same name. Give each its own.")
        raise DomainError(said, code="same_label", field="label") from error


def _tell(record: Record, by: Actor, **details: Any) -> None:
    record.version += 1
    record.save(update_fields=["version", "changed_at"])
    record_event("record.edited", by=by, subject=record, organisation_id=record.organisation_id, **details)
    tell_changed(record.organisation_id, by)
