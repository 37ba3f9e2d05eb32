"""The table of a package that says why cells of the others are empty."""

from collections.abc import Sequence

from inventory.initiatives.questionnaire import QUESTIONS, Level
from inventory.waves.importing.headings import read_headings
from inventory.waves.importing.rows import SheetRow
from inventory.waves.importing.sheets import Sheet
from inventory.waves.importing.states import NOTHING
from wimmentor.base.codes import ANSWER_STATE

# (level, identifier, edition) to question to state
States = dict[tuple[Level, str, str], dict[str, str]]
_LEVELS: dict[str, Level] = {
    "organisations": "organisation",
    "initiatives": "initiative",
    "editions": "edition",
}
_KEPT = frozenset(ANSWER_STATE.codes) - {"answered", NOTHING}


def read_states(sheets: Sequence[Sheet]) -> States | None:
    """None: there is no such table."""
    tables = [sheet for sheet in sheets if sheet.kind == "answers"]
    if not tables:
        return None
    states: States = {}
    for sheet in tables:
        headings = read_headings(sheet.table, sheet.kind)
        for row in sheet.table.rows:
            _take(states, SheetRow(sheet.name, row, headings))
    return states


def _take(states: States, row: SheetRow) -> None:
    level, code, state = _LEVELS.get(row.text("table")), row.text("question"), row.text("state")
    if level and code in QUESTIONS and state in _KEPT:
        states.setdefault((level, row.text("id"), row.text("edition")), {})[code] = state
