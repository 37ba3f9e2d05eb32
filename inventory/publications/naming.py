"""Under which identifiers organisations and initiatives appear, and which of their answers would tell who they are."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from inventory.initiatives.questionnaire import Places, Question
from inventory.initiatives.readers import FEWEST
from inventory.initiatives.rows import InitiativeRow, OrganisationRow

# "organisation:andes" to what stands in its place: always the same for the same, and no way back from outside.
Disguise = Callable[[str], str]

# Numbers that stand on the organisation's own web page too.
_KNOWN_ELSEWHERE = frozenset({"A6", "B6"})
_TELLING_KINDS = frozenset({"text", "long_text", "url", "email", "rows", "date", "year"})


def tells_who(question: Question) -> bool:
    """Its answers name an organisation that does not want to be named, or lead to it: words, dates, places."""
    kinds = {question.kind, *(part.kind for part in question.parts)}
    is_place = isinstance(question.choices, Places)
    return is_place or question.code in _KNOWN_ELSEWHERE or bool(kinds & _TELLING_KINDS)


@dataclass(frozen=True)
class Naming:
    disguise: Disguise
    common_types: frozenset[str]

    @classmethod
    def of(cls, organisations: Iterable[OrganisationRow], disguise: Disguise) -> "Naming":
        types = Counter(organisation.type for organisation in organisations)
        return cls(disguise, frozenset(code for code, number in types.items() if number >= FEWEST))

    def organisation_id(self, organisation: OrganisationRow) -> str:
        return organisation.slug if organisation.named else self.disguise(f"organisation:{organisation.slug}")

    def initiative_id(self, initiative: InitiativeRow) -> str:
        return initiative.code if initiative.organisation.named else self.disguise(f"initiative:{initiative.code}")

    def may_show(self, organisation: OrganisationRow, question: Question) -> bool:
        if organisation.named:
            return True
        if question.code == "A3":
            return organisation.type in self.common_types
        return not tells_who(question)
