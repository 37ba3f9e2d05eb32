"""Text as people write it, made comparable."""

import string
import unicodedata

# Zero-width spaces, byte order mark, and the marks that turn the direction of writing.
_BLANKS = "\u200b\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2060\u00ad"
_EDGES = (
    _BLANKS
    + string.whitespace
    + "\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\x85\x1c\x1d\x1e\x1f"  # all that str.strip takes is here too
    + "".join(map(chr, range(0x2000, 0x200B)))
)
_NO_BLANKS = dict.fromkeys(map(ord, _BLANKS))
# Of an id: longer ones fit no column.
MOST_DIGITS = 18


def fold(text: str) -> str:
    """Compatibility form, lower case, no accents, single plain spaces: "  ÑANDÚ\\u00a0Sur" -> "nandu sur"."""
    if text.isascii():
        return " ".join(text.lower().split())
    folded = unicodedata.normalize("NFKC", text).casefold()
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign))
    return " ".join(bare.translate(_NO_BLANKS).split())


def fold_email(text: str) -> str:
    """Accents stay: josé@ and jose@ may be two people. What nobody sees goes, wherever it stands."""
    return unicodedata.normalize("NFKC", text).translate(_NO_BLANKS).strip().casefold()


def strip_invisible(text: str) -> str:
    """Without blanks and invisible signs at both ends, in whatever order they come."""
    return text.strip(_EDGES)


def read_id(text: str) -> int | None:
    """An id that somebody may have written into an address or a form; None where no column could hold it."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def contains_nul(text: str) -> bool:
    return "\x00" in text
