import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from wimmentor.base.phrases import Phrase
from wimmentor.base.spreadsheets import Limits, Row, SpreadsheetError, Table, read_table, read_tables, write_xlsx

CSV = "Name,E-mail\r\nLucía Peña,lucia@example.org\r\n"
PART = "xl/worksheets/sheet1.xml"


def read(data: bytes, name: str = "people.csv", limits: Limits | None = None) -> Table:
    return read_table(io.BytesIO(data), name, limits)


def refusal(data: bytes, name: str = "people.csv", limits: Limits | None = None) -> str:
    with pytest.raises(SpreadsheetError) as refused:
        read(data, name, limits)
    return str(refused.value)


def workbook_bytes(fill: Callable[[Workbook], None]) -> bytes:
    workbook = Workbook()
    fill(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def repack(data: bytes, change: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in change:
                new.writestr(name, old.read(name))
        for name, content in change.items():
            new.writestr(name, content)
    return buffer.getvalue()


def sheet_xml(rows: str, before: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}">{before}<sheetData>{rows}</sheetData></worksheet>'.encode()


PLAIN = write_xlsx(["Name"], [["Lucía"]])


class TestText:
    @pytest.mark.parametrize(
        ("encoding", "named"),
        [
            ("utf-8", "utf-8"),
            ("utf-8-sig", "utf-8-sig"),
            ("utf-16", "utf-16"),
            ("utf-16-le", "utf-16-le"),
            ("utf-16-be", "utf-16-be"),
            ("utf-32", "utf-32"),
            ("cp1252", "cp1252"),
        ],
    )
    def test_encodings(self, encoding: str, named: str) -> None:
        table = read(CSV.encode(encoding))
        assert (table.headings, table.rows) == (["Name", "E-mail"], [Row(2, ("Lucía Peña", "lucia@example.org"))])
        assert table.encoding == named

    def test_letters_that_only_windows_has(self) -> None:
        assert read("Nom\nŒdia – 5 €…\n".encode("cp1252")).rows == [Row(2, ("Œdia – 5 €…",))]

    def test_damaged_utf8_is_not_taken_for_windows(self) -> None:
        data = "Name\nLucía\nInés\nBelén\n".encode()
        assert "line 4" in refusal(data[:-3] + b"\n")

    def test_bytes_of_no_encoding(self) -> None:
        assert "cannot be read" in refusal(b"Name\n\x81\x8d\n")
        assert "cannot be read" in refusal("Name\nA".encode("utf-16")[:-1])

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_delimiters(self, delimiter: str) -> None:
        text = delimiter.join(["Name", "Goals"]) + "\n" + delimiter.join(["Ana", "x"]) + "\n"
        assert read(text.encode()).rows == [Row(2, ("Ana", "x"))]

    def test_delimiter_with_other_delimiters_in_the_words(self) -> None:
        text = (
            "Where do you work, and since when, in full?;E-mail\nLima, Perú, 2014;a@example.org\nQuito;b@example.org\n"
        )
        table = read(text.encode())
        assert table.headings == ["Where do you work, and since when, in full?", "E-mail"]
        assert table.rows[0] == Row(2, ("Lima, Perú, 2014", "a@example.org"))

    def test_delimiter_named_in_the_first_line(self) -> None:
        assert read(b"sep=;\r\nA,B;C\r\n1;2\r\n").rows == [Row(2, ("1", "2"))]

    def test_one_column(self) -> None:
        assert read(b"E-mail\na@example.org\n").rows == [Row(2, ("a@example.org",))]

    def test_quotes_and_breaks_inside_cells(self) -> None:
        table = read(b'Name,Why\r\nAna,"first\r\nsecond, ""so"""\r\nEva,no\r\n')
        assert table.rows == [Row(2, ("Ana", 'first\nsecond, "so"')), Row(3, ("Eva", "no"))]

    def test_blank_rows_are_skipped_and_numbers_kept(self) -> None:
        table = read("\n,,\nName,Age\n\nAna,3\n , \u00a0\nEva,4\n".encode())
        assert (table.heading_row, table.headings) == (3, ["Name", "Age"])
        assert table.rows == [Row(5, ("Ana", "3")), Row(7, ("Eva", "4"))]

    def test_ragged_rows(self) -> None:
        table = read(b"A,B,,\n1\n1,2,,\n1,2,3\n")
        assert table.headings == ["A", "B"]
        assert table.rows == [Row(2, ("1", "")), Row(3, ("1", "2")), Row(4, ("1", "2", "3"))]

    def test_cells_are_trimmed_and_emoji_stay_whole(self) -> None:
        woman = "👩🏾\u200d🔧"
        assert read(f"Name\n\u00a0 {woman}\u200b \n".encode()).rows == [Row(2, (woman,))]

    def test_headings_alone(self) -> None:
        assert read(b"Name,E-mail").rows == []

    @pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b",,\n,,\n"])
    def test_nothing(self, data: bytes) -> None:
        assert "empty" in refusal(data)

    def test_nul(self) -> None:
        assert "Row 2 holds a character" in refusal(b"Name\nA\x00B\n")

    def test_open_quotation_mark(self) -> None:
        assert "Row 3" in refusal(b'Name,Why\nAna,x\nEva,"never closed\n')

    def test_misplaced_quotation_mark(self) -> None:
        assert "Row 2" in refusal(b'Name,Why\n"Ana" x,y\n')

    def test_limits(self) -> None:
        limits = Limits(file_bytes=2 * 1024 * 1024, rows=2, columns=3, cells=7, cell_characters=10)
        assert "larger than 2 MB" in refusal(b"a" * (2 * 1024 * 1024 + 1), limits=limits)
        assert "more than 2 rows" in refusal(b"A\n1\n2\n3\n", limits=limits)
        assert "Row 2 has more than 3 columns" in refusal(b"A\n1,2,3,4\n", limits=limits)
        assert "more than 7 cells up to row 3" in refusal(b"A,B,C\n1,2,3\n1,2,3\n", limits=limits)
        assert "Row 2 has a cell of more than 10" in refusal(b"A\n12345678901\n", limits=limits)
        assert len(read(b"A\n1\n2\n\n\n", limits=limits).rows) == 2

    def test_a_million_columns_and_rows(self) -> None:
        assert "more than 200 columns" in refusal(b"A" + b",A" * 1_000_000)
        assert "more than 20000 rows" in refusal(b"A\n" + b"1\n" * 1_000_000)
        assert "Row 1 cannot be read" in refusal(b'"' + b"a" * 1_000_000)


