"""What each heading asks: a column's own name, a question's code, or its text in any language of the site."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.questionnaire import QUESTIONS, Level, Question, questions_of
from inventory.waves.columns import Column, columns_for, main_column, value_columns, words_column
from wimmentor.base.codes.codelist import match_key
from wimmentor.base.languages import speak
from wimmentor.base.spreadsheets import Table

# What is asked in a sheet of each kind; where a heading fits two levels, the first counts.
_LEVELS: dict[str, tuple[Level, ...]] = {
    "organisations": ("organisation",),
    "initiatives": ("initiative", "edition", "organisation"),
    "editions": ("edition", "initiative", "organisation"),
}
# Columns that are no question, by the kind of sheet.
_FIXED: dict[str, tuple[str, ...]] = {
    "organisations": ("id", "part_of"),
    "initiatives": (
        *("id", "organisation", "organisation_id", "country", "edition", "year"),
        *("evidence", "remarks", "source", "as_of"),
    ),
    "editions": ("initiative", "organisation", "country", "label", "edition", "year", "as_of", "source"),
    "statements": (
        *("organisation_id", "organisation", "country", "topic", "value"),
        *("evidence", "remarks", "as_of"),
    ),
    "answers": ("table", "id", "edition", "question", "state"),
    "code_lists": ("list", "code", "label"),
    "withheld": ("table", "id", "edition", "field", "number", "reason"),
}
# What people call them.
_CALLED = {
    "id": (_("Identifier"),),
    "organisation": (_("Organisation"), _("Name of the organisation"), QUESTIONS["A1"].text, "organization", "A1"),
    "country": (_("Country"), _("Countries")),
    "initiative": (_("Initiative"), _("Programme")),
    "edition": (_("Edition"), _("Edition (name or number)"), "D1"),
    "label": (_("Edition"), _("Name or number of the edition"), "D1"),
    "year": (_("Year"), _("Year of the edition")),
    "source": (_("Source"),),
    "remarks": (_("Remarks"),),
}
_TELLING: dict[str, frozenset[str]] = {
    "withheld": frozenset({"table", "field", "reason"}),
    "answers": frozenset({"table", "question", "state"}),
    "statements": frozenset({"topic", "value"}),
    "code_lists": frozenset({"list", "code", "label"}),
    "editions": frozenset({"initiative", "label"}),
    "organisations": frozenset({"id", "part_of"}),
}
_TITLES = {
    "organisations": _("Organisations"),
    "initiatives": _("Initiatives"),
    "editions": _("Editions"),
    "statements": _("Statements"),
}
_CODE = re.compile(r"([A-Ka-k]\d{1,2})(?![\w])[\s.:)/–-]*(.*)", re.DOTALL)

Meaning = Column | str


@dataclass(frozen=True)
class Heading:
    """`meaning` None: not known."""

    index: int
    text: str
    meaning: Meaning | None


def find_kind(table: Table, name: str) -> str:
    """By its headings where they are ours, else by the name of the sheet or file."""
    headings = {match_key(heading).replace(" ", "_") for heading in table.headings}
    told = next((kind for kind, telling in _TELLING.items() if telling <= headings), None)
    return told or _named_kind(name) or "initiatives"


def read_headings(table: Table, kind: str) -> list[Heading]:
    return [Heading(index, text, find_meaning(text, kind)) for index, text in enumerate(table.headings)]


def find_meaning(heading: str, kind: str) -> Meaning | None:
    return _index(kind).get(match_key(heading)) or _by_code(heading, kind)


def list_parts(heading: str) -> list[str]:
    """Of a heading that is a question's code or text and leaves open which part it asks: the columns of the parts."""
    key = match_key(heading)
    for question in QUESTIONS.values():
        if len(columns := value_columns(question)) > 1 and key in _names_of(question):
            return [column.name for column in columns]
    return []


def _names_of(question: Question) -> set[str]:
    return {match_key(question.code), *map(match_key, _in_each_language(question.text))}


def _named_kind(name: str) -> str | None:
    words = set(match_key(name).split())
    return next((kind for kind, names in _names_of_kinds().items() if words & names), None)


@cache
def _names_of_kinds() -> dict[str, set[str]]:
    return {kind: {kind, *(match_key(word) for word in _in_each_language(title))} for kind, title in _TITLES.items()}


def _in_each_language(text: object) -> Iterator[str]:
    for language, _name in settings.LANGUAGES:
        with speak(language):
            yield str(text)


@cache
def _index(kind: str) -> dict[str, Meaning]:
    """An earlier meaning is never overwritten by a later one."""
    index: dict[str, Meaning] = {match_key(name): name for name in _FIXED[kind]}
    for name in _FIXED[kind]:
        for called in _CALLED.get(name, ()):
            for word in _in_each_language(called):
                index.setdefault(match_key(word), name)
    questions = [question for level in _LEVELS.get(kind, ()) for question in questions_of(level)]
    for column in (column for question in questions for column in columns_for(question, words=True)):
        index.setdefault(match_key(column.name), column)
    for question in questions:
        for words, column in _words_of(question):
            index.setdefault(words, column)
    for words, column in _short_names(questions):
        index.setdefault(words, column)
    return index


def _short_names(questions: Sequence[Question]) -> Iterator[tuple[str, Column]]:
    """Those that only one question has: "Mentors" may ask how many or whether they are women."""
    called: dict[str, set[str]] = {}
    for question in questions:
        for word in _in_each_language(question.name):
            called.setdefault(match_key(word), set()).add(question.code)
    for word, codes in called.items():
        columns = value_columns(QUESTIONS[next(iter(codes))])
        if len(codes) == len(columns) == 1:
            yield word, columns[0]


def _words_of(question: Question) -> Iterator[tuple[str, Column]]:
    """Its text for its only column; text and part for each of several."""
    for column in value_columns(question):
        for language, _name in settings.LANGUAGES:
            with speak(language):
                part = f" {column.part.label}" if column.part else ""
                yield match_key(f"{question.text}{part}"), column


def _by_code(heading: str, kind: str) -> Meaning | None:
    """ "B4", "B4. Is it formal?", "D6 women", "E1 main", "E1 (own words)"."""
    found = _CODE.fullmatch(heading.strip())
    question = QUESTIONS.get(found[1].upper()) if found else None
    if found is None or question is None or question.level not in _LEVELS.get(kind, ()):
        return None
    rest = match_key(found[2])
    if rest.endswith("words"):
        return words_column(question)
    if rest == "main" and question.has_main:
        return main_column(question)
    columns = value_columns(question)
    if column := _part_called(columns, rest):
        return column
    meant = _index(kind).get(rest)
    return meant if isinstance(meant, Column) and meant.question is question else _only(columns, rest)


def _part_called(columns: list[Column], rest: str) -> Column | None:
    for column in columns:
        if column.part and rest in {match_key(column.part.name), *map(match_key, _in_each_language(column.part.label))}:
            return column
    return None


def _only(columns: list[Column], rest: str) -> Column | None:
    """A code alone is enough where it has one column, and for the number of all mentors."""
    if len(columns) == 1:
        return columns[0]
    return columns[0] if not rest and columns[0].name == "mentor_count" else None
