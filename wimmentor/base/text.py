"""Text as people write it, made comparable."""

import unicodedata

_BLANKS = "\u200b\ufeff"


def fold(text: str) -> str:
    """Compatibility form, lower case, no accents, single plain spaces: "  ÑANDÚ\\u00a0Sur" -> "nandu sur"."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign))
    return " ".join(bare.translate(dict.fromkeys(map(ord, _BLANKS))).split())


def fold_email(text: str) -> str:
    """Accents stay: josé@ and jose@ may be two people."""
    return unicodedata.normalize("NFKC", text).strip().strip(_BLANKS).strip().casefold()


def split_values(cell: str) -> list[str]:
    return [value for value in (part.strip() for part in cell.split(";")) if value]


def contains_nul(text: str) -> bool:
    return "\x00" in text
