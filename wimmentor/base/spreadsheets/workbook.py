"""What a workbook says beside its cells: its sheets, its texts, and which numbers are dates."""

import posixpath
import re
import zipfile
from dataclasses import dataclass, field

from wimmentor.base.spreadsheets.tables import Limits, check_length
from wimmentor.base.spreadsheets.xml_parts import local_attribute, read_part

# Built-in formats of dates and times, with those of East Asian settings.
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NOT_A_PATTERN = re.compile(r'"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]|_.|\*.', re.IGNORECASE)


@dataclass(frozen=True)
class Sheet:
    name: str
    path: str
    is_visible: bool


@dataclass
class Workbook:
    sheets: list[Sheet] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    # Indices of cell styles that show a number as a date or a time.
    date_styles: set[int] = field(default_factory=set)
    counts_from_1904: bool = False


def read_workbook(archive: zipfile.ZipFile, limits: Limits) -> Workbook:
    names = {name.casefold(): name for name in archive.namelist()}
    roots = _read_links(archive, names, "")
    path = next((target for target, kind in roots.values() if kind == "officeDocument"), "xl/workbook.xml")
    listing = _Listing()
    read_part(archive, names[path.casefold()], listing)
    links = _read_links(archive, names, path)
    book = Workbook(counts_from_1904=listing.counts_from_1904)
    for name, state, link in listing.sheets:
        target, kind = links.get(link, ("", ""))
        if kind == "worksheet" and target.casefold() in names:
            book.sheets.append(Sheet(name, names[target.casefold()], state in ("", "visible")))
    for target, kind in links.values():
        part = names.get(target.casefold())
        if kind == "sharedStrings" and part:
            texts = _Texts(limits)
            read_part(archive, part, texts)
            book.texts = texts.texts
        elif kind == "styles" and part:
            styles = _Styles()
            read_part(archive, part, styles)
            book.date_styles = styles.find_dates()
    return book


def _read_links(archive: zipfile.ZipFile, names: dict[str, str], path: str) -> dict[str, tuple[str, str]]:
    """Id to (path of the part, last word of its kind)."""
    folder, name = posixpath.split(path)
    part = names.get(posixpath.join(folder, "_rels", f"{name}.rels").casefold())
    if part is None:
        return {}
    links = _Links(folder)
    read_part(archive, part, links)
    return links.found


class _Quiet:
    def open_tag(self, name: str, attributes: dict[str, str]) -> None: ...

    def close_tag(self, name: str) -> None: ...

    def add_text(self, text: str) -> None: ...


class _Links(_Quiet):
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.found: dict[str, tuple[str, str]] = {}

    def open_tag(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", self._folder, attributes.get("Target", ""))).lstrip("/")
            self.found[attributes.get("Id", "")] = (target, attributes.get("Type", "").rpartition("/")[2])


class _Listing(_Quiet):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, str]] = []
        self.counts_from_1904 = False

    def open_tag(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            self.sheets.append(
                (attributes.get("name", ""), attributes.get("state", ""), local_attribute(attributes, "id"))
            )
        elif name == "workbookPr":
            self.counts_from_1904 = attributes.get("date1904", "0") in ("1", "true")


class _Texts(_Quiet):
    """Shared texts: pieces of one cell in several fonts are one text; readings of East Asian signs are left out."""

    def __init__(self, limits: Limits) -> None:
        self.texts: list[str] = []
        self._limits = limits
        self._pieces: list[str] = []
        self._length = 0
        self._is_text = False
        self._in_reading = False

    def open_tag(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._pieces, self._length = [], 0
        elif name == "rPh":
            self._in_reading = True
        self._is_text = name == "t" and not self._in_reading

    def close_tag(self, name: str) -> None:
        self._is_text = False
        if name == "rPh":
            self._in_reading = False
        elif name == "si":
            self.texts.append("".join(self._pieces))

    def add_text(self, text: str) -> None:
        if self._is_text:
            self._pieces.append(text)
            self._length += len(text)
            check_length(self._length, None, self._limits)


class _Styles(_Quiet):
    def __init__(self) -> None:
        self._patterns: dict[int, str] = {}
        self._formats: list[int] = []
        self._in_cells = False

    def open_tag(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._patterns[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self._formats.append(int(attributes.get("numFmtId", "0")))

    def close_tag(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False

    def find_dates(self) -> set[int]:
        return {index for index, number in enumerate(self._formats) if self._is_date(number)}

    def _is_date(self, number: int) -> bool:
        pattern = self._patterns.get(number)
        if pattern is None:
            return number in _DATE_FORMATS
        first = _NOT_A_PATTERN.sub("", pattern.partition(";")[0])
        return any(sign in first.lower() for sign in "dmyhs") and "general" not in first.lower()
