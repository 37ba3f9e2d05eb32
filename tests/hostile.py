"""Files that mean harm, or that an accident made: name, bytes, and whether they may be read at all."""

import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from typing import NamedTuple

from wimmentor.base.spreadsheets import write_xlsx

ROWS = [[f"Ana Number {number}", f"ana{number}@example.org", "Perú", "x" * 40] for number in range(60)]
PLAIN = write_xlsx(["Name", "Email", "Country", "Why"], ROWS)
CSV = ("Name,Email,Country,Why\r\n" + "".join(f"{','.join(row)}\r\n" for row in ROWS)).encode("utf-8-sig")
SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Case(NamedTuple):
    name: str  # of the case
    file_name: str
    make: Callable[[], bytes]
    is_refused: bool | None = True  # None: read or refused, whichever, but no other end


def repack(change: dict[str, bytes], *, stored: bool = False) -> bytes:
    buffer = io.BytesIO()
    kind = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as old, zipfile.ZipFile(buffer, "w", kind) as new:
        for name in old.namelist():
            new.writestr(name, change.get(name, old.read(name)))
        for name in change.keys() - set(old.namelist()):
            new.writestr(name, change[name])
    return buffer.getvalue()


def sheet(rows: str, before: str = "") -> dict[str, bytes]:
    return {SHEET: f"<worksheet {SPACE}>{before}<sheetData>{rows}</sheetData></worksheet>".encode()}