class TestKinds:
    @pytest.mark.parametrize(
        ("data", "name", "reason"),
        [
            (CSV.encode(), "people.xlsx", "is named .xlsx but is none"),
            (PLAIN, "people.csv", "holds a workbook"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "people.xlsx", "protected by a password"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "people.xls", "old Excel format"),
            (CSV.encode(), "people.xls", "old Excel format"),
            (PLAIN, "people.xlsm", "macros"),
            (PLAIN, "people.ods", "We read CSV and XLSX"),
            (CSV.encode(), "people.exe", "We read CSV and XLSX"),
            (b"%PDF-1.7 ...", "people.csv", "We read CSV and XLSX"),
            (b"\n<html><table></table></html>", "people.csv", "web page"),
            (b"PK\x03\x04 and no more", "people.xlsx", "damaged"),
        ],
    )
    def test_wrong_kinds(self, data: bytes, name: str, reason: str) -> None:
        assert reason in refusal(data, name)

    @pytest.mark.parametrize("name", ["PEOPLE.XLSX", "people"])
    def test_names_do_not_matter_otherwise(self, name: str) -> None:
        assert read(PLAIN, name).rows == [Row(2, ("Lucía",))]


class TestWorkbook:
    def test_values_become_text(self) -> None:
        def fill(workbook: Workbook) -> None:
            sheet = workbook.active
            assert sheet is not None
            sheet.append([" Name ", "Value", None, None])
            for value in (
                3.0,
                7.5,
                10**11,
                True,
                date(2026, 3, 2),
                datetime.fromisoformat("2026-03-02 08:48:07"),
                "\u00a07 ",
                "=1+1",
            ):
                sheet.append(["x", value])
            sheet.append([None, "  "])
            sheet.append(["last"])

        table = read(workbook_bytes(fill), "a.xlsx")
        assert table.headings == ["Name", "Value"]
        values = ["3", "7.5", "100000000000", "yes", "2026-03-02", "2026-03-02T08:48:07", "7", ""]
        assert [row.cells[1] for row in table.rows] == [*values, ""]
        assert table.rows[-1] == Row(11, ("last", ""))

    def test_first_visible_sheet_and_hidden_columns(self) -> None:
        def fill(workbook: Workbook) -> None:
            first = workbook.active
            assert first is not None
            first.append(["Lists"])
            first.sheet_state = "hidden"
            second = workbook.create_sheet("Answers")
            second.append(["Name", "Score", "Why"])
            second.append(["Ana", 3, "x"])
            second.column_dimensions["B"].hidden = True

        table = read(workbook_bytes(fill), "a.xlsx")
        assert (table.headings, table.hidden) == (["Name", "Score", "Why"], frozenset({1}))

    def test_merged_cells(self) -> None:
        def fill(workbook: Workbook) -> None:
            sheet = workbook.active
            assert sheet is not None
            sheet.append(["Name", "Goals", "More"])
            sheet.append(["Ana", "x", None])
            sheet.merge_cells("B2:C2")

        assert read(workbook_bytes(fill), "a.xlsx").rows == [Row(2, ("Ana", "x", ""))]

    @pytest.mark.parametrize("tenth", range(1, 10))
    def test_truncated(self, tenth: int) -> None:
        assert "damaged" in refusal(PLAIN[: len(PLAIN) * tenth // 10], "a.xlsx")

    def test_flipped_bytes_are_noticed(self) -> None:
        start = PLAIN.index(b"xl/worksheets/sheet1.xml") + 40
        assert "damaged" in refusal(PLAIN[:start] + b"\xff\x00\xff\x00" + PLAIN[start + 4 :], "a.xlsx")

    def test_zip_bomb(self) -> None:
        zeros = sheet_xml("<row><c><v>" + "0" * 20_000_000 + "</v></c></row>")
        bomb = repack(PLAIN, {PART: zeros})
        assert len(bomb) < 100_000
        assert "unpacks to far more" in refusal(bomb, "a.xlsx")

    def test_many_parts_and_large_styles(self) -> None:
        many = repack(PLAIN, {f"xl/media/{number}.png": b"x" for number in range(1001)})
        assert "unpacks to far more" in refusal(many, "a.xlsx")
        styles = repack(PLAIN, {"xl/styles.xml": b"<styleSheet>" + b" " * 6_000_000 + b"</styleSheet>"})
        assert "unpacks to far more" in refusal(styles, "a.xlsx")

    @pytest.mark.parametrize(
        "declaration",
        [
            '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
            '<!doctype x SYSTEM "http://example.org/x.dtd">',
        ],
    )
    @pytest.mark.parametrize("part", [PART, "xl/workbook.xml", "[Content_Types].xml"])
    def test_declarations(self, declaration: str, part: str) -> None:
        with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
            content = archive.read(part)
        assert "declarations" in refusal(repack(PLAIN, {part: declaration.encode() + content}), "a.xlsx")
        wide = (declaration + content.decode()).encode("utf-16")
        assert "declarations" in refusal(repack(PLAIN, {part: wide}), "a.xlsx")

    @pytest.mark.parametrize(
        ("part", "reason"),
        [
            ("xl/vbaProject.bin", "macros"),
            ("xl/externalLinks/externalLink1.xml", "other files"),
        ],
    )
    def test_macros_and_links(self, part: str, reason: str) -> None:
        assert reason in refusal(repack(PLAIN, {part: b"<x/>"}), "a.xlsx")

    def test_an_archive_of_something_else(self) -> None:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("word/document.xml", "<x/>")
        assert "no XLSX workbook" in refusal(buffer.getvalue(), "a.xlsx")

    def test_claimed_sizes_are_not_believed(self) -> None:
        rows = (
            '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row><row r="2"><c r="A2"><v>5</v></c></row>'
        )
        claimed = repack(PLAIN, {PART: sheet_xml(rows, '<dimension ref="A1:XFD1048576"/>')})
        assert read(claimed, "a.xlsx").rows == [Row(2, ("5",))]

    def test_rows_and_columns_that_no_sheet_has(self) -> None:
        head = '<row r="1"><c r="A1"><v>1</v></c></row>'
        far = sheet_xml(head + '<row r="99999999999"><c r="A99999999999"><v>5</v></c></row>')
        assert "rows that no sheet has" in refusal(repack(PLAIN, {PART: far}), "a.xlsx")
        wide = sheet_xml(head + '<row r="2"><c r="XFD2"><v>5</v></c></row>')
        assert "Row 2 has more than 200 columns" in refusal(repack(PLAIN, {PART: wide}), "a.xlsx")
        styled = "".join(f'<row r="{number}"><c r="XFD{number}"/></row>' for number in range(2, 100))
        assert read(repack(PLAIN, {PART: sheet_xml(head + styled)}), "a.xlsx").rows == []

    def test_a_broken_reference_names_its_row(self) -> None:
        rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>77</v></c></row>'
        assert "near row 2" in refusal(repack(PLAIN, {PART: sheet_xml(rows)}), "a.xlsx")

    def test_no_visible_sheet(self) -> None:
        with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
            listing = archive.read("xl/workbook.xml").replace(b'state="visible"', b'state="veryHidden"')
        assert "no visible sheet" in refusal(repack(PLAIN, {"xl/workbook.xml": listing}), "a.xlsx")

    def test_too_many_rows(self) -> None:
        data = write_xlsx(["Name"], [["x"]] * 4)
        assert "more than 3 rows" in refusal(data, "a.xlsx", Limits(rows=3))

    def test_blank_sheet(self) -> None:
        assert "empty" in refusal(workbook_bytes(lambda workbook: None), "a.xlsx")


@pytest.mark.parametrize("encoding", ["iso8859-15", "latin-1", "cp1252"])
def test_old_encodings_of_western_europe(encoding: str) -> None:
    text = "Prénom;E-mail\nNoémie Béatrice;n@example.org\nZoë Núñez;z@example.org\n"

    assert [row.cells[0] for row in read(text.encode(encoding)).rows] == ["Noémie Béatrice", "Zoë Núñez"]


def test_latin_9_is_told_from_windows_by_its_ligatures() -> None:
    words = "cœur sœur œuvre vœux nœud mœurs"

    table = read(f"E-mail,Notes\nn@example.org,{words}\n".encode("iso8859-15"))

    assert (table.encoding, table.rows[0].cells[1]) == ("iso8859-15", words)


def test_a_file_that_ends_in_the_middle_of_a_row_says_so() -> None:
    whole = "name,email,country\nAna,ana@example.org,PE\nEva,eva@example.org,CL"

    assert read(whole.encode()).warnings == ()
    assert read(whole[:-4].encode()).warnings == (
        Phrase("The file ends in the middle of row %(row)d: it may be cut off.", {"row": 3}),
    )
    assert read(whole[:-4].encode() + b"\n").warnings == ()


def test_each_filled_sheet_of_a_workbook_is_a_table() -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Initiatives"
    first.append(["id", "status"])
    first.append(["umbral", "running"])
    book.create_sheet("Empty")
    book.create_sheet("Editions").append(["initiative", "label"])
    hidden = book.create_sheet("Hidden")
    hidden.append(["secret"])
    hidden.sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    buffer.seek(0)

    tables = read_tables(buffer, "answers.xlsx")

    assert [(table.sheet, table.headings, len(table.rows)) for table in tables] == [
        ("Initiatives", ["id", "status"], 1),
        ("Editions", ["initiative", "label"], 0),
    ]


def test_a_text_file_is_one_table() -> None:
    assert [table.headings for table in read_tables(io.BytesIO(b"a,b\n1,2\n"), "x.csv")] == [["a", "b"]]


def test_a_workbook_without_anything_is_refused() -> None:
    buffer = io.BytesIO()
    Workbook().save(buffer)
    buffer.seek(0)

    with pytest.raises(SpreadsheetError):
        read_tables(buffer, "answers.xlsx")
