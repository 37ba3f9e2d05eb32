import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from programmes.applications.domain import apply_import, prepare_import
from programmes.applications.importing import FIELDS
from programmes.applications.models import Application
from programmes.audit.models import AuditEvent
from programmes.cohorts.models import Cohort
from tests.base.test_spreadsheets_write import PAYLOADS, STARTS
from tests.programmes.applications.coordinators import address, apply_as, make_cohort, sign_in
from wimmentor.base.actors import SYSTEM
from wimmentor.base.spreadsheets import read_table

pytestmark = pytest.mark.django_db
PAYLOAD = '=HYPERLINK("http://example.org","x")'


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def download(cohort: Cohort, form: str, **query: str) -> bytes:
    answer = sign_in(cohort).get(address("applications-export", cohort, form=form), query)
    assert answer.status_code == 200
    return answer.getvalue()


def test_columns_are_the_importable_fields_and_the_status(cohort: Cohort) -> None:
    apply_as(cohort, "Ana Rojas", utc_offset_min=-210, goals=("leadership", "Own words"), years_experience="4.5")

    table = read_table(io.BytesIO(download(cohort, "csv")), "applications.csv")

    assert table.headings == [*FIELDS, "status"]
    row = dict(zip(table.headings, table.rows[0].cells, strict=True))
    assert {name: row[name] for name in ("name", "email", "utc_offset", "goals", "years_experience", "status")} == {
        "name": "Ana Rojas",
        "email": "ana.rojas@example.org",
        "utc_offset": "UTC-03:30",
        "goals": "leadership;Own words",
        "years_experience": "4.5",
        "status": "submitted",
    }


def test_whole_years_are_written_without_a_decimal(cohort: Cohort) -> None:
    apply_as(cohort, "Ana Rojas", years_experience="12")

    table = read_table(io.BytesIO(download(cohort, "csv")), "applications.csv")

    assert dict(zip(table.headings, table.rows[0].cells, strict=True))["years_experience"] == "12"


def test_only_what_the_filters_show_goes_out(cohort: Cohort) -> None:
    apply_as(cohort, "Ana Rojas", country="PE")
    apply_as(cohort, "Berta Cano", country="CL")
    apply_as(cohort, "Carla Unread", country="PE", email_confirmed_at=None)

    table = read_table(io.BytesIO(download(cohort, "csv", country="PE")), "applications.csv")

    assert [row.cells[0] for row in table.rows] == ["Ana"]
    assert AuditEvent.objects.get(verb="application.exported").details == {"number": 1, "form": "csv"}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_formulas_are_harmless_outside_and_whole_when_they_come_back(cohort: Cohort, form: str) -> None:
    values = {
        "employer": PAYLOAD,
        "job_title": "+1 geologist",
        "notes": "@SUM(1)\n-2",
        "capacity": 2,
        "function": "=own words",
        "languages": ("es", "qu"),
        "years_experience": "4.5",
        "utc_offset_min": 330,
        "preferred_mentor_gender": "no_preference",
        "top_criterion": "region",
        "rotation": "roster_14_14",
        "roster_hours": "at_home",
        "availability": "mon 18-20",
    }
    apply_as(cohort, "Ana Rojas", role="mentor", **values)
    other = make_cohort("wim-andes")

    content = download(cohort, form)
    table = read_table(io.BytesIO(content), f"applications.{form}")
    batch = prepare_import(
        cohort=other,
        table=table,
        file_name="x",
        role="column",
        accept=False,
        consent_attested=True,
        by=SYSTEM,
    )
    apply_import(batch=batch, by=SYSTEM)

    if form == "csv":
        assert b",\"'=HYPERLINK" in content
    else:
        sheet = load_workbook(io.BytesIO(content)).active
        assert sheet is not None
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value == PAYLOAD} == {"s"}
    names = [*values, "role", "email", "first_name", "last_name", "country"]
    before = Application.objects.filter(cohort=cohort).values(*names).get()
    assert Application.objects.filter(cohort=other).values(*names).get() == before


@pytest.mark.parametrize("people", [1, 3])
def test_export_takes_the_same_few_queries(cohort: Cohort, people: int) -> None:
    for number in range(people):
        apply_as(cohort, f"Ana {number}")
    client = sign_in(cohort)

    with CaptureQueriesContext(connection) as queries:
        client.get(address("applications-export", cohort, form="xlsx"))

    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) == 8


def test_answers_of_the_unconfirmed_do_not_go_out(cohort: Cohort) -> None:
    apply_as(cohort, "Carla Unread", email_confirmed_at=None)

    answer = sign_in(cohort).get(address("applications-export", cohort, form="csv"), {"status": "unconfirmed"})

    assert answer.status_code == 404


def test_other_forms_do_not_exist(cohort: Cohort) -> None:
    assert sign_in(cohort).get(address("applications-export", cohort, form="pdf")).status_code == 404


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "goals",
    [
        (("leadership", "Créer une coopérative ; l’équiper"), ("Fly; safely",), ("board",)),
        (("Fly, safely",), ("Other: a farm, one day",), ("leadership", "swim well")),
        (("Fly, safely",), ("run a shop",), ()),
    ],
)
def test_own_words_come_back_whole_whatever_signs_they_hold(
    cohort: Cohort, form: str, goals: tuple[tuple[str, ...], ...]
) -> None:
    for number, each in enumerate(goals):
        apply_as(cohort, f"Ana Number-{number}", goals=each, languages=("es",))
    other = make_cohort("wim-andes")

    table = read_table(io.BytesIO(download(cohort, form)), f"applications.{form}")
    batch = prepare_import(
        cohort=other, table=table, file_name="x", role="column", accept=False, consent_attested=True, by=SYSTEM
    )
    apply_import(batch=batch, by=SYSTEM)

    assert list(Application.objects.filter(cohort=other).order_by("email").values_list("goals", flat=True)) == [*goals]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_payload_is_live_in_any_exported_text(cohort: Cohort, form: str) -> None:
    texts = ("employer", "job_title", "function", "notes", "availability")
    for number, payload in enumerate(PAYLOADS):
        values: dict[str, str] = dict.fromkeys(texts, payload)
        apply_as(cohort, f"{payload.strip().partition(' ')[0]} {payload}", **values, email=f"p{number}@example.org")

    content = download(cohort, form)

    if form == "xlsx":
        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)} == {"s"}
    else:
        cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]
        assert [cell for cell in cells if cell.lstrip(' \u00a0"').startswith(STARTS)] == []
    table = read_table(io.BytesIO(content), f"applications.{form}")
    assert len(table.rows) == len(PAYLOADS)
