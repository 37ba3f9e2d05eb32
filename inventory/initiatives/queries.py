from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, When
from django.db.models.fields.json import KeyTransform

from inventory.initiatives.models import Edition, EvidenceFile, Initiative, Inquiry, Record, Statement
from inventory.initiatives.rows import Answers, Bundle, EditionRow, InitiativeRow, OrganisationRow, StatementRow
from programmes.access.roles import INVENTORY_EDITOR, OWNER
from programmes.cohorts.models import Programme
from programmes.organisations.models import Organisation
from programmes.people.models import User
from wimmentor.base.fields import has_code
from wimmentor.base.text import fold

Review = Record.Review
UNNAMED = ("aggregated", "no")  # the stricter one comes later
# Editions without a year come last, on every database.
IN_ORDER = (F("year").asc(nulls_last=True), "label", "pk")


def with_details(queryset: QuerySet[Record]) -> QuerySet[Record]:
    return queryset.select_related("organisation__part_of", "initiative").prefetch_related(
        Prefetch("editions", Edition.objects.order_by(*IN_ORDER))
    )


def open_records() -> QuerySet[Record]:
    return Record.objects.exclude(review__in=Record.CLOSED)


def latest_closed() -> QuerySet[Record]:
    """What a new record is carried from: the current one first, else the last that was public, also where it was taken
    off the list since."""
    found = Record.objects.filter(review__in=Record.CLOSED, published_at__isnull=False)
    return found.order_by("-is_current", "-published_at", "-pk")


def _without_given_up(records: QuerySet[Record]) -> QuerySet[Record]:
    """Drafts that nobody wanted."""
    return records.exclude(review=Review.ARCHIVED, published_at=None)


def living_records() -> QuerySet[Record]:
    """Being written, or public now."""
    return Record.objects.filter(~Q(review__in=Record.CLOSED) | Q(is_current=True))


def unnamed_organisations() -> QuerySet[Record]:
    """Sheets that say "not under our name". A later sheet that takes the name back counts before it is published;
    one that gives it counts once it is."""
    return living_records().filter(initiative=None, publishing__in=UNNAMED)


def strictness_of(publishing: str) -> int:
    """0: by name."""
    return UNNAMED.index(publishing) + 1 if publishing in UNNAMED else 0


def public_records() -> QuerySet[Record]:
    """What anybody may read by name now."""
    found = Record.objects.filter(is_current=True, initiative__isnull=False, organisation__verified_at__isnull=False)
    named = found.exclude(organisation__in=unnamed_organisations().values("organisation"))
    return with_details(named.order_by("organisation__name_folded", "initiative__code")).annotate(
        hides_parent=Exists(unnamed_organisations().filter(organisation=OuterRef("organisation__part_of")))
    )


def public_statements() -> QuerySet[Statement]:
    return (
        Statement.objects.filter(is_public=True, organisation__verified_at__isnull=False)
        .exclude(organisation__in=unnamed_organisations().values("organisation"))
        .select_related("organisation")
        .order_by("organisation__name_folded", "pk")
    )


def filter_records(queryset: QuerySet[Record], wanted: Mapping[str, str]) -> QuerySet[Record]:
    """`wanted`: q, kind, country, status, method, target, scope, language, type; empty ones do not count."""
    several = {
        "kind": "kinds",
        "country": "organisation__countries",
        "method": "matching_methods",
        "scope": "scope",
        "language": "languages",
    }
    single = {"status": "status", "target": "mentor_target", "type": "organisation__type"}
    for name, column in several.items():
        if wanted.get(name):
            queryset = queryset.filter(has_code(column, wanted[name]))
    queryset = queryset.filter(**{column: wanted[name] for name, column in single.items() if wanted.get(name)})
    if wanted.get("q"):
        folded, unnamed = fold(wanted["q"]), unnamed_organisations().values("organisation")
        queryset = queryset.filter(
            Q(organisation__name_folded__contains=folded)
            | (Q(organisation__part_of__name_folded__contains=folded) & ~Q(organisation__part_of__in=unnamed))
            | Q(name_folded__contains=folded)
        )
    return queryset


def public_countries() -> list[str]:
    values = public_records().order_by().values_list("organisation__countries", flat=True).distinct()
    return sorted({code for codes in values for code in codes})


