"""How features of a programme go together with its outcomes. Not what causes what.

One unit is an organisation within a group: its initiatives with the feature (or without) taken together. So an
organisation with many editions counts once, and one that does both stands in both groups.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext_lazy as _

from inventory.analysis.derived import METHOD
from inventory.analysis.figures import known_of
from inventory.analysis.levels import Survey
from inventory.analysis.measures import COMPLETION, SATISFACTION, UPTAKE, Measure, number_in
from inventory.analysis.permutation import Difference, compare_means
from inventory.analysis.tables import Count
from inventory.initiatives.questionnaire.question import Label
from inventory.initiatives.readers import FEWEST
from inventory.initiatives.rows import InitiativeRow, part_of, value_of

# Over all comparisons together, so often something would be found where there is nothing.
FAMILY_RATE = 0.05
# With fewer organisations in a group a caution stands beside the figure; with fewer than FEWEST there is none.
ENOUGH = 10
Sums = tuple[float, float]
OUTCOMES = (UPTAKE, COMPLETION, SATISFACTION)


@dataclass(frozen=True)
class Feature:
    """`has`: None where it is not told."""

    name: str
    label: Label
    with_it: Label
    without: Label
    has: Callable[[InitiativeRow], bool | None]


@dataclass(frozen=True)
class Side:
    """`mean`: of its organisations' own shares; None where there are too few, and outside IWiM: the means of two
    features whose sides differ by one organisation would tell its own."""

    label: str
    organisations: Count
    mean: float | None = None


@dataclass(frozen=True)
class Association:
    feature: Feature
    outcome: Measure
    with_it: Side
    without: Side
    difference: Difference | None = None

    @property
    def needs_caution(self) -> bool:
        return self.difference is not None and any(side.organisations.known < ENOUGH for side in self.sides)

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.with_it, self.without


@dataclass(frozen=True)
class Associations:
    """`comparisons`: how many were made, so that each interval is as wide as they all need together."""

    found: list[Association]
    comparisons: int

    @property
    def told(self) -> list[Association]:
        return [one for one in self.found if one.difference is not None]


def _says(code: str, part: str, yes: Sequence[str], no: str) -> Callable[[InitiativeRow], bool | None]:
    def has(row: InitiativeRow) -> bool | None:
        value = part_of(row.answers, code, part) if part else value_of(row.answers, code)
        return True if value in yes else False if value == no else None

    return has


def _by_software(row: InitiativeRow) -> bool | None:
    return {"software": True, "hand": False}.get(METHOD.read(row)[0])


def _checks_in(row: InitiativeRow) -> bool | None:
    """Who told its milestones and did not name check-ins has none."""
    milestones = value_of(row.answers, "F6")
    return "check_ins" in milestones if milestones else None


def _takes_a_fee(row: InitiativeRow) -> bool | None:
    fee = number_in(row.answers, "G2", "mentee")
    return None if fee is None else fee > 0


_ACCEPTING, _TRAINING = ("both", "mentee_only", "mentor_only"), ("compulsory", "voluntary")
FEATURES = (
    Feature("say", _("A say in the match"), _("with a say"), _("without"), _says("E3", "", _ACCEPTING, "no")),
    Feature(
        "mentors", _("Training of mentors"), _("with training"), _("without"), _says("F5", "mentors", _TRAINING, "none")
    ),
    Feature(
        "mentees", _("Training of mentees"), _("with training"), _("without"), _says("F5", "mentees", _TRAINING, "none")
    ),
    Feature("software", _("Matching by software or by hand"), _("by software"), _("by hand"), _by_software),
    Feature("check_ins", _("Check-ins"), _("with check-ins"), _("without"), _checks_in),
    Feature("fee", _("A fee for the mentee"), _("with a fee"), _("without a fee"), _takes_a_fee),
)


def find_associations(survey: Survey) -> Associations:
    rows = survey.by_name.initiatives
    groups = {feature.name: _split(rows, feature) for feature in FEATURES}
    pairs = [(feature, outcome, *groups[feature.name]) for feature in FEATURES for outcome in OUTCOMES]
    told = {outcome.name: _read(rows, outcome) for outcome in OUTCOMES}
    units = [tuple(_values(side, told[outcome.name]) for side in sides) for _f, outcome, *sides in pairs]
    made = sum(_are_enough(one) for one in units)
    found = []
    for (feature, outcome, with_it, without), values in zip(pairs, units, strict=True):
        enough = _are_enough(values)
        sides = [
            _side(label, side, one, survey, enough)
            for label, side, one in zip((feature.with_it, feature.without), (with_it, without), values, strict=True)
        ]
        difference = compare_means(*map(np.array, values), rate=FAMILY_RATE / made) if enough else None
        found.append(Association(feature, outcome, sides[0], sides[1], difference))
    return Associations(found, made)


def _split(rows: Sequence[InitiativeRow], feature: Feature) -> tuple[list[InitiativeRow], list[InitiativeRow]]:
    said = [(row, feature.has(row)) for row in rows]
    return [row for row, has in said if has], [row for row, has in said if has is False]


def _values(rows: Iterable[InitiativeRow], told: Mapping[str, Sums]) -> list[float]:
    """Each organisation's sums of the outcome over the sum of its base."""
    parts: dict[int, float] = defaultdict(float)
    bases: dict[int, float] = defaultdict(float)
    for row in rows:
        if row.code in told:
            part, base = told[row.code]
            parts[row.organisation.id] += part
            bases[row.organisation.id] += base
    return [parts[one] / bases[one] for one in parts]


def _read(rows: Iterable[InitiativeRow], outcome: Measure) -> dict[str, Sums]:
    """Of each initiative that tells it, its editions together."""
    told: dict[str, Sums] = {}
    for row in rows:
        found = [one for edition in row.editions if (one := outcome.read(row, edition)) is not None]
        if found:
            told[row.code] = sum(part for part, _base in found), sum(base for _part, base in found)
    return told


def _are_enough(values: Sequence[list[float]]) -> bool:
    return all(len(one) >= FEWEST for one in values)


def _side(label: Label, rows: Sequence[InitiativeRow], values: list[float], survey: Survey, enough: bool) -> Side:
    """Outside IWiM few organisations are not told, nor how many of them few did not tell."""
    whole = len({row.organisation.id for row in rows})
    private = survey.level != "iwim"
    if private and len(values) < FEWEST:
        count = Count(None if values else 0, 0)
    else:
        count = known_of(len(values), whole, private)
    return Side(str(label), count, sum(values) / len(values) if enough and not private else None)
