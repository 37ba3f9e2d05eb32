"""The certificate as result.py words it, checked person by person and pair by pair; slow, and unlike proof.py."""

from collections import Counter
from collections.abc import Iterator

from matching.engine import Settings, Solution, Stage
from matching.engine.field import Field
from tests.matching.engine.force import take_points
from tests.matching.engine.solved import Solved

Range = tuple[int, int]


class Asked:
    """The pairings that the stages so far leave: who must be paired, how many each mentor may have, which pairs."""

    def __init__(self, solved: Solved, solution: Solution, field: Field) -> None:
        mentees, mentors, _settings = solved.cohort
        self.mentees = [mentees[row].id for row in field.rows]
        self.mentors = [mentor.id for mentor in mentors]
        self.held = dict(zip(self.mentors, field.held.tolist(), strict=True))
        self.loads: dict[str, Range] = {
            mentor: (0, min(places, len(self.mentees)))
            for mentor, places in zip(self.mentors, field.places.tolist(), strict=True)
        }
        self.must: set[str] = set()
        points = take_points(field).tolist()
        self.points = {
            (mentee, mentor): points[row][column]
            for row, mentee in enumerate(self.mentees)
            for column, mentor in enumerate(self.mentors)
            if points[row][column] >= 0
        }
        self.chosen = [(one.mentee_id, one.mentor_id) for one in solution.pairs if not one.locked]

    def is_proven(self, stage: Stage, *, reached: bool) -> bool:
        """`reached`: the chosen pairs must be worth the value, not at most that."""
        rows, columns = dict(stage.mentee_prices), dict(stage.mentor_prices)
        if list(rows) != self.mentees or list(columns) != self.mentors:
            return False
        if any(price < 0 and name not in self.must for name, price in rows.items()):
            return False
        for (mentee, mentor), points in self.points.items():
            if self.loads[mentor][1] and rows[mentee] + columns[mentor] < worth_of(stage, points):
                return False
        paid = sum(rows.values()) + sum(max(self.gains(stage, name, price)) for name, price in columns.items())
        if stage.name == "floor":
            covered = stage.level == 10_000 or stage.value < len(self.chosen)
            return covered and paid == stage.value and all(self.points[pair] >= stage.level for pair in self.chosen)
        used = Counter(mentor for _, mentor in self.chosen)
        worth = sum(worth_of(stage, self.points[pair]) for pair in self.chosen)
        worth -= sum(self.cost(stage, mentor, used[mentor]) for mentor in self.mentors)
        return paid == stage.value and (worth == paid or (worth < paid and not reached))

    def gains(self, stage: Stage, mentor: str, price: int) -> Iterator[int]:
        least, most = self.loads[mentor]
        return (load * price - self.cost(stage, mentor, load) for load in range(least, most + 1))

    def cost(self, stage: Stage, mentor: str, load: int) -> int:
        held = self.held[mentor]
        return sum(2 * nth - 1 for nth in range(held + 1, held + load + 1)) if stage.name == "load" else 0

    def narrow(self, stage: Stage) -> None:
        rows, columns = dict(stage.mentee_prices), dict(stage.mentor_prices)
        if stage.name == "floor":
            self.points = {pair: points for pair, points in self.points.items() if points >= stage.level}
            return
        self.points = {
            pair: points
            for pair, points in self.points.items()
            if self.loads[pair[1]][1] and rows[pair[0]] + columns[pair[1]] == worth_of(stage, points)
        }
        self.must |= {name for name, price in rows.items() if price > 0}
        for mentor, price in columns.items():
            gains = list(self.gains(stage, mentor, price))
            best = [self.loads[mentor][0] + place for place, gain in enumerate(gains) if gain == max(gains)]
            self.loads[mentor] = best[0], best[-1]


def worth_of(stage: Stage, points: int) -> int:
    least = {"count": 0, "band": stage.level, "floor": stage.level + 1}
    if stage.name == "total":
        return points
    return int(stage.name in least and points >= least[stage.name])


def proves(solved: Solved, solution: Solution, field: Field) -> bool:
    """Whether the certificate of an optimal solution proves the pairs best, under the settings of the cohort."""
    asked, certificate = Asked(solved, solution, field), solution.certificate
    if [stage.name for stage in certificate.stages] != list_names(solved.cohort[2]):
        return False
    for stage in certificate.stages:
        if not asked.is_proven(stage, reached=True):
            return False
        asked.narrow(stage)
        if stage.name == "count" and not asked.is_proven(certificate.plain, reached=False):
            return False
    return True


def list_names(settings: Settings) -> list[str]:
    fairness = {"none": [], "bottleneck": ["floor"], "bands": ["band"] * len(settings.bands)}
    return ["count", *fairness[settings.fairness], "total", "load"]