def part(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        return archive.read(name)


def noise(size: int, seed: int = 1) -> str:
    """Text that hardly packs, so that no ratio gives it away."""
    return random.Random(seed).randbytes(size // 2).hex()


def overlapping() -> bytes:
    """Every entry of the listing points to the bytes of one part."""
    data = bytearray(PLAIN)
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        places = [info.header_offset for info in archive.infolist()]
    start = data.index(b"PK\x01\x02")
    for _place in places:
        data[start + 42 : start + 46] = struct.pack("<L", places[0])
        start = data.find(b"PK\x01\x02", start + 4)
    return bytes(data)


def doubled() -> bytes:
    buffer = io.BytesIO(PLAIN)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.fp.seek(0, 2)  # type: ignore[union-attr]
        info = zipfile.ZipInfo("XL/worksheets/Sheet1.xml")
        archive.writestr(info, sheet("<row><c><v>1</v></c></row>")[SHEET])
    return buffer.getvalue()


def encrypted_zip() -> bytes:
    data = bytearray(PLAIN)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + place] |= 1
            start = data.find(mark, start + 4)
    return bytes(data)


def nested() -> bytes:
    inner = PLAIN
    for _level in range(5):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(10):
                archive.writestr(f"{number}.zip", inner)
        inner = buffer.getvalue()
    return inner


def lies_about_size() -> bytes:
    """The listing says that a part is small; what unpacks is not."""
    data = bytearray(repack(sheet("<row><c><v>" + "0" * 30_000_000 + "</v></c></row>")))
    start = data.rindex(b"PK\x01\x02", 0, data.rindex(SHEET.encode()))
    data[start + 24 : start + 28] = struct.pack("<L", 500)
    return bytes(data)


def bombs() -> Iterator[Case]:
    zeros = "0" * 40_000_000
    yield Case("bomb 1000:1", "a.xlsx", lambda: repack(sheet(f"<row><c><v>{zeros}</v></c></row>")))
    yield Case("bomb in texts", "a.xlsx", lambda: repack({TEXTS: f"<sst><si><t>{zeros}</t></si></sst>".encode()}))
    yield Case("bomb in styles", "a.xlsx", lambda: repack({"xl/styles.xml": b"<s>" + b" " * 30_000_000 + b"</s>"}))
    yield Case("bomb of zips", "a.xlsx", nested)
    yield Case("bomb of parts", "a.xlsx", lambda: repack({f"xl/media/{i}.png": b"x" for i in range(5000)}))
    yield Case("overlapping parts", "a.xlsx", overlapping)
    yield Case("a part twice", "a.xlsx", doubled)
    yield Case("a size that lies", "a.xlsx", lies_about_size)
    yield Case("encrypted parts", "a.xlsx", encrypted_zip)
    yield Case("dense text of 9 MB in a cell", "a.xlsx", lambda: repack(sheet(_inline(noise(9_000_000)))))
    yield Case("a tag of 9 MB", "a.xlsx", lambda: repack(sheet(f'<row x="{noise(9_000_000)}"/>')))
    yield Case("millions of tags", "a.xlsx", lambda: repack(sheet(_many_tags()), stored=True))
    yield Case("tags without end", "a.xlsx", lambda: repack(sheet("<a>" * 1_500_000), stored=True))
    yield Case("deep tags", "a.xlsx", lambda: repack(sheet("<a>" * 200_000 + "</a>" * 200_000), stored=True), None)
    yield Case("many texts", "a.xlsx", lambda: repack({TEXTS: _many_texts()}), None)


def _inline(text: str) -> str:
    return f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'


def _many_tags() -> str:
    return "".join(f"<a{number % 997}/>" for number in range(1_200_000))


def _many_texts() -> bytes:
    return f"<sst {SPACE}>{''.join(f'<si><t>{number:x}</t></si>' for number in range(900_000))}</sst>".encode()


def declarations() -> Iterator[Case]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    for kind, text in (
        ("billion laughs", f"<!DOCTYPE x [{laughs}]>"),
        ("quadratic blowup", f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>'),
        ("file entity", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'),
        ("web entity", '<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/x">]>'),
        ("foreign dtd", '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'),
    ):
        for place in (SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
            content = text.encode() + part(place).replace(b"</sheetData>", b"<row><c><v>&a;</v></c></row></sheetData>")
            yield Case(f"{kind} in {place}", "a.xlsx", lambda place=place, content=content: repack({place: content}))  # type: ignore[misc]
    wide = ("<!DOCTYPE x>" + part(SHEET).decode()).encode("utf-16")
    yield Case("declaration in UTF-16", "a.xlsx", lambda: repack({SHEET: wide}))


def contents() -> Iterator[Case]:
    yield Case("macros", "a.xlsx", lambda: repack({"xl/vbaProject.bin": b"x"}))
    yield Case("macros named so", "a.xlsm", lambda: PLAIN)
    yield Case("external links", "a.xlsx", lambda: repack({"xl/externalLinks/externalLink1.xml": b"<x/>"}))
    head = '<row r="1"><c r="A1"><v>1</v></c></row>'
    yield Case(
        "claims a million rows", "a.xlsx", lambda: repack(sheet(head, '<dimension ref="A1:XFD1048576"/>')), False
    )
    yield Case("a cell in the last row", "a.xlsx", lambda: repack(sheet(head + _cell(1_048_576, "A"))), False)
    yield Case("a cell in the last column", "a.xlsx", lambda: repack(sheet(head + _cell(2, "XFD"))))
    yield Case("a row past the last", "a.xlsx", lambda: repack(sheet(head + _cell(99_999_999_999, "A"))))
    yield Case("a column past the last", "a.xlsx", lambda: repack(sheet(head + _cell(2, "ZZZ"))))
    yield Case("rows that go back", "a.xlsx", lambda: repack(sheet(head + _cell(5, "A") + _cell(3, "A"))))
    for index in ("99", "-1", "x", "1e9", ""):
        yield Case(f"text number {index!r}", "a.xlsx", lambda index=index: repack(sheet(_text_of(index))))  # type: ignore[misc]
    for style in ("99", "-1"):
        yield Case(f"style {style}", "a.xlsx", lambda style=style: repack(sheet(_styled(style))), None)  # type: ignore[misc]
    for value in ("1e400", "nan", "-1e308", "9" * 400, "0x10"):
        yield Case(f"number {value[:8]}", "a.xlsx", lambda value=value: repack(sheet(_numbered(value))), None)  # type: ignore[misc]
    yield Case("NUL escaped", "a.xlsx", lambda: repack(sheet(_inline("a_x0000_b"))))
    yield Case("half a letter escaped", "a.xlsx", lambda: repack(sheet(_inline("a_xD800_b"))), False)
    yield Case("no sheet", "a.xlsx", lambda: repack({"xl/workbook.xml": f"<workbook {SPACE}/>".encode()}))
    yield Case("sheets that are missing", "a.xlsx", lambda: repack({"xl/_rels/workbook.xml.rels": b"<Relationships/>"}))
    climbing = part("xl/_rels/workbook.xml.rels").replace(b"worksheets/sheet1.xml", b"../../../etc/passwd")
    yield Case("a path that climbs", "a.xlsx", lambda: repack({"xl/_rels/workbook.xml.rels": climbing}))
    yield Case("empty sheet part", "a.xlsx", lambda: repack({SHEET: b""}))
    yield Case("no XML", "a.xlsx", lambda: repack({SHEET: b"\x00\x01\x02 <not xml"}))


def _cell(row: int, column: str) -> str:
    return f'<row r="{row}"><c r="{column}{row}"><v>5</v></c></row>'


def _text_of(index: str) -> str:
    return f'<row r="1"><c r="A1" t="s"><v>{index}</v></c></row>'


def _styled(style: str) -> str:
    return f'<row r="1"><c r="A1" s="{style}"><v>5</v></c></row>'


def _numbered(value: str) -> str:
    return f'<row r="1"><c r="A1"><v>{value}</v></c></row>'


def kinds() -> Iterator[Case]:
    yield Case("encrypted workbook", "a.xlsx", lambda: OLE + b"\x00" * 4000)
    yield Case("old workbook", "a.xls", lambda: OLE + b"\x00" * 4000)
    yield Case("old workbook as text", "a.csv", lambda: OLE + b"\x00" * 4000)
    yield Case("text as workbook", "a.xlsx", lambda: CSV)
    yield Case("workbook as text", "a.csv", lambda: PLAIN)
    yield Case("workbook as tsv", "a.tsv", lambda: PLAIN)
    yield Case("open document", "a.ods", lambda: repack({"mimetype": b"application/vnd.oasis"}))
    yield Case("open document as xlsx", "a.xlsx", lambda: _zip({"mimetype": b"x", "content.xml": b"<x/>"}))
    yield Case("word as xlsx", "a.xlsx", lambda: _zip({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}))
    for ending in ("pdf", "html", "exe", "zip", "json", "xlsb", "numbers"):
        yield Case(f"named .{ending}", f"a.{ending}", lambda: CSV)
    for kind, head in (("pdf", b"%PDF-1.7\n"), ("png", b"\x89PNG\r\n"), ("gzip", b"\x1f\x8b\x08"), ("rtf", b"{\\rtf1")):
        yield Case(f"{kind} as csv", "a.csv", lambda head=head: head + b"x" * 2000)  # type: ignore[misc]
    yield Case("web page as csv", "a.csv", lambda: b"<!DOCTYPE html><table><tr><td>a@example.org</table>")
    yield Case("web page as xlsx", "a.xlsx", lambda: b"<html><table><tr><td>a@example.org</table>")


def _zip(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def texts() -> Iterator[Case]:
    yield Case("nothing", "a.csv", lambda: b"")
    yield Case("a mark alone", "a.csv", lambda: b"\xef\xbb\xbf")
    yield Case("NUL in a cell", "a.csv", lambda: CSV[:200] + b"\x00" + CSV[200:])
    yield Case("NUL everywhere", "a.csv", lambda: b"\x00" * 100_000)
    yield Case("50 MB in a cell", "a.csv", lambda: b'Name,Email\n"' + b"a" * 50_000_000 + b'",a@example.org\n')
    yield Case("9 MB in a cell", "a.csv", lambda: b'Name,Email\n"' + b"a" * 9_000_000 + b'",a@example.org\n')
    yield Case("a million columns", "a.csv", lambda: b"A" + b",A" * 1_000_000)
    yield Case("nine million blank columns", "a.csv", lambda: b"A\n" + b"," * 9_000_000)
    yield Case("a million rows", "a.csv", lambda: b"Name,Email\n" + b"a,b\n" * 1_000_000)
    yield Case("nine million line ends", "a.csv", lambda: b"Name,Email\na,a@example.org\n" + b"\n" * 9_000_000)
    yield Case("quotes that never end", "a.csv", lambda: b'Name,Email\n"' + b"a,b\n" * 500_000)
    yield Case("nine million quotes", "a.csv", lambda: b'"' * 9_000_000, None)
    yield Case("UTF-16 with half a letter", "a.csv", lambda: CSV.decode("utf-8-sig").encode("utf-16")[:-1])
    yield Case("bytes of no encoding", "a.csv", lambda: b"Name\n\x81\x8d\x8f\x90\x9d\n", None)
    yield Case("random bytes", "a.csv", lambda: random.Random(3).randbytes(50_000), None)
    yield Case("random bytes as xlsx", "a.xlsx", lambda: b"PK\x03\x04" + random.Random(4).randbytes(50_000))
    yield Case("marks of direction alone", "a.csv", ("\u202e" * 10_000).encode)


def tiring() -> Iterator[Case]:
    """Small, and long to look through for whoever goes back at every sign."""
    for sign in ("\n'", "\n", " ", "a ", "1 ", "1,", "a: ", " / ", "[a] ", "a@"):
        long = (sign * 50_000)[:50_000]
        cells = [
            ["Name", "Email", "Languages", "Goals", "Years"],
            *[["Ana", f"a{n}@example.org", *[long] * 3] for n in "12"],
        ]
        yield Case(f"cells of {sign!r}", "a.xlsx", lambda cells=cells: write_xlsx(cells[0], cells[1:]), None)  # type: ignore[misc]
        heads = [["Name", "Email", f"{long}x", f"x{long}"], ["Ana", "a@example.org", "1", "2"]]
        yield Case(f"headings of {sign!r}", "a.xlsx", lambda heads=heads: write_xlsx(heads[0], heads[1:]), None)  # type: ignore[misc]
    digits = [
        ["Name", "Email", "Age"],
        ["1" * 50_000 + "x", "b", "c"],
        *[["Ana", f"a{n}@example.org", "3"] for n in "12"],
    ]
    yield Case("digits below the headings", "a.xlsx", lambda: write_xlsx(digits[0], digits[1:]), None)


def truncated() -> Iterator[Case]:
    for tenth in range(1, 10):
        yield Case(f"xlsx cut at {tenth}0 %", "a.xlsx", lambda tenth=tenth: PLAIN[: len(PLAIN) * tenth // 10])  # type: ignore[misc]
        # A line of text that ends early looks like one that somebody wrote so.
        yield Case(f"csv cut at {tenth}0 %", "a.csv", lambda tenth=tenth: CSV[: len(CSV) * tenth // 10], None)  # type: ignore[misc]


def mutated(number: int) -> Iterator[Case]:
    """Bytes changed, taken out or doubled anywhere; seeded."""
    for seed in range(number):
        base, name = (PLAIN, "a.xlsx") if seed % 2 else (CSV, "a.csv")
        yield Case(f"mutation {seed}", name, lambda seed=seed, base=base: _mutate(base, seed), None)  # type: ignore[misc]


def _mutate(base: bytes, seed: int) -> bytes:
    chance = random.Random(seed)
    data = bytearray(base)
    for _change in range(chance.randint(1, 12)):
        start = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[start] = chance.randrange(256)
            case 1:
                del data[start : start + chance.randint(1, 40)]
            case 2:
                data[start:start] = chance.choice((b"\x00", b'"', b"\xff", b"<", b"&", b"\r", b"PK\x03\x04", b",,,,"))
            case _:
                data[start:start] = data[start : start + chance.randint(1, 200)]
    return bytes(data)


def made() -> list[Case]:
    return [*bombs(), *declarations(), *contents(), *kinds(), *texts(), *tiring(), *truncated()]
