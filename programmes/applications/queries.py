"""Which applications there are, for whom."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db import connection
from django.db.models import Case, Count, Expression, F, IntegerField, OrderBy, Q, QuerySet, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Collate

from programmes.applications.models import Application, ImportBatch
from programmes.applications.own import COUNTED
from programmes.audit.models import AuditEvent
from programmes.cohorts.models import Cohort
from programmes.cohorts.registry import CohortCounts, LanguageCount, Readers, RoleCounts
from wimmentor.base.codes.places import country_name
from wimmentor.base.fields import has_code
from wimmentor.base.ordering import sort_key
from wimmentor.base.text import fold, fold_email

Status = Application.Status
# Not yet in anybody's hands, or taken back.
NOT_SENT = (Status.DRAFT, Status.WITHDRAWN)
UNDECIDED = (Status.SUBMITTED, Status.SHORTLISTED)
SORTS = ("name", "country", "status", "sent")
_STATUS_ORDER = [Status.SUBMITTED, Status.SHORTLISTED, Status.ACCEPTED, Status.WAITLISTED, Status.DECLINED]


def confirmed(cohort: Cohort) -> QuerySet[Application]:
    """Sent, and the address is hers; or from a spreadsheet."""
    return Application.objects.filter(COUNTED, cohort=cohort).exclude(status__in=NOT_SENT)


def in_hand(application: Application) -> bool:
    """Whether one application is among the confirmed."""
    hers = application.source == Application.Source.IMPORT or application.email_confirmed_at is not None
    return hers and application.status not in NOT_SENT


def unconfirmed(cohort: Cohort) -> QuerySet[Application]:
    """Sent, and waiting for the e-mail to be confirmed. Nobody decides about them."""
    return Application.objects.filter(cohort=cohort).exclude(COUNTED).exclude(status__in=NOT_SENT)


def accepted(cohort: Cohort, role: str) -> QuerySet[Application]:
    return confirmed(cohort).filter(role=role, status=Status.ACCEPTED)


@dataclass(frozen=True)
class ApplicationFilters:
    text: str = ""
    role: str = ""
    status: str = ""  # a status, or "unconfirmed"
    country: str = ""
    language: str = ""
    sort: str = ""

    @property
    def waiting(self) -> bool:
        return self.status == "unconfirmed"

    @property
    def narrows(self) -> bool:
        return replace(self, sort="") != ApplicationFilters()


def filtered(cohort: Cohort, filters: ApplicationFilters) -> QuerySet[Application]:
    base = unconfirmed(cohort) if filters.waiting else confirmed(cohort)
    return search_applications(base, filters)


def search_applications(queryset: QuerySet[Application], filters: ApplicationFilters) -> QuerySet[Application]:
    if filters.role:
        queryset = queryset.filter(role=filters.role)
    if filters.status and not filters.waiting:
        queryset = queryset.filter(status=filters.status)
    if filters.country:
        queryset = queryset.filter(country=filters.country)
    if filters.language:
        queryset = queryset.filter(has_code("languages", filters.language))
    for word in fold(filters.text).split():
        queryset = queryset.filter(
            Q(name_folded__contains=word) | Q(email__contains=fold_email(word)) | Q(employer_folded__contains=word)
        )
    return queryset


def sort_applications(
    queryset: QuerySet[Application], sort: str, countries: Iterable[str] = ()
) -> QuerySet[Application]:
    """By name unless told otherwise; `countries` are sorted by their names in the reader's language."""
    name, down = sort.removeprefix("-"), sort.startswith("-")
    ranked = sorted(countries, key=lambda code: sort_key(country_name(code)))
    keys: dict[str, Expression | F] = {
        "country": _rank("country", ranked),
        "status": _rank("status", _STATUS_ORDER),
        "sent": F("submitted_at"),
    }
    key = keys.get(name, by_text("name_folded"))
    return queryset.order_by(OrderBy(key, descending=down), by_text("name_folded"), "pk")


def by_text(column: str) -> Collate:
    """Folded text in the order of its letters, whatever the database's own collation does with spaces."""
    return Collate(F(column), "C" if connection.vendor == "postgresql" else "BINARY")


def _rank(column: str, values: Iterable[str]) -> Case:
    whens = [When(**{column: value}, then=Value(number)) for number, value in enumerate(values)]
    return Case(*whens, default=Value(len(whens)), output_field=IntegerField())


@dataclass
class ApplicationsSummary:
    """Counts over one cohort's applications, from one query."""

    sent: Counter[str] = field(default_factory=Counter)  # by role
    accepted: Counter[str] = field(default_factory=Counter)
    waiting: int = 0  # for the e-mail to be confirmed
    countries: set[str] = field(default_factory=set)
    languages: set[str] = field(default_factory=set)


