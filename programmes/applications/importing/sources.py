"""The columns of one field: an answer, a tick for each choice, or the words behind "other"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from programmes.applications.importing.choices import Splitter
from programmes.applications.importing.fields import LIST_FIELDS
from programmes.applications.importing.vocabulary import asks_for_other, is_other
from programmes.applications.importing.words import parse_yes
from wimmentor.base.codes import GOALS, INTERESTS
from wimmentor.base.codes.codelist import match_key
from wimmentor.base.codes.places import match_language
from wimmentor.base.spreadsheets import Row, Table

# "question / choice", Kobo's group/question/choice, "question [choice]", "question >> choice"
_CHOICE_OF = (
    re.compile(r"(.+?)\s*\[([^\[\]]+)\]\s*"),
    re.compile(r"(.+)\s>>\s(.+)", re.DOTALL),
    re.compile(r"(.+)\s/\s(.+)", re.DOTALL),
    re.compile(r"(\S+)/([^/\s]+)"),
    re.compile(r"(.+)\s[-–:]\s(.+)", re.DOTALL),
)
# The patterns go through a heading once for each of its blanks.
_LONGEST_HEADING = 1_000
_MATCHES = {"languages": match_language, "goals": GOALS.match, "interests": INTERESTS.match}


@dataclass(frozen=True)
class Source:
    index: int
    heading: str
    kind: str  # answer, tick, other
    choice: str = ""


@dataclass
class Sources:
    """Columns by field, and how the choices of each are parted."""

    by_field: dict[str, list[Source]]
    splitters: dict[int, Splitter] = field(default_factory=dict)

    def heading(self, name: str) -> str:
        found = self.by_field.get(name)
        return found[0].heading if found else name

    def has(self, name: str) -> bool:
        return name in self.by_field


def split_heading(heading: str) -> tuple[str, str]:
    """(question, choice); the choice is empty where the heading has no such parts."""
    if len(heading) > _LONGEST_HEADING:
        return heading, ""
    for pattern in _CHOICE_OF:
        if found := pattern.fullmatch(heading):
            return found[1].strip(), found[2].strip()
    return heading, ""


def is_tick_column(heading: str, cells: Sequence[str]) -> bool:
    """Only ticks, or only the choice itself."""
    choice = match_key(split_heading(heading)[1] or heading)
    distinct = {cell for cell in cells if cell}
    return bool(distinct) and all(match_key(cell) == choice or parse_yes(cell) is not None for cell in distinct)


def find_sources(table: Table, names: Mapping[int, str], headings: Sequence[str]) -> Sources:
    """`names` is column to field."""
    by_field: dict[str, list[Source]] = {}
    for index, name in names.items():
        cells = [row.cells[index] for row in table.rows]
        by_field.setdefault(name, []).append(_classify(index, name, headings[index], cells))
    sources = Sources({name: _sort(found) for name, found in by_field.items()})
    for name in LIST_FIELDS & by_field.keys():
        ticks = [source.choice for source in by_field[name] if source.kind == "tick"]
        for source in by_field[name]:
            if source.kind == "answer":
                cells = [row.cells[source.index] for row in table.rows]
                sources.splitters[source.index] = Splitter(cells, _MATCHES[name], ticks, is_ours=source.heading == name)
    return sources


def _sort(found: list[Source]) -> list[Source]:
    """Answers before ticks before "other": doubts are shown under the first."""
    return sorted(found, key=lambda source: (("answer", "tick", "other").index(source.kind), source.index))


def _classify(index: int, name: str, heading: str, cells: Sequence[str]) -> Source:
    choice = split_heading(heading)[1]
    if name in LIST_FIELDS and (choice or _MATCHES[name](heading) is not None or name == "languages"):
        is_tick = is_tick_column(heading, cells)
        if is_tick or (choice and not any(cells)):
            return Source(index, heading, "tick", choice or heading)
    if asks_for_other(heading):
        return Source(index, heading, "other")
    return Source(index, heading, "answer")


def list_answers(sources: Sources, name: str, row: Row) -> list[str]:
    """The choices of one row in the order of the columns; her own words in place of "other"."""
    found: dict[str, str] = {}
    own: list[str] = []
    for source in sources.by_field.get(name, ()):
        cell = row.cells[source.index]
        if source.kind == "other":
            own += _read_own(name, cell)
            continue
        texts = sources.splitters[source.index].split(cell) if source.kind == "answer" else _ticked(source, cell)
        for text in texts:
            found.setdefault(match_key(text) or text, text)
    kept = [text for text in found.values() if not (own and is_other(text))]
    return [*kept, *own]


def _read_own(name: str, cell: str) -> list[str]:
    """Her own words stay whole, unless every one of them is a choice: "Quechua, Aimara"."""
    if not cell:
        return []
    parts = Splitter([cell], _MATCHES[name]).split(cell)
    return parts if all(_MATCHES[name](part) for part in parts) else [cell]


def _ticked(source: Source, cell: str) -> list[str]:
    key = match_key(cell)
    if key == match_key(source.choice) and key:
        return [source.choice]
    return [source.choice] if parse_yes(cell) else []


def first_answer(sources: Sources, name: str, row: Row) -> str:
    """Of several columns of one field the first that is filled; "other" gives way to the words behind it."""
    filled = [(source, row.cells[source.index]) for source in sources.by_field[name] if row.cells[source.index]]
    worded = [text for _source, text in filled if not is_other(text)]
    return worded[0] if worded else filled[0][1] if filled else ""


def joined_answers(sources: Sources, name: str, row: Row) -> str:
    """Open questions, each under its heading where there are several."""
    found = sources.by_field[name]
    if len(found) == 1:
        return row.cells[found[0].index]
    return "\n\n".join(f"{source.heading}: {row.cells[source.index]}" for source in found if row.cells[source.index])
