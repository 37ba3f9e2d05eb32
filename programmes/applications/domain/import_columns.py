"""Which column holds what: chosen by a coordinator, remembered by her organisation, forgotten when she says so."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from programmes.applications.domain.import_plan import plan_import
from programmes.applications.domain.import_traces import keep_reading
from programmes.applications.importing import (
    FIELD_LABELS,
    GATHERED_FIELDS,
    ColumnGuess,
    Reading,
    guess_columns,
    guess_role,
    name_columns,
    read_people,
)
from programmes.applications.models import ImportBatch, RememberedColumn
from programmes.audit.domain import record_event
from programmes.cohorts.models import Cohort
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError
from wimmentor.base.languages import site_languages, speak
from wimmentor.base.spreadsheets import Table
from wimmentor.base.text import fold

Mapped = Mapping[str, str | None]
_NAMES = ("name", "first_name", "last_name")
_MOST_REMEMBERED = 200


def recall_columns(cohort: Cohort, headings: Iterable[str]) -> dict[str, str | None]:
    """What earlier imports of this organisation took these headings for; None: left out."""
    folded = {heading: _fold_heading(heading) for heading in headings}
    found = RememberedColumn.objects.filter(
        organisation_id=cohort.organisation_id, heading_folded__in=set(folded.values())
    )
    known = dict(found.values_list("heading_folded", "field"))
    known |= dict.fromkeys(_reason_headings(), "")
    return {heading: known[key] or None for heading, key in folded.items() if key in known}


def reason_heading() -> str:
    return _("Why it was refused")


def _reason_headings() -> set[str]:
    """Folded: of the column that our own list of refused rows has at its end, whoever downloaded it."""
    headings = set()
    for language in site_languages():
        with speak(language):
            headings.add(_fold_heading(reason_heading()))
    return headings


def guess_again(batch: ImportBatch, table: Table) -> list[ColumnGuess]:
    """The columns of its file as the coordinator chose them, else as remembered or guessed."""
    role = batch.role or guess_role(table) or "mentee"
    guesses = guess_columns(table, role=role, remembered=recall_columns(batch.cohort, name_columns(table)))
    return [replace(guess, field=batch.mapping.get(guess.heading, guess.field)) for guess in guesses]


def is_remembered(cohort: Cohort, guesses: Iterable[ColumnGuess]) -> set[str]:
    """The headings among these whose field is what was remembered."""
    headings = {guess.heading: guess.field for guess in guesses}
    own = _reason_headings()
    return {
        heading
        for heading, field in recall_columns(cohort, headings).items()
        if headings[heading] == field and _fold_heading(heading) not in own
    }


def waits_for_columns(batch: ImportBatch) -> bool:
    """Nothing was read yet: nobody has said who is in it."""
    return not batch.rows and bool(batch.stored_file)


def find_faults(mapping: Mapped, *, role: str) -> list[tuple[str | None, str]]:
    """(heading or None, sentence) of each reason why nothing could be read with it."""
    faults: list[tuple[str | None, str]] = []
    taken: dict[str, str] = {}
    for heading, field in mapping.items():
        if field is None or field in GATHERED_FIELDS:
            continue
        if field in taken:
            sentence = _("“%(field)s” is read from “%(heading)s” already. Leave one of the two out.")
            faults.append((heading, sentence % {"field": FIELD_LABELS[field], "heading": taken[field]}))
        taken.setdefault(field, heading)
    if "email" not in taken:
        faults.append((None, _("Say which column holds the e-mail addresses. Without one nobody can come in.")))
    if not taken.keys() & set(_NAMES):
        faults.append((None, _("Say which column holds the names. Without a name nobody can come in.")))
    if role == "column" and "role" not in taken:
        faults.append((None, _("Say which column tells mentees from mentors, or choose one of the two above.")))
    return faults


@transaction.atomic
def choose_columns(
    *, batch: ImportBatch, table: Table, role: str, mapping: Mapped, version: int, by: Actor
) -> ImportBatch:
    """Read the file again as she says. `version`: the one she saw."""
    faults = find_faults(mapping, role=role)
    if faults:
        raise DomainError(faults[0][1], code="mapping")
    turn_page(batch, version)
    reading = read_people(table, role=role, zone=batch.cohort.time_zone, mapping=mapping)
    batch.role, batch.mapping, batch.rows = role, dict(mapping), [keep_reading(reading, table)]
    note_report(batch, plan_import(batch.cohort, reading, accept=batch.accept).report())
    batch.save()
    record_event(
        "import.columns_chosen",
        by=by,
        subject=batch,
        organisation_id=batch.cohort.organisation_id,
        cohort_id=batch.cohort_id,
        read=len([field for field in mapping.values() if field]),
        left_out=len([field for field in mapping.values() if not field]),
    )
    return batch


def turn_page(batch: ImportBatch, version: int) -> None:
    """Compare and set: of two coordinators with one page the second is told."""
    turned = ImportBatch.objects.filter(pk=batch.pk, applied_at=None, version=version).update(version=version + 1)
    if not turned:
        raise Conflict(
            _("Somebody else changed or brought in this import while you were looking."), code="stale_import"
        )
    batch.refresh_from_db()


def note_report(batch: ImportBatch, report: dict[str, Any]) -> None:
    batch.report = report
    batch.rows_read, batch.rows_created, batch.rows_updated = (report[name] for name in ("read", "created", "updated"))
    # A row may stay out for more than one reason.
    batch.rows_refused = len({note["row"] for note in report["refused"]})


def read_kept(batch: ImportBatch) -> Reading:
    """What the dry run read. Raises DomainError where it is gone: somebody in it took herself out."""
    if not batch.rows:
        raise DomainError(_("The rows of this file are not kept any more. Upload it again."), code="rows_gone")
    return Reading.from_json(batch.rows[0])


def remember_columns(batch: ImportBatch) -> None:
    """Inside the import: what she chose is used for the next file of any cohort of her organisation."""
    instant = clock.now()
    rows = {
        _fold_heading(heading): RememberedColumn(
            organisation_id=batch.cohort.organisation_id,
            heading_folded=_fold_heading(heading),
            field=field or "",
            used_at=instant,
        )
        for heading, field in list(batch.mapping.items())[:_MOST_REMEMBERED]
        if heading
    }
    RememberedColumn.objects.bulk_create(
        sorted(rows.values(), key=lambda row: row.heading_folded),
        update_conflicts=True,
        unique_fields=["organisation", "heading_folded"],
        update_fields=["field", "used_at"],
    )


@transaction.atomic
def forget_columns(*, batch: ImportBatch, headings: Iterable[str], version: int, by: Actor) -> int:
    """The headings of this file are guessed afresh, here and next time."""
    turn_page(batch, version)
    forgotten, _by_model = RememberedColumn.objects.filter(
        organisation_id=batch.cohort.organisation_id, heading_folded__in={_fold_heading(each) for each in headings}
    ).delete()
    batch.mapping = {}
    batch.save(update_fields=["mapping"])
    record_event(
        "import.columns_forgotten",
        by=by,
        subject=batch,
        organisation_id=batch.cohort.organisation_id,
        cohort_id=batch.cohort_id,
        forgotten=forgotten,
    )
    return forgotten


def _fold_heading(heading: str) -> str:
    return fold(heading)[:250]