def summarise(cohort: Cohort) -> ApplicationsSummary:
    summary = ApplicationsSummary()
    rows = (
        Application.objects.filter(cohort=cohort)
        .exclude(status__in=NOT_SENT)
        .order_by()
        .annotate(hers=Case(When(COUNTED, then=Value(1)), default=Value(0), output_field=IntegerField()))
        .values_list("hers", "role", "status", "country", "languages")
        .annotate(number=Count("pk"))
    )
    for hers, role, status, country, languages, number in rows:
        if not hers:
            summary.waiting += number
            continue
        summary.sent[role] += number
        summary.accepted[role] += number if status == Status.ACCEPTED else 0
        summary.countries |= {country} - {""}
        summary.languages |= set(languages)
    return summary


def count_cohort(cohort: Cohort) -> CohortCounts:
    """For the cohort's overview; registered there."""
    tallies: dict[str, Counter[str]] = {"mentee": Counter(), "mentor": Counter()}
    for role, status, number in confirmed(cohort).order_by().values_list("role", "status").annotate(number=Count("pk")):
        tallies[role][status] = number
    started = dict(
        Application.objects.filter(cohort=cohort)
        .exclude(status=Status.WITHDRAWN)
        .order_by()
        .values_list("role")
        .annotate(number=Count("pk"))
    )
    mentors = [
        (capacity if capacity is not None else cohort.default_capacity, tuple(languages))
        for capacity, languages in accepted(cohort, "mentor").order_by().values_list("capacity", "languages")
    ]
    spoken = [tuple(codes) for codes in accepted(cohort, "mentee").order_by().values_list("languages", flat=True)]
    return CohortCounts(
        mentees=_role_counts(tallies["mentee"], started.get("mentee", 0)),
        mentors=_role_counts(tallies["mentor"], started.get("mentor", 0)),
        mentor_places=sum(places for places, _languages in mentors),
        languages=_language_counts(spoken, mentors),
    )


def count_readers(cohort: Cohort) -> Readers:
    """Who gets e-mails of this cohort, by language; registered there."""
    sent = Application.objects.filter(cohort=cohort).exclude(status__in=NOT_SENT)
    return dict(sent.order_by().values_list("language").annotate(number=Count("pk")))


def _role_counts(tally: Mapping[str, int], started: int) -> RoleCounts:
    return RoleCounts(
        started=started,
        sent=sum(tally.values()),
        undecided=sum(tally.get(status, 0) for status in UNDECIDED),
        accepted=tally.get(Status.ACCEPTED, 0),
        waitlisted=tally.get(Status.WAITLISTED, 0),
        declined=tally.get(Status.DECLINED, 0),
    )


def _language_counts(
    spoken: list[tuple[str, ...]], mentors: list[tuple[int, tuple[str, ...]]]
) -> tuple[LanguageCount, ...]:
    mentees = Counter(code for codes in spoken for code in codes)
    places: Counter[str] = Counter()
    for capacity, codes in mentors:
        places.update(dict.fromkeys(codes, capacity))
    order = sorted(mentees | places, key=lambda code: (-mentees[code], -places[code], code))
    return tuple(LanguageCount(code, mentees[code], places[code]) for code in order)


def imports_of(cohort: Cohort) -> QuerySet[ImportBatch]:
    """Newest first, with figures but without what was read."""
    found = ImportBatch.objects.filter(cohort=cohort).select_related("created_by")
    found = found.annotate(unchanged=KT("report__unchanged"))  # the report is long
    return found.defer("rows", "report", "mapping", "recognised").order_by("-pk")


def last_decision(application: Application) -> AuditEvent | None:
    """The event that decided about her last, which may name many at once."""
    decisions = AuditEvent.objects.filter(verb="application.decided", cohort_id=application.cohort_id)
    for event in decisions.select_related("actor").order_by("-pk").iterator(chunk_size=50):
        if application.pk in event.details.get("moved", ()):
            return event
    return None


def events_of(application: Application) -> QuerySet[AuditEvent]:
    """Hers, and those about many at once in which she may be: decisions of her cohort, her import."""
    hers = Q(subject_type="programmes.application", subject_id=application.pk)
    hers |= Q(verb="application.decided", cohort_id=application.cohort_id)
    if application.import_batch_id:
        hers |= Q(verb="import.applied", subject_id=application.import_batch_id)
    return AuditEvent.objects.filter(hers).select_related("actor").order_by("pk")
