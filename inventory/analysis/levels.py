"""What is read of a survey by whom, once for each page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from inventory.initiatives.readers import Reader
from inventory.initiatives.rows import Bundle, InitiativeRow, OrganisationRow, StatementRow

Row = TypeVar("Row")
Made = TypeVar("Made")
Level = Reader


class Units(list[Row]):
    """Rows of one survey, with what was read of them once: for one reader, and gone with the page."""

    def __init__(self, rows: Iterable[Row]) -> None:
        super().__init__(rows)
        self.memory: dict[Any, Any] = {}

    def once(self, what: Any, make: Callable[[], Made]) -> Made:
        if what not in self.memory:
            self.memory[what] = make()
        found: Made = self.memory[what]
        return found


@dataclass(frozen=True)
class Survey:
    """What a reader's figures are made of. `left_out`: organisations that answered and do not appear at all."""

    level: Level
    organisations: Units[OrganisationRow]
    initiatives: Units[InitiativeRow]
    statements: Sequence[StatementRow] = ()
    left_out: int = 0


def survey_for(bundle: Bundle, level: Level) -> Survey:
    """Outside IWiM whoever did not agree to be counted is in no figure."""
    everybody = level == "iwim"
    organisations = Units(row for row in bundle.organisations if everybody or row.counted)
    return Survey(
        level=level,
        organisations=organisations,
        initiatives=Units(row for row in bundle.initiatives if everybody or row.organisation.counted),
        statements=[row for row in bundle.statements if everybody or row.organisation.counted],
        left_out=len(bundle.organisations) - len(organisations),
    )