def records_of(organisation: Organisation) -> list[Record]:
    """One for each initiative: the one that is being written, else the public one, else the last that was public."""
    found = _without_given_up(Record.objects.filter(organisation=organisation, initiative__isnull=False))
    found = with_details(found).prefetch_related(Prefetch("inquiries", Inquiry.objects.filter(settled_at=None)))
    chosen: dict[int | None, Record] = {}
    for record in found.order_by("pk"):
        before = chosen.get(record.initiative_id)
        if before is None or _rank(record) >= _rank(before):
            chosen[record.initiative_id] = record
    return sorted(chosen.values(), key=lambda record: (record.name_folded, record.pk))


def _rank(record: Record) -> int:
    return 2 if record.is_open else 1 if record.is_current else 0


def living_record(initiative: Initiative) -> Record | None:
    """The one that is being written, else the public one, else the last that was public."""
    found = with_details(_without_given_up(initiative.records.all())).order_by("-pk")
    return max(found, key=_rank, default=None)


def living_sheet(organisation: Organisation) -> Record | None:
    found = with_details(_without_given_up(organisation.records.filter(initiative=None))).order_by("-pk")
    return max(found, key=_rank, default=None)


def initiatives_of(organisation: Organisation) -> QuerySet[Initiative]:
    return Initiative.objects.filter(organisation=organisation).select_related("organisation").order_by("code")


def history_of(initiative: Initiative) -> QuerySet[Record]:
    """What was published about it, the latest first."""
    found = initiative.records.filter(Q(review=Review.PUBLISHED))
    return with_details(found.order_by("-published_at", "-pk"))


def records_to_review() -> QuerySet[Record]:
    """Waiting first, then the rest; drafts are the organisation's own, and what was public once is history."""
    found = living_records().filter(initiative__isnull=False).exclude(review=Review.DRAFT)
    order = Case(When(review=Review.SUBMITTED, then=0), When(review=Review.IN_REVIEW, then=1), default=2)
    return with_details(found.order_by(order, "-review", "organisation__name_folded", "initiative__code", "pk"))


def evidence_of(record: Record) -> QuerySet[EvidenceFile]:
    return EvidenceFile.objects.filter(initiative=record.initiative_id)


def evidence_to_review() -> QuerySet[EvidenceFile]:
    """Of initiatives of which an organisation has sent something; files of drafts are its own."""
    return EvidenceFile.objects.filter(initiative__in=records_to_review().order_by().values("initiative"))


def keepers(organisation: Organisation) -> QuerySet[User]:
    """Who is written to about its entries: owners and inventory editors."""
    roles = [OWNER.code, INVENTORY_EDITOR.code]
    found = User.objects.filter(memberships__organisation=organisation, memberships__role__in=roles, is_active=True)
    return found.distinct().order_by("pk")


def current_rows(codes: Collection[str] = ()) -> Bundle:
    """What is public now and what else is counted, at a fixed number of queries. `codes`: only these answers,
    which is quicker."""
    records = Record.objects.filter(is_current=True, organisation__verified_at__isnull=False)
    statements = Statement.objects.filter(is_public=True, organisation__verified_at__isnull=False)
    return rows_of(records, statements, codes)


def rows_of(records: QuerySet[Record], statements: QuerySet[Statement], codes: Collection[str] = ()) -> Bundle:
    """Consent is read from the sheet among `records`, and from any later sheet that takes the name back."""
    told = read_records(records, codes)
    said = list(statements.select_related("organisation").order_by("organisation__name_folded", "pk"))
    # The strictest of an organisation's living sheets counts: "no" comes last.
    withdrawn = dict(unnamed_organisations().order_by("publishing").values_list("organisation", "publishing"))
    sheets = {record.organisation: record for record in told if record.code is None}
    ids = {record.organisation for record in told} | {statement.organisation_id for statement in said}
    organisations = {
        pk: make_organisation_row(one, sheets.get(pk), withdrawn.get(pk, ""))
        for pk, one in Organisation.objects.in_bulk(ids).items()
    }
    editions = read_editions(records, codes)
    return Bundle(
        sorted(organisations.values(), key=lambda row: (fold(row.name), row.id)),
        [make_initiative_row(record, organisations, editions) for record in told if record.code is not None],
        [make_statement_row(statement, organisations) for statement in said],
    )


class ToldRecord(NamedTuple):
    """Without `code` it is the organisation's own sheet."""

    pk: int
    organisation: int
    code: str | None
    publishing: str
    evidence: str
    remarks: str
    source: str
    as_of: date | None
    answers: Answers


