"""Words under which forms ask whether somebody wants to be mentee or mentor."""

from wimmentor.base.codes.codelist import match_key

_WORDS = {
    "mentee": (
        "mentee|mentees|mentoree|mentore|mentorada|mentorado|mentoreada|mentoranda|filleule|aprendiz|as a mentee"
        "|como mentee|protegee|menti|a mentee|como mentorada|en tant que mentee|sebagai mentee|una mentee|une mentee"
    ),
    "mentor": (
        "mentor|mentors|mentora|mentoras|mentores|marraine|as a mentor|como mentora|como mentor|a mentor|una mentora"
        "|en tant que mentor|en tant que mentore|en tant que mentor e|mentor a|une mentore|sebagai mentor"
        "|mentora o mentor|mentor o mentora"
    ),
    "both": (
        "both|ambos|ambas|los dos|las dos|les deux|ambos os papeis|keduanya|dua duanya|both roles|ambos roles|as duas"
        "|os dois|mentee and mentor|mentor and mentee|mentora y mentee|mentee y mentora|mentor y mentee|mentee y mentor"
        "|mentore et mentee|mentee et mentore|mentor et mentee|mentora e mentorada|mentorada e mentora"
        "|mentor e mentorada"
        "|mentor dan mentee|mentee dan mentor|mentor mentee|mentee mentor|mentora mentee|mentee mentora"
        "|both mentor and mentee|both mentee and mentor"
    ),
}
_INDEX = {match_key(word): role for role, words in _WORDS.items() for word in words.split("|")}
# "mentoré" is a mentee and "mentore" a mentor in French; folding makes them one.
_WRITTEN = {"mentore": "mentor", "mentoré": "mentee", "mentorée": "mentee"}


def roles_in(text: str) -> tuple[str, ...]:
    """("mentee",), ("mentor",), both, or () for what is no role."""
    written = _WRITTEN.get(text.strip().casefold())
    found = written or _INDEX.get(match_key(text))
    parts = [found] if found else [_INDEX.get(match_key(part)) for part in text.replace(",", ";").split(";") if part]
    if not parts or None in parts:
        return ()
    return ("mentee", "mentor") if "both" in parts else tuple(sorted({part for part in parts if part}))
