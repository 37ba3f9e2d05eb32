"""Who reads: anybody, members of verified organisations of the Alliance, or IWiM; and what each is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from inventory.initiatives.questionnaire import Visibility
from inventory.initiatives.rows import InitiativeRow, OrganisationRow, StatementRow

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


@dataclass(frozen=True)
class Survey:
    """What a reader's figures are made of. `left_out`: organisations that answered and do not appear at all."""

    level: Level
    organisations: Sequence[OrganisationRow]
    initiatives: Sequence[InitiativeRow]
    statements: Sequence[StatementRow] = ()
    left_out: int = 0


def survey_for(bundle: Bundle, level: Level) -> Survey:
    """Outside IWiM whoever did not agree to be counted is in no figure."""
    everybody = level == "iwim"
    organisations = [row for row in bundle.organisations if everybody or row.counted]
    return Survey(
        level=level,
        organisations=organisations,
        initiatives=[row for row in bundle.initiatives if everybody or row.organisation.counted],
        statements=[row for row in bundle.statements if everybody or row.organisation.counted],
        left_out=len(bundle.organisations) - len(organisations),
    )


def may_read(level: Level, visibility: Visibility) -> bool:
    return visibility in MAY_READ[level]


def is_few(number: float) -> bool:
    return 1 <= number < FEWEST
