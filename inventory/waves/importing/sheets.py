"""Files to sheets: a CSV file, a workbook with a sheet for each table, or a package of ours as it was downloaded."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _

from inventory.waves.importing.headings import find_kind
from wimmentor.base.spreadsheets import Limits, SpreadsheetError, Table, read_tables

# The table of states has a row for each question that is open.
LIMITS = Limits(rows=500_000, cells=3_000_000)
_MOST_MEMBERS = 50


@dataclass(frozen=True)
class Sheet:
    name: str
    kind: str
    table: Table


def read_files(files: Sequence[tuple[str, bytes]]) -> list[Sheet]:
    """`files`: name and content. Raises SpreadsheetError, whose message is a sentence for the sender."""
    sheets = []
    for name, data in files:
        for member, content in _members(name, data):
            for table in read_tables(io.BytesIO(content), member, LIMITS):
                called = table.sheet or PurePath(member).stem
                sheets.append(Sheet(called, find_kind(table, called), table))
    return sheets


def _members(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    if PurePath(name).suffix.casefold() != ".zip":
        yield name, data
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            tables = [part for part in archive.infolist() if part.filename.casefold().endswith(".csv")]
            unpacked = sum(part.file_size for part in tables)
            if not tables or len(tables) > _MOST_MEMBERS or unpacked > LIMITS.unpacked_bytes:
                raise SpreadsheetError(_("This archive holds no package of ours. Send the CSV or XLSX files."))
            for part in tables:
                yield PurePath(part.filename).name, archive.read(part)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise SpreadsheetError(_("This archive is damaged or protected. Send the CSV or XLSX files.")) from error
