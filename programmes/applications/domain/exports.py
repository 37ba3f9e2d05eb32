"""The list as a spreadsheet that `import_applications` reads back."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import transaction

from programmes.applications.importing import FIELDS
from programmes.applications.models import Application
from programmes.applications.queries import ApplicationFilters, filtered, sort_applications
from programmes.audit.domain import record_event
from programmes.cohorts.models import Cohort
from wimmentor.base.actors import Actor

HEADINGS = [*FIELDS, "status"]
_LISTS = ("languages", "goals", "interests")


@transaction.atomic
def export_applications(
    *, cohort: Cohort, filters: ApplicationFilters, form: str, by: Actor
) -> tuple[list[str], list[list[Any]]]:
    """Headings and rows; `form` is csv or xlsx and only written down."""
    applications = sort_applications(filtered(cohort, filters), filters.sort).prefetch_related("consents")
    rows = [[_VALUES.get(name, _column(name))(application) for name in HEADINGS] for application in applications]
    _join_lists(rows)
    record_event(
        "application.exported",
        by=by,
        subject=cohort,
        organisation_id=cohort.organisation_id,
        cohort_id=cohort.pk,
        number=len(rows),
        form=form,
    )
    return HEADINGS, rows


def _column(name: str) -> Callable[[Application], Any]:
    return lambda application: getattr(application, name)


def _join_lists(rows: list[list[Any]]) -> None:
    """Lists become cells: parted by ";", or where somebody's own words hold that, the whole column by "|||"."""
    for name in _LISTS:
        place = HEADINGS.index(name)
        sign = "|||" if any(";" in value for row in rows for value in row[place]) else ";"
        for row in rows:
            values = row[place]
            # A single answer with the sign that usually parts is marked as parted otherwise.
            ends = sign if len(values) == 1 and ";" in values[0] else ""
            row[place] = sign.join(values) + ends


def _years(application: Application) -> int | Decimal | None:
    """12, not 12.0."""
    years = application.years_experience
    return int(years) if years is not None and years == int(years) else years


def _offset(application: Application) -> str:
    minutes = application.utc_offset_min
    if minutes is None:
        return ""
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"


def _consent(application: Application) -> str:
    given = [consent.granted for consent in application.consents.all() if consent.purpose == "privacy"]
    return "" if not given else "yes" if given[-1] else "no"


_VALUES: dict[str, Callable[[Application], Any]] = {
    "years_experience": _years,
    "utc_offset": _offset,
    "consent": _consent,
}
