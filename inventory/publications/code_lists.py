"""The codes that stand in the tables, with their labels."""

from collections.abc import Iterator

from inventory.initiatives.questionnaire import COUNTRIES, LANGUAGES, Places
from inventory.publications.layout import fields_of
from inventory.publications.questions import PUBLISHED
from inventory.publications.shapes import OTHER_LANGUAGES
from inventory.publications.tables import Tables
from inventory.waves.cells import BETWEEN_CODES, Cell
from wimmentor.base.codes import ANSWER_STATE, CodeList
from wimmentor.base.languages import speak


def list_codes(tables: Tables) -> Iterator[dict[str, Cell]]:
    """Our own lists whole, with codes that have left them and occur; of countries and languages those that occur."""
    for name, codes in sorted(_own_lists().items()):
        yield from (_record(name, code, codes) for code in dict.fromkeys([*codes, *_used(tables, name)]))
    for places in (COUNTRIES, LANGUAGES):
        yield from (_record(places.name, code, places) for code in _used(tables, places.name))


def _own_lists() -> dict[str, CodeList]:
    """Of public questions; no code of a list that only others see is told."""
    questions = [question for questions in PUBLISHED.values() for question in questions]
    choices = [q.choices for q in questions] + [part.choices for q in questions for part in q.parts]
    return {each.name: each for each in (ANSWER_STATE, *choices) if isinstance(each, CodeList)}


def _used(tables: Tables, code_list: str) -> list[str]:
    return sorted(
        {
            code
            for table in tables.values()
            for field in fields_of(table.name)
            if field.code_list == code_list
            for cell in table.column(field.name)
            if isinstance(cell, str)
            for code in cell.split(BETWEEN_CODES)
        }
    )


def _record(name: str, code: str, codes: CodeList | Places) -> dict[str, Cell]:
    record: dict[str, Cell] = {"list": name, "code": code, "label": codes.label(code)}
    for language, _name in OTHER_LANGUAGES:
        with speak(language):
            record[f"label_{language}"] = codes.label(code)
    return record
