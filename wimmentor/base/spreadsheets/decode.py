"""Bytes to text: what form tools and office programmes of many countries write."""

import codecs
import re

from django.utils.translation import gettext

from wimmentor.base.spreadsheets.tables import SpreadsheetError

# UTF-32 first: its mark begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode_text(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data, encoding), encoding
    if encoding := _unmarked_utf16(data):
        return _decode(data, encoding), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(data, error.start)
    return _decode(data, "cp1252"), "cp1252"


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise SpreadsheetError(
            gettext("The letters near line %(line)d cannot be read, or the file is cut off. Save it as CSV UTF-8.")
            % {"line": row}
        ) from error


def _unmarked_utf16(data: bytes) -> str:
    sample = data[:2000]
    half = len(sample) // 2
    if half and sample[1::2].count(0) > 0.4 * half and not sample[0::2].count(0):
        return "utf-16-le"
    if half and sample[0::2].count(0) > 0.4 * half and not sample[1::2].count(0):
        return "utf-16-be"
    return ""


def _refuse_damaged_utf8(data: bytes, start: int) -> None:
    """Mostly good UTF-8 with a broken letter is a damaged file: as cp1252 every accent in it would turn to noise."""
    good = len(re.findall(rb"[\xc3-\xf4][\x80-\xbf]+", data))
    bad = data.decode("utf-8", "replace").count("\ufffd")
    if good >= max(bad, 1):
        raise SpreadsheetError(
            gettext("The letters near line %(line)d cannot be read, or the file is cut off. Save it as CSV UTF-8.")
            % {"line": data.count(b"\n", 0, start) + 1}
        )
