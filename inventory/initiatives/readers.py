"""Who reads: anybody, organisations of the Alliance, or IWiM; and how many people are too few to be told outside it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from inventory.initiatives.questionnaire import QUESTIONS, Question, Visibility
from inventory.initiatives.rows import Answers

Reader = Literal["public", "alliance", "iwim"]
READERS: dict[Reader, tuple[Visibility, ...]] = {
    "public": ("public",),
    "alliance": ("public", "alliance"),
    "iwim": ("public", "alliance", "iwim"),
}
# Outside IWiM figures about fewer are hidden; zero is told.
FEWEST = 5


def may_read(reader: Reader, visibility: Visibility) -> bool:
    return visibility in READERS[reader]


def is_few(number: float) -> bool:
    return 1 <= number < FEWEST


def tells_few(editions: Iterable[Answers]) -> bool:
    """A figure of an edition is hidden from somebody: words beside it (what the source says, remarks) may tell it."""
    return any(
        counts_few(QUESTIONS[code], answer)
        for answers in editions
        for code, answer in answers.items()
        if code in QUESTIONS
    )


def counts_few(question: Question, answer: Mapping[str, Any]) -> bool:
    return question.people and any(map(is_few, _figures(question, answer.get("value"))))


def _figures(question: Question, value: Any) -> Iterator[float]:
    counts = {part.name for part in question.parts if part.is_count}
    for row in value if isinstance(value, list) else [value]:
        told = [row[name] for name in counts & set(row)] if isinstance(row, Mapping) else [row]
        yield from (number for number in told if isinstance(number, int | float))
