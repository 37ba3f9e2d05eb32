"""One row to one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from programmes.applications.importing.addresses import tidy_address
from programmes.applications.importing.dates import DateOrder
from programmes.applications.importing.doubts import Doubts, shorten
from programmes.applications.importing.lists import LIST_READERS
from programmes.applications.importing.roles import roles_in
from programmes.applications.importing.values import READERS, read_instant, read_words
from programmes.applications.importing.words import parse_consent
from wimmentor.base.codes.places import match_language
from wimmentor.base.phrases import phrase as _

# Fields whose column on the application has another name.
_COLUMN_OF = {"utc_offset": "utc_offset_min"}


@dataclass(frozen=True)
class Answers:
    """What one row says, by field: `cells` as written, `lists` of choices."""

    cells: Mapping[str, str]
    lists: Mapping[str, Sequence[str]]


def read_person(
    answers: Answers, doubts: Doubts, *, role: str, zone: str, order: DateOrder
) -> tuple[tuple[str, ...], str, dict[str, Any], dict[str, Any]]:
    """(roles, e-mail, values of columns, person for the report); raises RefusedRow."""
    cells = answers.cells
    email = _read_email(cells, doubts)
    _read_consent(cells, doubts)
    first, last = _read_name(cells, doubts)
    roles = (role,) if role != "column" else _read_roles(cells.get("role", ""), doubts)
    values: dict[str, Any] = {"first_name": first, "last_name": last}
    for name, read in READERS.items():
        if text := cells.get(name, ""):
            values[_COLUMN_OF.get(name, name)] = read(doubts, name, text)
    for name, texts in answers.lists.items():
        if texts:
            values[name] = LIST_READERS[name](doubts, name, texts)
    if doubts.offset_min is not None:
        values.setdefault("utc_offset_min", doubts.offset_min)
    if text := cells.get("submitted_at", ""):
        values["submitted_at"] = read_instant(doubts, text, zone, order)
    _ask_for_missing(answers, doubts, roles)
    if doubts.own_words:
        values["answers"] = {f"import_{name}": text for name, text in doubts.own_words.items()}
    return roles, email, values, _describe(doubts.row, roles, email, values, cells)


def _read_email(cells: Mapping[str, str], doubts: Doubts) -> str:
    text = cells.get("email", "")
    if email := tidy_address(text):
        return email
    if any(
        tidy_address(cell) for name, cell in cells.items() if name in ("first_name", "last_name", "name", "country")
    ):
        raise doubts.refuse(
            "email", _("The e-mail address stands in another column: the cells of this row are shifted.")
        )
    if not text:
        raise doubts.refuse("email", _("An e-mail address is needed."))
    raise doubts.refuse("email", _("This is no complete e-mail address."))


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
    answer = parse_consent(text)
    if answer is False:
        raise doubts.refuse("consent", _("Consent was refused."), says_no=True)
    if not text:
        doubts.flag("consent", _("Consent is empty. Ask her before you write to others about her."))
    elif answer is None:
        doubts.flag("consent", _("“%(text)s” is neither yes nor no.") % {"text": shorten(text)})


def _read_roles(text: str, doubts: Doubts) -> tuple[str, ...]:
    if not text:
        raise doubts.refuse("role", _("A role is needed: mentee, mentor or both."))
    roles = roles_in(text)
    if not roles:
        raise doubts.refuse("role", _("“%(text)s” is no role: mentee, mentor or both.") % {"text": shorten(text)})
    return roles


def _ask_for_missing(answers: Answers, doubts: Doubts, roles: Sequence[str]) -> None:
    """Questions that the form asked and she left open, where matching depends on them."""
    if "languages" in answers.lists and not answers.lists["languages"]:
        doubts.flag("languages", _("No language was given: she can be matched only once you know one."))
    if "mentor" in roles and answers.cells.get("capacity") == "":
        doubts.flag("capacity", _("The number of places was not answered: the cohort’s usual number counts."))


def _describe(
    row: int, roles: tuple[str, ...], email: str, values: Mapping[str, Any], cells: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "row": row,
        "roles": list(roles),
        "email": email,
        "name": f"{values['first_name']} {values['last_name']}".strip(),
        "country": values.get("country") or None,
        "languages": [code for code in values.get("languages", []) if _is_iso_639_1(code)],
        "years_experience": _plain_number(values.get("years_experience")),
        "capacity": values.get("capacity"),
        "preferred_mentor_gender": values.get("preferred_mentor_gender") or None,
        "function": cells.get("function") or None,
        "employer": cells.get("employer") or None,
    }


def _is_iso_639_1(code: str) -> bool:
    """Neither a longer code, of languages that have no such one, nor her own words."""
    return len(code) == 2 and match_language(code) == code


def _plain_number(text: str | None) -> int | float | None:
    if text is None:
        return None
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else float(number)
