"""Who reads: anybody, members of verified organisations of the Alliance, or IWiM; and what each is shown."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar

from inventory.initiatives.questionnaire import Visibility
from inventory.initiatives.rows import InitiativeRow, OrganisationRow, StatementRow

Row = TypeVar("Row")
Made = TypeVar("Made")
Level = Literal["public", "alliance", "iwim"]

MAY_READ: dict[Level, tuple[Visibility, ...]] = {
    "public": ("public",),
    "alliance": ("public", "alliance"),
    "iwim": ("public", "alliance", "iwim"),
}
# Figures about fewer people, or about fewer answers that are not public by name, are hidden outside IWiM.
FEWEST = 5


class Bundle(Protocol):
    """What `current_rows` and `rows_of_wave` give."""

    @property
    def organisations(self) -> Sequence[OrganisationRow]: ...
    @property
    def initiatives(self) -> Sequence[InitiativeRow]: ...
    @property
    def statements(self) -> Sequence[StatementRow]: ...


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


def may_read(level: Level, visibility: Visibility) -> bool:
    return visibility in MAY_READ[level]


def is_few(number: float) -> bool:
    return 1 <= number < FEWEST
