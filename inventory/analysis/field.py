"""A coded field by which initiatives (or organisations) are counted, and how an answer is read into its lines."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from inventory.analysis.exchanges import ANSWERED, STATE, Lines
from inventory.initiatives.questionnaire import Places, Question, Visibility, is_asked
from inventory.initiatives.questionnaire.question import Label
from inventory.initiatives.rows import Answers, InitiativeRow, OrganisationRow, state_of, value_of
from wimmentor.base.codes import ANSWER_STATE
from wimmentor.base.ordering import sort_key

PENDING = (f"{STATE}pending",)
UNKNOWN = (f"{STATE}unknown",)
NOT_APPLICABLE = (f"{STATE}not_applicable",)
STATES = tuple(f"{STATE}{state}" for state in ("unknown", "declined", "not_applicable", "pending"))
# Lists that have a code for "not known" of their own mean the state.
MEANS_UNKNOWN = {"C6": "unknown"}
# Which questions decide whether others are asked (questionnaire.conditions.ASKED).
DECIDING = frozenset({"B2", "C6", "C10"})


@dataclass(frozen=True, kw_only=True)
class Field:
    """`reads`: the questions whose answers it is read of. `codes`: all of them, in their order; none where they are too
    many, so that only those that occur are shown. `several`: one unit may stand in more than one of its lines."""

    name: str
    label: Label
    read: Callable[[Any], Lines]
    label_of: Callable[[str], str]
    reads: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    several: bool = False
    visibility: Visibility = "public"
    # The fields from whose answers this one follows, and of each of its lines the lines of theirs which lead there:
    # where one of them is hidden, the line is hidden too.
    bases: "tuple[Field, ...]" = ()
    comes_from: Callable[[str], Lines] = lambda line: (line,)

    def lines_for(self, answers: Iterable[Lines]) -> tuple[str, ...]:
        """All lines of its table, codes first; a code that has left the list is shown as it was told."""
        occur = set(chain.from_iterable(answers)) - {ANSWERED, *STATES}
        rest = sorted(occur.difference(self.codes), key=lambda code: sort_key(self.label_of(code)))
        return (*((ANSWERED,) if self.several else ()), *self.codes, *rest, *STATES)

    def word(self, line: str) -> str:
        return ANSWER_STATE.label(line.removeprefix(STATE)) if line.startswith(STATE) else self.label_of(line)


def codes_of(*fields: Field) -> frozenset[str]:
    """Every question that tables by these fields are made of; also those that decide whether one is asked."""
    return DECIDING.union(*(field.reads for field in fields), *(codes_of(*field.bases) for field in fields))


def is_state(line: str) -> bool:
    return line.startswith(STATE)


def codes_in(lines: Lines) -> Lines:
    return tuple(line for line in lines if line != ANSWERED and not is_state(line))


def several_lines(codes: Sequence[str], otherwise: Lines = PENDING) -> Lines:
    """An empty list is no answer yet."""
    return (ANSWERED, *dict.fromkeys(codes)) if codes else otherwise


def read_state(answers: Answers, question: Question) -> Lines:
    """What was never asked of an initiative is not a gap in what it told."""
    state = state_of(answers, question.code)
    if state in ("pending", "answered") and not is_asked(question, answers):
        return NOT_APPLICABLE
    return PENDING if state == "answered" else (f"{STATE}{state}",)


def read_lines(answers: Answers, question: Question) -> Lines:
    answer = answers.get(question.code)
    value = answer.get("value") if answer else None
    if not value:
        return read_state(answers, question)
    if isinstance(value, str):
        return UNKNOWN if MEANS_UNKNOWN.get(question.code) == value else (value,)
    return (ANSWERED, *dict.fromkeys(map(str, value)))


def field_of_organisation(question: Question) -> Field:
    """Initiatives by what their organisation answered. Its name says so: two questions may have the same column."""
    return field_of(
        question,
        name=f"organisation_{question.column}",
        label=format_lazy("{}: {}", _("Organisation"), question.name),
    )


def field_of(question: Question, *, name: str = "", label: Label = None) -> Field:
    """Of an initiative, also where the question is about its organisation."""

    def read(row: InitiativeRow) -> Lines:
        return read_lines(row.answers, question)

    def read_organisation(row: InitiativeRow) -> Lines:
        return read_lines(row.organisation.answers, question)

    return Field(
        name=name or question.column,
        label=question.name if label is None else label,
        read=read_organisation if question.level == "organisation" else read,
        label_of=question.label_of,
        reads=(question.code,),
        codes=_codes(question),
        several=question.kind in ("many", "ranked"),
        visibility=question.visibility,
    )


def field_of_part(question: Question, part_name: str, *, name: str, label: Label) -> Field:
    part = question.part(part_name)
    codes = part.choices

    def read(row: InitiativeRow) -> Lines:
        parts = value_of(row.answers, question.code)
        if not isinstance(parts, dict):
            return read_state(row.answers, question)
        return (str(parts[part_name]),) if parts.get(part_name) else UNKNOWN

    if codes is None:
        raise TypeError(f"{question.code} {part_name} is no list")
    return Field(
        name=name,
        label=label,
        read=read,
        label_of=codes.label,
        reads=(question.code,),
        codes=codes.codes,
        visibility=question.visibility,
    )


def organisation_of(unit: InitiativeRow | OrganisationRow) -> OrganisationRow:
    return unit.organisation if isinstance(unit, InitiativeRow) else unit


def _codes(question: Question) -> tuple[str, ...]:
    if question.choices is None or isinstance(question.choices, Places):
        return ()
    unknown = MEANS_UNKNOWN.get(question.code)
    return tuple(code for code in question.choices if code != unknown)
