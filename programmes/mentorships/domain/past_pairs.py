"""Pairs that were made elsewhere come in from a spreadsheet, as digests, and are not matched again."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from programmes.applications.domain.import_sheets import Sheet, refused_sheet
from programmes.applications.importing import Note, PairEntry, PairReading, read_pairs
from programmes.applications.importing.addresses import tidy_address
from programmes.applications.models import Application
from programmes.applications.own import is_counted
from programmes.audit.domain import record_event
from programmes.cohorts.models import Cohort
from programmes.mentorships.models import PastPair, PastPairImport
from programmes.mentorships.queries import known_roles
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM, Actor
from wimmentor.base.digests import key_of_email, keys_of_email
from wimmentor.base.errors import Conflict, DomainError
from wimmentor.base.private_files import PrivateFolder
from wimmentor.base.spreadsheets import SpreadsheetError, Table, read_table
from wimmentor.base.text import fold_email

FOLDER = PrivateFolder("past-pairs")
# A spreadsheet that was looked at and left lying.
LEFT_FOR = timedelta(days=1)
_CHUNK = 500


@dataclass
class PastPairPlan:
    """What would come in: pairs of people who are known, and notes on rows."""

    reading: PairReading
    new: list[PairEntry] = field(default_factory=list)
    refused: list[Note] = field(default_factory=list)
    flagged: list[Note] = field(default_factory=list)

    @property
    def refused_rows(self) -> int:
        return len({note.row for note in self.refused})


@transaction.atomic
def prepare_past_pairs(*, cohort: Cohort, table: Table, data: bytes, file_name: str, by: Actor) -> PastPairImport:
    """The dry run: nothing but the file is kept, for a day at most."""
    past = PastPairImport.objects.create(
        organisation_id=cohort.organisation_id,
        cohort=cohort,
        file_name=file_name[-200:],
        stored_file=FOLDER.keep(data),
        rows_read=len(table.rows),
        created_by_id=by.user_id,
    )
    _record("prepared", past, by)
    return past


def reopen_pairs(past: PastPairImport) -> Table:
    data = FOLDER.read(past.stored_file)
    if data is None:
        raise DomainError(_("The file is not kept any more. Upload it again if you need it."), code="file_gone")
    try:
        return read_table(io.BytesIO(data), past.file_name)
    except SpreadsheetError as error:  # what was read when it was uploaded may be refused by a later version
        raise DomainError(str(error), code="file_unreadable") from error


def plan_past_pairs(past: PastPairImport, table: Table) -> PastPairPlan:
    """Raises nothing about rows: each that stays out has its note."""
    reading = read_pairs(table, mapping=past.mapping or None)
    plan = PastPairPlan(reading, refused=list(reading.refused), flagged=list(reading.flagged))
    emails = {email for entry in reading.entries for email in (entry.mentor_email, entry.mentee_email)}
    roles = known_roles(past.organisation_id, emails)
    present = set(PastPair.objects.filter(organisation_id=past.organisation_id).values_list("mentor_key", "mentee_key"))
    for entry in reading.entries:
        refusals = list(_refuse(entry, reading, roles, present))
        plan.refused += refusals
        if not refusals:
            plan.new.append(entry)
            plan.flagged += _doubt(entry, reading, roles)
    plan.refused.sort(key=lambda note: note.row)
    plan.flagged.sort(key=lambda note: note.row)
    return plan


@transaction.atomic
def record_refused_download(*, past: PastPairImport, by: Actor) -> Sheet:
    """Raises DomainError once the pairs are in: the file with its addresses is gone then."""
    table = reopen_pairs(past)
    plan = plan_past_pairs(past, table)
    _record("refused_downloaded", past, by)
    return refused_sheet(table, plan.refused)


def _refuse(
    entry: PairEntry, reading: PairReading, roles: Mapping[str, set[str]], present: set[tuple[str, str]]
) -> Iterable[Note]:
    for name, email in (("mentor_email", entry.mentor_email), ("mentee_email", entry.mentee_email)):
        if email not in roles:
            reason = _("Nobody with this address has applied to your organisation, in any cohort.")
            yield Note(entry.row, reading.headings.get(name, name), reason)
    if not present.isdisjoint(product(keys_of_email(entry.mentor_email), keys_of_email(entry.mentee_email))):
        column = reading.headings.get("mentee_email", "mentee_email")
        yield Note(entry.row, column, _("This pair is known already, from an earlier file."))


def _doubt(entry: PairEntry, reading: PairReading, roles: Mapping[str, set[str]]) -> Iterable[Note]:
    for role, email in (("mentor", entry.mentor_email), ("mentee", entry.mentee_email)):
        if role not in roles[email]:
            reason = _("She is not known here in this role. Are the two columns the right way round?")
            yield Note(entry.row, reading.headings.get(f"{role}_email", role), reason)


@transaction.atomic
def choose_pair_columns(
    *, past: PastPairImport, mapping: Mapping[str, str | None], version: int, by: Actor
) -> PastPairImport:
    """`mapping`: {heading: one of PAIR_FIELDS or None}."""
    _turn_page(past, version)
    past.mapping = dict(mapping)
    past.save(update_fields=["mapping"])
    _record("columns_chosen", past, by)
    return past


@transaction.atomic
def apply_past_pairs(*, past: PastPairImport, version: int, by: Actor) -> PastPairImport:
    """Bring in the good rows, once; the file with its addresses goes at once."""
    instant = clock.database_now()
    _turn_page(past, version)
    plan = plan_past_pairs(past, reopen_pairs(past))
    PastPair.objects.bulk_create(
        [
            PastPair(
                organisation_id=past.organisation_id,
                mentor_key=key_of_email(entry.mentor_email),
                mentee_key=key_of_email(entry.mentee_email),
                started_on=entry.started_on,
                brought_in=past,
            )
            for entry in plan.new
        ],
        batch_size=_CHUNK,
        ignore_conflicts=True,  # of two coordinators with one file the second brings in what is left
    )
    FOLDER.drop_on_commit([past.stored_file])
    past.applied_at, past.stored_file, past.mapping = instant, "", {}
    past.rows_created = past.pairs.count()
    # Pairs that another coordinator brought in at the same moment are known, too.
    past.rows_refused = plan.refused_rows + len(plan.new) - past.rows_created
    past.save()
    _record("applied", past, by)
    return past


@transaction.atomic
def remove_past_pairs(*, past: PastPairImport, by: Actor) -> int:
    """The whole import, at any time, or a file that was only looked at; its pairs may be matched again. Answers with
    how many they were."""
    current = PastPairImport.objects.select_for_update().filter(pk=past.pk).first()
    if current is None:
        raise Conflict(_("These pairs were removed already."), code="removed")
    FOLDER.drop_on_commit([current.stored_file])
    pairs = current.pairs.count()
    _record("removed", current, by)
    current.delete()
    return pairs


def forget_in_past_pairs(application: Application) -> None:
    """Inside a withdrawal: files with her address that nobody has brought in yet. What is in holds no address.
    A form that nobody confirmed may be a stranger's, who has no say over them."""
    if application.email and is_counted(application):
        forget_past_pairs_with(application.email, organisation_id=application.cohort.organisation_id)


