"""Which programmes and cohorts there are for whom."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from programmes.cohorts.models import Cohort, Programme
from programmes.organisations.models import Organisation
from wimmentor.base.errors import DomainError
from wimmentor.base.fields import has_code
from wimmentor.base.text import fold, read_id


def public_cohorts() -> QuerySet[Cohort]:
    """Opened once, by an organisation that is verified."""
    return Cohort.objects.filter(opened_at__isnull=False, programme__organisation__verified_at__isnull=False)


def open_cohorts(instant: datetime) -> QuerySet[Cohort]:
    """Taking applications, closing soonest first."""
    return (
        public_cohorts()
        .filter(phase=Cohort.Phase.OPEN, opens_at__lte=instant, closes_at__gt=instant)
        .order_by("closes_at", "pk")
    )


def cohorts_ended_before(instant: datetime) -> list[int]:
    """Ids. A cohort ends on its closing day, or as many months after kick-off (or after applications closed) as its
    programme has."""
    rows = Cohort.objects.values_list("pk", "closing_on", "kickoff_on", "closes_at", "programme__months")
    day = instant.date()
    return [
        pk
        for pk, closing, kickoff, closes, months in rows
        if (closing or (kickoff or closes.date()) + timedelta(days=31 * months)) < day
    ]


def public_programmes(
    *, country: str = "", language: str = "", stage: str = "", open_at: datetime | None = None
) -> QuerySet[Programme]:
    """A programme without countries is for women anywhere; one without a scope, for all."""
    found = Programme.objects.filter(pk__in=public_cohorts().values("programme"))
    if country:
        found = found.filter(has_code("countries", country) | Q(countries=""))
    if language:
        found = found.filter(has_code("languages", language))
    if stage:
        found = found.filter(has_code("scope", stage) | has_code("scope", "all") | Q(scope=""))
    if open_at is not None:
        found = found.filter(pk__in=open_cohorts(open_at).values("programme"))
    return found


def order_programmes(programmes: QuerySet[Programme], text: str = "") -> list[int]:
    """Ids by name, of those in which `text` occurs. Folded here: databases neither sort nor search accents alike."""
    wanted = fold(text)
    rows = programmes.values_list("pk", "name", "summary", "organisation__name_folded")
    found = [
        (fold(name), pk)
        for pk, name, summary, organisation in rows
        if not wanted or wanted in f"{fold(name)} {fold(summary)} {organisation}"
    ]
    return [pk for _name, pk in sorted(found)]


def with_public_cohorts(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """Each with its organisation and the list `public_cohorts`, newest first."""
    return programmes.select_related("organisation").prefetch_related(
        Prefetch("cohorts", public_cohorts().order_by("-opens_at", "-pk"), to_attr="public_cohorts")
    )


def fetch_programmes(ids: Iterable[int]) -> list[Any]:
    """In the order of `ids`, with public cohorts."""
    by_id = {programme.pk: programme for programme in with_public_cohorts(Programme.objects.filter(pk__in=list(ids)))}
    return [by_id[pk] for pk in ids if pk in by_id]


def public_programme(organisation: str, programme: str) -> Any:
    """By slugs, with public cohorts; None for what is not public, as for what does not exist."""
    found = public_programmes().filter(organisation__slug=organisation, slug=programme)
    return with_public_cohorts(found).first()


def public_organisations() -> QuerySet[Organisation]:
    """Those that run programmes here, by name."""
    return Organisation.objects.filter(pk__in=public_cohorts().values("programme__organisation")).order_by(
        "name_folded", "pk"
    )


def public_languages() -> list[str]:
    """Codes of languages that public programmes speak."""
    values = public_programmes().exclude(languages="").values_list("languages", flat=True).distinct()
    return sorted({code for codes in values for code in codes})


def shown_cohort(cohorts: Iterable[Cohort], instant: datetime) -> Cohort | None:
    """The one that a visitor asks about: open, else coming, else the latest."""
    ordered = list(cohorts)
    taking = sorted((c for c in ordered if c.takes_applications(instant)), key=lambda c: (c.closes_at, c.pk))
    coming = sorted(
        (c for c in ordered if c.phase == Cohort.Phase.OPEN and c.opens_at > instant), key=lambda c: (c.opens_at, c.pk)
    )
    latest = sorted(ordered, key=lambda c: (c.opens_at, c.pk), reverse=True)
    return next(iter([*taking, *coming, *latest]), None)


def suggest_zone(programme: Programme, user: Any) -> str:
    """That of the organisation's newest cohort, else the person's own; "" where neither is known."""
    newest = Cohort.objects.filter(programme__organisation_id=programme.organisation_id).order_by("-pk").first()
    return newest.time_zone if newest else str(getattr(user, "time_zone", ""))


def cohort_by_path(text: str) -> Cohort:
    """`text`: organisation/programme/cohort as slugs, or the id. Raises DomainError naming what was not found."""
    cohorts = Cohort.objects.select_related("programme__organisation")
    if text.isascii() and text.isdigit():
        number = read_id(text)
        found = None if number is None else cohorts.filter(pk=number).first()
        if found is None:
            raise DomainError(_("There is no cohort with the id %(id)s.") % {"id": text}, code="no_such_cohort")
        return found
    parts = text.strip("/").split("/")
    if len(parts) != 3:
        raise DomainError(
            _("“%(text)s” names no cohort. Write organisation/programme/cohort, or the id.") % {"text": text},
            code="no_cohort_path",
        )
    organisation, programme, slug = parts
    found = cohorts.filter(programme__organisation__slug=organisation, programme__slug=programme, slug=slug).first()
    if found is None:
        raise DomainError(_say_missing(organisation, programme, slug), code="no_such_cohort")
    return found


def _say_missing(organisation: str, programme: str, slug: str) -> str:
    programmes = Programme.objects.filter(organisation__slug=organisation)
    if not programmes.exists():
        return _("There is no programme of an organisation “%(slug)s”.") % {"slug": organisation}
    if not programmes.filter(slug=programme).exists():
        return _("“%(organisation)s” has no programme “%(slug)s”.") % {"organisation": organisation, "slug": programme}
    return _("The programme “%(programme)s” has no cohort “%(slug)s”.") % {"programme": programme, "slug": slug}