def read_records(records: QuerySet[Record], codes: Collection[str] = ()) -> list[ToldRecord]:
    """Values, since thousands of records are read at once."""
    columns = ("pk", "organisation", "initiative__code", "publishing", "evidence", "remarks", "source", "as_of")
    found = records.order_by("organisation__name_folded", "initiative__code", "pk")
    return [ToldRecord._make(row) for row in _with_answers(found, columns, codes)]


def read_editions(records: QuerySet[Record], codes: Collection[str] = ()) -> dict[int, list[EditionRow]]:
    found = Edition.objects.filter(record__in=records.order_by().values("pk")).order_by(*IN_ORDER)
    editions: dict[int, list[EditionRow]] = defaultdict(list)
    for record, label, year, answers in _with_answers(found, ("record", "label", "year"), codes):
        editions[record].append(EditionRow(label=label, year=year, answers=answers))
    return editions


def _with_answers(found: QuerySet[Any], columns: tuple[str, ...], codes: Collection[str]) -> Iterator[tuple[Any, ...]]:
    """The columns, then the answers: all of them, or those to these questions, which the database picks out."""
    if not codes:
        yield from found.values_list(*columns, "answers")
        return
    picked = {f"answer_{code}": KeyTransform(code, "answers") for code in codes}
    for row in found.annotate(**picked).values_list(*columns, *picked):
        told = zip(codes, row[len(columns) :], strict=True)
        yield (*row[: len(columns)], {code: answer for code, answer in told if answer is not None})


def make_organisation_row(organisation: Organisation, sheet: ToldRecord | None, withdrawn: str = "") -> OrganisationRow:
    said = max(withdrawn, sheet.publishing if sheet else "", key=strictness_of)
    return OrganisationRow(
        id=organisation.pk,
        slug=organisation.slug,
        name=organisation.name,
        type=organisation.type,
        countries=organisation.countries,
        languages=organisation.languages,
        part_of=organisation.part_of_id,
        named=said not in UNNAMED,
        counted=said != "no",
        answers=sheet.answers if sheet else {},
    )


def make_initiative_row(
    record: ToldRecord,
    organisations: Mapping[int, OrganisationRow],
    editions: Mapping[int, list[EditionRow]],
) -> InitiativeRow:
    return InitiativeRow(
        code=record.code or "",
        organisation=organisations[record.organisation],
        answers=record.answers,
        editions=tuple(editions.get(record.pk, ())),
        evidence=record.evidence,
        remarks=record.remarks,
        source=record.source,
        as_of=record.as_of,
    )


def edition_rows(editions: Iterable[Edition]) -> list[EditionRow]:
    return [EditionRow(label=edition.label, year=edition.year, answers=edition.answers) for edition in editions]


def make_statement_row(statement: Statement, organisations: Mapping[int, OrganisationRow]) -> StatementRow:
    return StatementRow(
        organisation=organisations[statement.organisation_id],
        topic=statement.topic,
        value=statement.value,
        evidence=statement.evidence,
        remarks=statement.remarks,
        as_of=statement.as_of,
    )


def sector_organisations() -> QuerySet[Organisation]:
    """Companies, industry bodies and others, which are no WIM organisations."""
    found = Organisation.objects.exclude(type__startswith="wim_").exclude(type="iwim")
    return found.order_by("name_folded", "pk")


def programmes_without_record(organisation: Organisation, records: Iterable[Record]) -> list[Programme]:
    """Programmes that run here and are not in its inventory by name."""
    known = {record.name_folded for record in records}
    programmes = Programme.objects.filter(organisation=organisation).order_by("name", "pk")
    return [programme for programme in programmes if fold(programme.name) not in known]


def earlier_records() -> QuerySet[Record]:
    """What was public once, of whoever is named now."""
    found = Record.objects.filter(review=Review.PUBLISHED, initiative__isnull=False, is_current=False)
    found = found.filter(organisation__verified_at__isnull=False, initiative__records__is_current=True)
    return with_details(found.exclude(organisation__in=unnamed_organisations().values("organisation")))


def sheets_with_proposals() -> QuerySet[Record]:
    """Sheets in which an organisation names initiatives of the sector (K3)."""
    found = living_records().filter(initiative=None, answers__has_key="K3").exclude(review=Review.DRAFT)
    return found.select_related("organisation").order_by("organisation__name_folded", "pk")


def known_names() -> set[str]:
    return set(living_records().filter(initiative__isnull=False).values_list("name_folded", flat=True))
