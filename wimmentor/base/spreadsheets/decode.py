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


_SAMPLE = 200_000
_CLEARLY = 4
_RIVALS = ("mac-roman", "iso8859-15")
_LETTERS = frozenset("áéíóúüñàâçèêëîïôùûœæãõÁÉÍÓÚÑÀÂÇÈÊÎÔÜŒÃÕ")
_IN_WORDS = re.compile(r"(?<=[A-Za-z])[^\x00-\x7f]|[^\x00-\x7f](?=[a-z])")
# A dash or a quotation mark between letters without a blank may stand there; these may not.
_NOT_IN_WORDS = re.compile(r"(?<=[A-Za-z])[‡†ƒ‰Š‹ŒŽ„‚ˆ˜¼½¾¤¶§±¬µ\ufffd\x80-\x9f](?=[a-z])")


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
    encoding = _most_plausible(data)
    return _decode(data, encoding), encoding


def _most_plausible(data: bytes) -> str:
    """Windows unless another reading makes clearly more words of the same bytes."""
    sample = data[:_SAMPLE]
    scores = {encoding: _count_letters(sample, encoding) for encoding in ("cp1252", *_RIVALS)}
    best = max(scores, key=lambda encoding: scores[encoding])
    return best if scores[best] >= scores["cp1252"] + _CLEARLY else "cp1252"


def _count_letters(sample: bytes, encoding: str) -> int:
    """Accented letters within words, less signs that no word has inside."""
    text = sample.decode(encoding, "replace")
    good = sum(1 for found in _IN_WORDS.finditer(text) if found[0] in _LETTERS)
    return good - 2 * len(_NOT_IN_WORDS.findall(text))


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
