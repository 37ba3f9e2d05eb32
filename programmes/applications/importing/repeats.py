"""Of two answers of one person the later row counts; what it changed is shown."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Replaced:
    """`differences`: [heading, earlier, later] of every cell that is not the same in both rows."""

    row: int
    by_row: int
    email: str
    differences: list[list[str]]


def list_differences(headings: list[str], earlier: tuple[str, ...], later: tuple[str, ...]) -> list[list[str]]:
    return [
        [heading, before, after]
        for heading, before, after in zip(headings, earlier, later, strict=False)
        if heading and before != after
    ]
