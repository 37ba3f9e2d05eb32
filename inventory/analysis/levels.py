"""What is read of a survey by whom, once for each page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
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
    """What a reader's figures are made of. `left_out`: organisations that answered and do not appear at all.
    `is_settled`: of a wave, which does not change from day to day, so that nothing is told by the difference."""

    level: Level
    organisations: Units[OrganisationRow]
    initiatives: Units[InitiativeRow]
    statements: Sequence[StatementRow] = ()
    left_out: int = 0
    is_settled: bool = True

    @cached_property
    def by_name(self) -> "Survey":
        """For figures that can be laid beside each other: outside IWiM of what is public by name alone. Each table can
        hide its own small figures; of several together no rule keeps that whoever is not named could be worked out."""
        if self.level == "iwim":
            return self
        return replace(
            self,
            organisations=Units(row for row in self.organisations if row.named),
            initiatives=Units(row for row in self.initiatives if row.organisation.named),
        )


def survey_for(bundle: Bundle, level: Level, *, is_settled: bool = True) -> Survey:
    """Outside IWiM whoever did not agree to be counted is in no figure; and of what changes from day to day only what
    is public by name, since one more in every table would be one organisation's answers."""

    def is_in(organisation: OrganisationRow) -> bool:
        return level == "iwim" or (organisation.counted if is_settled else organisation.named)

    organisations = Units(row for row in bundle.organisations if is_in(row))
    return Survey(
        level=level,
        organisations=organisations,
        initiatives=Units(row for row in bundle.initiatives if is_in(row.organisation)),
        statements=[row for row in bundle.statements if is_in(row.organisation)],
        left_out=len(bundle.organisations) - len(organisations),
        is_settled=is_settled,
    )
