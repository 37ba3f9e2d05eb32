"""What a shared file is and how it is called. Only its bytes are asked for its kind: its name, and what a browser says
of it, may be anything."""

import re
import unicodedata
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.utils.translation import gettext_lazy as _

from wimmentor.base.errors import DomainError

LARGEST_MB = 5
LARGEST_FILE = LARGEST_MB * 1024 * 1024
LONGEST_NAME = 100  # without its ending
NAMELESS = "evidence"


@dataclass(frozen=True)
class FileKind:
    """`inside`: how the name of a member begins that each archive of this kind has."""

    label: str
    media_type: str
    endings: tuple[str, ...]
    inside: str = ""


_OFFICE, _OPEN = "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."
PDF = FileKind("PDF", "application/pdf", (".pdf",))
PNG = FileKind("PNG", "image/png", (".png",))
JPEG = FileKind("JPEG", "image/jpeg", (".jpg", ".jpeg"))
ARCHIVES = (
    FileKind("DOCX", f"{_OFFICE}wordprocessingml.document", (".docx",), "word/"),
    FileKind("XLSX", f"{_OFFICE}spreadsheetml.sheet", (".xlsx",), "xl/"),
    FileKind("PPTX", f"{_OFFICE}presentationml.presentation", (".pptx",), "ppt/"),
    FileKind("ODT", f"{_OPEN}text", (".odt",), "content.xml"),
    FileKind("ODS", f"{_OPEN}spreadsheet", (".ods",), "content.xml"),
)
KINDS = {kind.media_type: kind for kind in (PDF, PNG, JPEG, *ARCHIVES)}
_STARTS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_ARCHIVE, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Where an archive says what it is: OpenDocument and Office.
_SAYS = ("mimetype", "[Content_Types].xml")
_LONGEST_SAID = 1024 * 1024
# Nothing that is read here needs them, and with them it would mean something else.
_DISGUISES = ("&#", "<!doctype", "<!entity")
_MACRO_MEMBERS = re.compile(r"vba(project|data)\.\w+$|/macrosheets/|^(basic|scripts)/")
_MACROS_SAID = re.compile(r"macroenabled|macrosheet|vbaproject")


def judge_file(data: bytes, name: str) -> FileKind:
    """`name` is for the refusal alone."""
    if not data:
        raise _refusal(_("“%(name)s” is empty. Choose the file again."), name, "empty")
    if len(data) > LARGEST_FILE:
        said = _("“%(name)s” is larger than %(most)s MB. Make it smaller, or give a link to it.")
        raise _refusal(said, name, "too_large", most=LARGEST_MB)
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data.startswith(_OLD_OFFICE):
        said = _("“%(name)s” has an old format or a password. Save it anew without one, or as PDF.")
        raise _refusal(said, name, "old_format")
    if not data.startswith(_ARCHIVE):
        raise _no_kind(name)
    return _judge_archive(data, name)


def _judge_archive(data: bytes, name: str) -> FileKind:
    inside = _look_inside(data)
    if inside is None:
        said = _("“%(name)s” is damaged, cut off or has a password. Save it anew without one, and add that.")
        raise _refusal(said, name, "damaged")
    members, said_to_be = inside
    if any(map(_MACRO_MEMBERS.search, members)) or _MACROS_SAID.search("".join(said_to_be)):
        said = _("“%(name)s” may hold macros, which we never take. Save it without them, or as PDF.")
        raise _refusal(said, name, "macros")
    for kind in ARCHIVES:
        is_said = said_to_be[0].strip() == kind.media_type or f"{kind.media_type}.main+xml" in said_to_be[1]
        if is_said and any(member.startswith(kind.inside) for member in members):
            return kind
    raise _no_kind(name)


def _look_inside(data: bytes) -> tuple[list[str], list[str]] | None:
    """Its members, and what it says it is in each of the two ways. None: no whole archive, or one that means different
    things to different readers."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = {part.filename.casefold(): part for part in archive.infolist()}
            if len(parts) < len(archive.infolist()) or not all(map(_is_plain, parts.values())):
                return None
            said = [_read_start(archive, parts.get(name.casefold())) for name in _SAYS]
    except Exception:  # A broken archive fails anywhere in zipfile or zlib.
        return None
    is_odd = any(len(text) > _LONGEST_SAID or any(sign in text for sign in _DISGUISES) for text in said)
    return None if is_odd else (list(parts), said)


def _is_plain(part: ZipInfo) -> bool:
    """Other ways to compress are no office programme's, and unpack without a bound."""
    return part.compress_type in (ZIP_STORED, ZIP_DEFLATED) and not part.flag_bits & 0x1


def _read_start(archive: ZipFile, part: ZipInfo | None) -> str:
    if part is None:
        return ""
    with archive.open(part) as stream:
        # In UTF-16, too, it says what it says.
        return stream.read(_LONGEST_SAID + 1).replace(b"\x00", b"").decode("latin-1").lower()


def plain_name(name: str) -> str:
    """Without folders, without signs that nobody sees or that turn the direction of writing, and not too long."""
    last = re.sub(r"\s+", " ", re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1])
    shown = "".join(sign for sign in last if sign.isprintable()).strip(". ")
    return shown[:LONGEST_NAME].strip(". ") or NAMELESS


def name_of_kind(name: str, kind: FileKind) -> str:
    """With an ending that is true: a programme that opens it goes by that."""
    plain = plain_name(name)
    if plain.lower().endswith(kind.endings):
        return plain
    return f"{plain}{kind.endings[0]}"


def _no_kind(name: str) -> DomainError:
    kinds = ", ".join(kind.label for kind in KINDS.values())
    said = _("“%(name)s” is none of these: %(kinds)s. Save it as one of them, or give a link to it.")
    return _refusal(said, name, "no_kind", kinds=kinds)


def _refusal(said: Any, name: str, code: str, **values: Any) -> DomainError:
    return DomainError(said % {"name": name, **values}, code=code, field="file")
