"""Columns of a record that are written from its answers, so that both databases search them alike."""

from typing import Any

from inventory.initiatives.rows import Answers, state_of, value_of
from wimmentor.base.text import fold

COLUMNS = {
    "kinds": "B2",
    "status": "B3",
    "scope": "C1",
    "matching_methods": "E1",
    "mentor_target": "C6",
    "languages": "F4",
    "publishing": "K4",
}
NOT_SAID = frozenset({"unknown", "not_applicable", "declined"})
SEVERAL = frozenset({"kinds", "scope", "matching_methods", "languages"})


def columns_of(answers: Answers) -> dict[str, Any]:
    name = str(value_of(answers, "B1") or "")[:200]
    found: dict[str, Any] = {"name": name, "name_folded": fold_name(name)}
    for column, code in COLUMNS.items():
        value = value_of(answers, code)
        found[column] = tuple(value or ()) if column in SEVERAL else value or ""
    if not found["publishing"] and state_of(answers, "K4") in NOT_SAID:
        found["publishing"] = "aggregated"  # who does not say yes is not named
    return found


def fold_name(name: str) -> str:
    return fold(name)[:400]