def forget_past_pairs_with(email: str, **where: int) -> None:
    waiting = PastPairImport.objects.filter(applied_at=None, **where).select_for_update()
    for past in waiting.order_by("pk"):
        if _names(past, email):
            FOLDER.drop_on_commit([past.stored_file])
            past.delete()


def _names(past: PastPairImport, email: str) -> bool:
    try:
        table = reopen_pairs(past)
    except (DomainError, ValueError):
        return True
    return any(email in (fold_email(cell), tidy_address(cell)) for row in table.rows for cell in row.cells)


@transaction.atomic
def forget_left_past_pairs() -> int:
    """The sweep: files that were looked at and neither brought in nor thrown away."""
    return _forget_left(clock.now() - LEFT_FOR)


def _forget_left(before: datetime) -> int:
    left = list(_left_lying(before).order_by("pk"))
    FOLDER.drop_on_commit([past.stored_file for past in left])
    for past in left:
        _record("expired", past, SYSTEM)
    PastPairImport.objects.filter(pk__in=[past.pk for past in left]).delete()
    return len(left)


@transaction.atomic
def expire_past_pair_files(before: datetime, dry_run: bool) -> int:
    """A rule of retention: what was left lying since before then, and files that no row names. Answers with how many;
    a repeat finds nothing."""
    known = PastPairImport.objects.exclude(stored_file="").values_list("stored_file", flat=True)
    orphans = FOLDER.find_orphans(set(known))
    if dry_run:
        return len(orphans) + _left_lying(before).count()
    FOLDER.drop_on_commit(orphans)
    return len(orphans) + _forget_left(before)


def _left_lying(before: datetime) -> QuerySet[PastPairImport]:
    return PastPairImport.objects.filter(applied_at=None, created_at__lt=before)


def _turn_page(past: PastPairImport, version: int) -> None:
    waiting = PastPairImport.objects.filter(pk=past.pk, applied_at=None, version=version)
    if not waiting.update(version=version + 1):
        message = _("Somebody else changed or brought in these pairs while you were looking.")
        raise Conflict(message, code="stale_past_pairs")
    past.refresh_from_db()


def _record(step: str, past: PastPairImport, by: Actor) -> None:
    record_event(
        f"past_pairs.{step}",
        by=by,
        subject=past,
        organisation_id=past.organisation_id,
        cohort_id=past.cohort_id,
        read=past.rows_read,
        created=past.rows_created,
        refused=past.rows_refused,
    )
