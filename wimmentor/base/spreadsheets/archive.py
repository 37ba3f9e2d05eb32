"""An XLSX file is a zip archive of XML: what is in it is judged before anything is unpacked."""

import zipfile
from itertools import pairwise

from django.utils.translation import gettext

from wimmentor.base.spreadsheets.tables import Limits, SpreadsheetError

_BLOCK = 1024 * 1024
# Below this a high ratio is plain repetition and does no harm.
_SMALL = 1024 * 1024
# One text or one tag; the parser keeps it whole.
_LONGEST = 4 * 1024 * 1024


def check_archive(archive: zipfile.ZipFile, limits: Limits) -> None:
    parts = archive.infolist()
    _refuse_content({part.filename.casefold() for part in parts})
    if any(part.flag_bits & 0x1 for part in parts):
        raise SpreadsheetError(gettext("This file is protected by a password. Save it without one."))
    _refuse_overlaps(parts)
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > limits.parts or unpacked > limits.unpacked_bytes or any(_too_large(part, limits) for part in parts):
        raise _too_much()
    tags = 0
    for part in parts:
        if part.filename.casefold().endswith((".xml", ".rels", ".vml")):
            tags += _count_tags(archive, part)
            if tags > limits.tags:
                raise _too_much()


def _refuse_content(names: set[str]) -> None:
    if any(name.endswith("vbaproject.bin") for name in names):
        raise SpreadsheetError(gettext("This workbook holds macros, which we never open. Save it as XLSX or CSV."))
    if any("externallinks/" in name for name in names):
        raise SpreadsheetError(
            gettext("This workbook takes values from other files. Copy the rows as values to a new file, or save CSV.")
        )
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise SpreadsheetError(gettext("This is no XLSX workbook. We read CSV and XLSX files."))


def _too_large(part: zipfile.ZipInfo, limits: Limits) -> bool:
    name = part.filename.casefold()
    is_bulk = name.startswith("xl/worksheets/") or name.endswith("/sharedstrings.xml")
    if name.endswith(".xml") and not is_bulk and part.file_size > limits.part_bytes:
        return True
    return part.file_size > _SMALL and part.file_size > limits.ratio * max(part.compress_size, 1)


def _too_much() -> SpreadsheetError:
    return SpreadsheetError(
        gettext("This workbook unpacks to far more than a list of people needs. Copy the rows to a new, plain file.")
    )


def _refuse_overlaps(parts: list[zipfile.ZipInfo]) -> None:
    """Parts that share bytes, or a name, mean different things to different readers."""
    names = [part.filename.casefold() for part in parts]
    ordered = sorted(parts, key=lambda part: part.header_offset)
    overlapping = any(
        before.header_offset + before.compress_size >= after.header_offset for before, after in pairwise(ordered)
    )
    if overlapping or len(set(names)) != len(names):
        raise SpreadsheetError(
            gettext("This workbook is damaged or cut off. Open it in a spreadsheet programme and save it again.")
        )


def _count_tags(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """Workbooks declare no entities; whoever does is after the parser. Reading to the end also proves the checksum."""
    end = b""
    tags = since_tag = 0
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            tags += block.count(b"<")
            last = block.rfind(b"<")
            since_tag = len(block) - last if last >= 0 else since_tag + len(block)
            if since_tag > _LONGEST:
                raise _too_much()
            seen = (end + block).replace(b"\x00", b"").upper()
            if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                raise SpreadsheetError(
                    gettext("This workbook holds declarations that no workbook needs. Save it anew.")
                )
            end = block[-32:]
    return tags
