"""Which column holds what: remembered, or guessed by its words and by what stands in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from programmes.applications.importing.doubts import shorten
from programmes.applications.importing.fields import FIELDS
from wimmentor.base.codes.codelist import match_key
from wimmentor.base.spreadsheets import Table

_EXAMPLES = 3


@dataclass(frozen=True)
class ColumnGuess:
    """`field` None: left out. `is_sure` False: to be shown first and asked about."""

    index: int
    heading: str
    field: str | None
    is_sure: bool
    reason: str
    examples: tuple[str, ...]
    is_hidden: bool


def name_columns(table: Table) -> list[str]:
    """Headings as written; what stands twice is told apart by " (2)"."""
    seen: dict[str, int] = {}
    names = []
    for heading in table.headings:
        seen[heading] = seen.get(heading, 0) + 1
        names.append(f"{heading} ({seen[heading]})" if heading and seen[heading] > 1 else heading)
    return names


def guess_columns(table: Table, *, role: str, remembered: Mapping[str, str | None] | None = None) -> list[ColumnGuess]:
    remembered = remembered or {}
    guesses = []
    for index, heading in enumerate(name_columns(table)):
        is_hidden = index in table.hidden
        name, reason = None, _("Nothing says what this is.")
        if is_hidden:
            reason = _("The column is hidden.")
        elif heading in remembered:
            name, reason = remembered[heading], _("Remembered from last time.")
        elif (key := match_key(heading).replace(" ", "_")) in FIELDS:
            name, reason = key, _("The heading says so.")
        guesses.append(ColumnGuess(index, heading, name, name is not None, reason, _examples(table, index), is_hidden))
    return guesses


def guess_role(table: Table) -> str | None:
    """ "mentee", "mentor", "column" (the file says who is what), or None."""
    return "column" if any(guess.field == "role" for guess in guess_columns(table, role="column")) else None


def _examples(table: Table, index: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in table.rows:
        if text := row.cells[index]:
            found.setdefault(shorten(text))
        if len(found) == _EXAMPLES:
            break
    return tuple(found)
