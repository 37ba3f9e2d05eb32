"""What the engine gives back. All of it is plain, ordered and comparable with ==."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Values = Mapping[str, Any]  # str, int, bool or lists of these; keys per code in `codes`
Prices = tuple[tuple[str, int], ...]  # id and price


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

    What a pair is worth: 1 in 'count'; 1 from `level` points on in 'band'; its points in 'total'; 0 in 'load', where
    the n-th mentee of a mentor (locked ones counted) costs 2n - 1. Asked are only the pairings that are best in every
    stage before. The proof: for every admissible pair that can be in one of them, mentee price + mentor price >= its
    worth; no price of a mentee who can be left out is negative; and the mentee prices, and for each mentor the most
    that her load times her price, less its cost, can be, add up to exactly `value`, which is what the chosen pairs are
    worth. Then nothing is worth more.

    'floor' is a proof by count: from its `level` + 1 points on, prices 0 and 1 cover every pair and add up to `value`,
    less than there are pairs; so some pair must have `level` points or fewer, and the stages after ask only pairs with
    at least `level`.
    """

    name: str
    level: int
    value: int
    mentee_prices: Prices
    mentor_prices: Prices


@dataclass(frozen=True, slots=True)
class Certificate:
    """`stages`: 'count', then 'floor' or one 'band' per level or neither, 'total', 'load'. `plain`: the stage 'total'
    right after 'count', and `plain_pairs` (mentee id, mentor id) that are worth it: what fairness costs. With fairness
    'none' there are none, since they are the pairs.

    Without a proof (a deadline): 'count' and a 'total' whose value no pairing can exceed.
    """

    stages: tuple[Stage, ...]
    plain: Stage
    plain_pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Solution:
    """Pairs and unmatched in order of mentee id. `spare_mentors`: ids of mentors with a free place.

    `status`: 'optimal', or 'not_proven' where a deadline came first. `bound`: points that no pairing with as many pairs
    can exceed. An optimal solution would have them if fairness were 'none', and `plain_lowest` as its worst pair.
    """

    pairs: tuple[Pair, ...]
    unmatched: tuple[Unmatched, ...]
    spare_mentors: tuple[str, ...]
    totals: Totals
    certificate: Certificate
    settings_hash: str
    input_hash: str
    engine_version: str
    status: str
    bound: int
    plain_lowest: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """`valid`: the pairs obey every rule and are told truly. `optimal`: and the certificate proves them best."""

    valid: bool
    optimal: bool
    problems: tuple[str, ...]
