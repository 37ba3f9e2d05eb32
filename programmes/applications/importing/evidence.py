"""What a column holds, judged by its cells alone."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from programmes.applications.importing.addresses import tidy_address
from programmes.applications.importing.choices import split_cells
from programmes.applications.importing.dates import find_moment
from programmes.applications.importing.roles import roles_in
from programmes.applications.importing.words import parse_capacity, parse_consent, parse_years, parse_yes
from wimmentor.base.codes import GENDER, GOALS, INTERESTS, MINING_FUNCTION, PREFERRED_GENDER
from wimmentor.base.codes.places import is_ambiguous_country, match_country, match_language
from wimmentor.base.codes.zones import match_time_zone
from wimmentor.base.phrases import Phrase
from wimmentor.base.phrases import phrase as _

_LOOKED_AT = 200
_LONG = 60
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){1,4}")


@dataclass(frozen=True)
class Evidence:
    """`cells` are filled ones."""

    cells: tuple[str, ...]
    _known: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, cells: Sequence[str]) -> "Evidence":
        return cls(tuple([cell for cell in cells if cell][:_LOOKED_AT]))

    def share(self, name: str) -> float:
        """Of the filled cells, how many could be this field's; 0 to 1."""
        if name not in self._known:
            self._known[name] = self._shares(name) if self.cells else 0.0
        return self._known[name]

    def _shares(self, name: str) -> float:
        check = _CHECKS.get(name)
        if check is None:
            return 0.0
        cells = self.parts if name in ("languages", "goals", "interests") else self.cells
        return sum(map(check, cells)) / len(cells) if cells else 0.0

    @cached_property
    def parts(self) -> list[str]:
        return [part for cell in split_cells(self.cells) for part in cell]

    @property
    def distinct(self) -> int:
        return len(set(self.cells))

    @property
    def is_prose(self) -> bool:
        return bool(self.cells) and sum(map(len, self.cells)) / len(self.cells) > _LONG

    @property
    def is_numeric(self) -> bool:
        return bool(self.cells) and all(cell.replace(",", "").replace(".", "").isdigit() for cell in self.cells)


def _is_country(cell: str) -> bool:
    """ "No" is the code of Norway and "Si" that of Slovenia, yet hardly ever meant so."""
    return parse_yes(cell) is None and (bool(match_country(cell)) or is_ambiguous_country(cell))


def _is_language(cell: str) -> bool:
    return parse_yes(cell) is None and bool(match_language(cell))


def _is_name(cell: str) -> bool:
    return bool(_NAME.fullmatch(cell)) and not _is_country(cell)


_CHECKS: dict[str, Callable[[str], bool]] = {
    "name": _is_name,
    "email": lambda cell: bool(tidy_address(cell)),
    "line_manager_email": lambda cell: bool(tidy_address(cell)),
    "country": _is_country,
    "languages": _is_language,
    "time_zone": lambda cell: bool(match_time_zone(cell)),
    "function": lambda cell: bool(MINING_FUNCTION.match(cell)),
    "gender": lambda cell: bool(GENDER.match(cell)),
    "preferred_mentor_gender": lambda cell: bool(PREFERRED_GENDER.match(cell)),
    "goals": lambda cell: bool(GOALS.match(cell)),
    "interests": lambda cell: bool(INTERESTS.match(cell)),
    "years_experience": lambda cell: parse_years(cell) is not None,
    "capacity": lambda cell: parse_capacity(cell) is not None,
    "gender_preference_strict": lambda cell: parse_yes(cell) is not None,
    "consent": lambda cell: parse_consent(cell) is not None,
    "role": lambda cell: bool(roles_in(cell)),
    "submitted_at": lambda cell: find_moment(cell) is not None,
}
# What is said of a column that was recognised by its cells.
REASONS: dict[str, Phrase] = {
    "name": _("It could hold names."),
    "email": _("It holds e-mail addresses."),
    "country": _("It holds countries."),
    "languages": _("It holds languages."),
    "function": _("It holds functions of our list."),
    "goals": _("It holds goals of our list."),
    "interests": _("It holds interests of our list."),
    "preferred_mentor_gender": _("It holds wishes for a mentor."),
    "gender": _("It holds genders."),
    "role": _("It says mentee or mentor."),
    "time_zone": _("It holds time zones."),
    "submitted_at": _("It holds dates."),
}
