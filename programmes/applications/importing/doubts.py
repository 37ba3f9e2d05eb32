from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wimmentor.base.phrases import Named, Phrase, recall
from wimmentor.base.phrases import phrase as _


@dataclass(frozen=True)
class Note:
    """`row` is the number that a spreadsheet shows, `column` the heading as written. A reason that was kept as text is
    of an import before reasons were kept as phrases."""

    row: int
    column: str
    reason: Phrase | str

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Note":
        return cls(stored["row"], stored["column"], recall(stored["reason"]))


class RefusedRow(Exception):
    def __init__(self, column: str, reason: Phrase, *, says_no: bool = False) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason
        self.says_no = says_no  # she does not consent: an earlier row of hers does not go in either


@dataclass
class Doubts:
    """What is said about the cells of one row. `own_words` keeps answers that fit no column, by field."""

    row: int
    strict: bool
    heading: Callable[[str], str]
    notes: list[Note] = field(default_factory=list)
    own_words: dict[str, str] = field(default_factory=dict)
    # Of a time zone that has no name we know, but says its difference from UTC.
    offset_min: int | None = None

    def flag(self, name: str, reason: Phrase) -> None:
        self.notes.append(Note(self.row, self.heading(name), reason))

    def refuse(self, name: str, reason: Phrase, *, says_no: bool = False) -> RefusedRow:
        return RefusedRow(self.heading(name), reason, says_no=says_no)

    def refuse_if_strict(self, name: str, text: str) -> None:
        if self.strict:
            raise self.refuse(name, _("“%(text)s” is none of the choices.") % {"text": shorten(text)})

    def flag_reading(self, name: str, text: str, label: Named) -> None:
        self.flag(name, _("“%(text)s” was read as “%(label)s”.") % {"text": shorten(text), "label": label})

    def leave_out(self, name: str, text: str, reason: Phrase) -> None:
        """The words stay with the application; the column that matching reads stays empty."""
        self.own_words[name] = text
        self.flag(name, reason)


def shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
