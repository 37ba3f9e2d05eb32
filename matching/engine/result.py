"""What the engine gives back. All of it is plain, ordered and comparable with ==."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Values = Mapping[str, Any]  # str, int, bool or lists of these; keys per code in `codes`


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion of a pair: `points` = `weight` * `score` (0..100)."""

    criterion: str
    weight: int
    score: int
    points: int
    code: str
    values: Values

    @property
    def unknown(self) -> bool:
        return self.code.endswith(".unknown")


@dataclass(frozen=True, slots=True)
class PairScore:
    """`points` 0..10000, or None where `rule` excludes the pair. The parts are given for excluded pairs too."""

    points: int | None
    rule: str | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    mentee_id: str
    mentor_id: str
    points: int
    parts: tuple[Part, ...]
    locked: bool


@dataclass(frozen=True, slots=True)
class Unmatched:
    mentee_id: str
    code: str
    values: Values


@dataclass(frozen=True, slots=True)
class Totals:
    """`places`: sum of capacities. `admissible_pairs`: those that no rule excludes, and locked ones that break one.
    `lowest` and `mean_x100` (hundredths of a point) are None without a pair.
    """

    pairs: int
    points: int
    mentees: int
    mentors: int
    places: int
    admissible_pairs: int
    lowest: int | None
    mean_x100: int | None


@dataclass(frozen=True, slots=True)
class Stage:
    """Integer dual prices that prove one objective over the mentees without a lock and the places beside locks.

    An admissible pair is worth 1 in stage 'count' and its points + `bonus` in stage 'total'. The proof: no price is
    negative; for every admissible pair mentee price + mentor price >= its worth; and mentee prices + places * mentor
    prices add up to exactly what the chosen pairs are worth (`value`). Then no other pairing can be worth more.
    """

    name: str
    bonus: int
    value: int
    mentee_prices: tuple[tuple[str, int], ...]
    mentor_prices: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """`total.bonus` exceeds every possible sum of points, so 'total' also proves that count comes first."""

    count: Stage
    total: Stage


@dataclass(frozen=True, slots=True)
class Solution:
    """Pairs and unmatched in order of mentee id. `spare_mentors`: ids of mentors with a free place."""

    pairs: tuple[Pair, ...]
    unmatched: tuple[Unmatched, ...]
    spare_mentors: tuple[str, ...]
    totals: Totals
    certificate: Certificate
    settings_hash: str
    input_hash: str
    engine_version: str
    status: str


@dataclass(frozen=True, slots=True)
class Report:
    """`valid`: the pairs obey every rule and are told truly. `optimal`: and the certificate proves them best."""

    valid: bool
    optimal: bool
    problems: tuple[str, ...]
