"""One row to one person."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from programmes.applications.importing.doubts import Doubts, shorten
from programmes.applications.importing.values import READERS, is_email, parse_yes, read_instant, read_words
from wimmentor.base.codes.codelist import match_key
from wimmentor.base.text import fold_email, split_values

_ROLE_WORDS = {
    "mentee": "mentee|mentees|mentoree|mentorada|mentorado|mentoreada|filleule|aprendiz",
    "mentor": "mentor|mentors|mentora|mentore",
    "both": "both|ambos|ambas|los dos|las dos|les deux|ambos os papeis|keduanya|mentee and mentor|mentor and mentee",
}
_ROLE_INDEX = {word: role for role, words in _ROLE_WORDS.items() for word in words.split("|")}
# Fields whose column on the application has another name.
_COLUMN_OF = {"utc_offset": "utc_offset_min"}


def read_person(
    cells: Mapping[str, str], doubts: Doubts, *, role: str, zone: str
) -> tuple[tuple[str, ...], str, dict[str, Any], dict[str, Any]]:
    """(roles, e-mail, values of columns, person for the report); raises RefusedRow."""
    email = _read_email(cells.get("email", ""), doubts)
    _read_consent(cells, doubts)
    first, last = _read_name(cells, doubts)
    roles = (role,) if role != "column" else _read_roles(cells.get("role", ""), doubts)
    values: dict[str, Any] = {"first_name": first, "last_name": last}
    for name, read in READERS.items():
        if text := cells.get(name, ""):
            values[_COLUMN_OF.get(name, name)] = read(doubts, name, text)
    if text := cells.get("submitted_at", ""):
        values["submitted_at"] = read_instant(doubts, text, zone)
    if doubts.own_words:
        values["answers"] = {f"import_{name}": text for name, text in doubts.own_words.items()}
    return roles, email, values, _describe(doubts.row, roles, email, values, cells)


def _read_email(text: str, doubts: Doubts) -> str:
    if not text:
        raise doubts.refuse("email", _("An e-mail address is needed."))
    email = fold_email(text)
    if not is_email(email):
        raise doubts.refuse("email", _("This is no complete e-mail address."))
    return email


def _read_name(cells: Mapping[str, str], doubts: Doubts) -> tuple[str, str]:
    first, last = cells.get("first_name", ""), cells.get("last_name", "")
    if not first and not last:
        first, last = split_name(cells.get("name", ""))
    if not first and not last:
        column = "name" if "name" in cells and "first_name" not in cells else "first_name"
        raise doubts.refuse(column, _("A name is needed."))
    return read_words(doubts, "first_name", first), read_words(doubts, "last_name", last)


def split_name(name: str) -> tuple[str, str]:
    """The first word is what a letter calls her by; in "Quispe Mamani, Noemí" it stands behind the comma."""
    family, comma, given = name.partition(",")
    if comma and given.strip():
        return given.strip(), family.strip()
    first, _blank, last = " ".join(name.split()).partition(" ")
    return first, last


def _read_consent(cells: Mapping[str, str], doubts: Doubts) -> None:
    if "consent" not in cells:
        return
    text = cells["consent"]
    answer = parse_yes(text)
    if answer is False:
        raise doubts.refuse("consent", _("Consent was refused."), says_no=True)
    if not text:
        doubts.flag("consent", _("Consent is empty. Ask her before you write to others about her."))
    elif answer is None:
        doubts.flag("consent", _("“%(text)s” is neither yes nor no.") % {"text": shorten(text)})


def _read_roles(text: str, doubts: Doubts) -> tuple[str, ...]:
    if not text:
        raise doubts.refuse("role", _("A role is needed: mentee, mentor or both."))
    found = _ROLE_INDEX.get(match_key(text))
    parts = [found] if found else [_ROLE_INDEX.get(match_key(part)) for part in split_values(text)]
    if None in parts or not parts:
        reason = _("“%(text)s” is no role: mentee, mentor or both.") % {"text": shorten(text)}
        raise doubts.refuse("role", reason)
    if "both" in parts:
        return ("mentee", "mentor")
    return tuple(sorted({part for part in parts if part}))


def _describe(
    row: int, roles: tuple[str, ...], email: str, values: Mapping[str, Any], cells: Mapping[str, str]
) -> dict[str, Any]:
    years = values.get("years_experience")
    return {
        "row": row,
        "roles": list(roles),
        "email": email,
        "name": f"{values['first_name']} {values['last_name']}".strip(),
        "country": values.get("country") or None,
        "languages": [code for code in values.get("languages", []) if 2 <= len(code) <= 3 and code.islower()],
        "years_experience": _plain_number(years),
        "capacity": values.get("capacity"),
        "preferred_mentor_gender": values.get("preferred_mentor_gender") or None,
        "function": cells.get("function") or None,
        "employer": cells.get("employer") or None,
    }


def _plain_number(text: str | None) -> int | float | None:
    if text is None:
        return None
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else float(number)
