"""What a package does not hold, and why: a number without a name is no answer, and silence would look like "no"."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop

from inventory.initiatives.questionnaire import QUESTIONS, Question
from inventory.initiatives.readers import FEWEST
from inventory.waves.cells import Cell
from inventory.waves.columns import columns_for

# Kept in English, as all of a package; a page says them in the reader's language.
NOT_COUNTED = gettext_noop("The organisation answered and does not want to appear, not even in counts.")
NOT_NAMED = gettext_noop("The organisation agreed only to be counted together with others, without its name.")
FEW_PEOPLE = gettext_noop("Between one and four people.")
ABOUT_FEW_PEOPLE = gettext_noop("It could tell a figure of between one and four people.")
FOR_ALLIANCE = gettext_noop("Only members of the Alliance see answers to this question.")
FOR_REVIEWERS = gettext_noop("Only reviewers of International Women in Mining see answers to this question.")
TAKEN_DOWN = gettext_noop("Taken down on request.")
_BY_VISIBILITY = {"alliance": FOR_ALLIANCE, "iwim": FOR_REVIEWERS}
_TABLE_OF = {"organisation": "organisations", "initiative": "initiatives", "edition": "editions"}


@dataclass(frozen=True, order=True)
class Reason:
    table: str
    id: str = ""
    edition: str = ""
    field: str = ""
    reason: str = ""


@dataclass
class Withheld:
    """How many cells or records, by where and why. Without a number: all cells of a column; records without a column
    are so few organisations' that their number would be about single ones."""

    _numbers: Counter[Reason] = field(default_factory=Counter)

    def add(
        self, table: str, reason: str, *, id: str = "", edition: str = "", field: str = "", number: int = 1
    ) -> None:
        if number:
            self._numbers[Reason(table, id, edition, field, reason)] += number

    def add_of(self, table: str, reason: str, organisations: Collection[int]) -> None:
        """One record each."""
        if organisations:
            told = len(set(organisations)) >= FEWEST
            self._numbers[Reason(table, reason=reason)] = len(organisations) if told else 0

    def records(self) -> Iterator[dict[str, Cell]]:
        for why, number in sorted(self._numbers.items()):
            yield _record(why, number or None)
        for question in QUESTIONS.values():
            if question.visibility != "public":
                yield from _closed(question)


def _closed(question: Question) -> Iterator[dict[str, Cell]]:
    """D6 is closed, and how many mentors there are in all is not."""
    for column in columns_for(question):
        if column.name != "mentor_count":
            why = Reason(_TABLE_OF[question.level], field=column.name, reason=_BY_VISIBILITY[question.visibility])
            yield _record(why, None)


def _record(why: Reason, number: int | None) -> dict[str, Cell]:
    return {
        "table": why.table,
        "id": why.id or None,
        "edition": why.edition or None,
        "field": why.field or None,
        "number": number,
        "reason": why.reason,
    }
