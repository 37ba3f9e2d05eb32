"""Groups of mentees who share too few places: counted by an independent search, and minimal by trying every part."""

import random
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import pytest

from matching.engine import Mentee, Settings, Solution, Unmatched, score_pair, solve, verify
from matching.engine.explain import MOST_NAMED
from tests.matching.engine.cohorts import Cohort, make_mentee, make_mentor, weigh

ES = frozenset({"es"})
LANGUAGES = ("en", "es", "fr", "mn", "pt")


@dataclass(frozen=True)
class Search:
    """Who can go where, of the open mentees and the mentors with places left beside locks."""

    mentors: dict[str, set[str]]  # open mentors admissible to each open mentee
    places: dict[str, int]
    mentees: dict[str, set[str]]  # open mentees of each mentor now
    left_out: list[str]

    @classmethod
    def of(cls, cohort: Cohort, solution: Solution) -> "Search":
        people, mentors, settings = cohort
        locked = dict(settings.locked)
        places = {one.id: one.capacity - list(locked.values()).count(one.id) for one in mentors}
        admissible = {
            mentee.id: {
                one.id for one in mentors if places[one.id] and score_pair(mentee, one, settings).points is not None
            }
            for mentee in people
            if mentee.id not in locked
        }
        now: dict[str, set[str]] = {one.id: set() for one in mentors}
        for pair in solution.pairs:
            if not pair.locked:
                now[pair.mentor_id].add(pair.mentee_id)
        return cls(admissible, places, now, [one.mentee_id for one in solution.unmatched])

    def gather(self, start: set[str]) -> tuple[set[str], set[str]]:
        """The mentees and mentors that exchanges from these mentees lead to."""
        people, mentors = set(start), set[str]()
        while True:
            reached = set().union(*(self.mentors[one] for one in people))
            if reached == mentors:
                return people, mentors
            mentors = reached
            people |= set().union(*(self.mentees[one] for one in mentors))

    def count_places(self, mentors: set[str]) -> int:
        return sum(self.places[one] for one in mentors)

    def expect(self, mentee_id: str) -> dict[str, Any]:
        """A group that holds more than half of the others, or all places, is told for all left out together."""
        people, mentors = self.gather({mentee_id})
        every = self.count_places(set(self.places))
        together = len(people) - 1 > len(self.mentors) // 2 or self.count_places(mentors) == every
        if together:
            people, mentors = self.gather({one for one in self.left_out if self.mentors[one]})
        return {
            "overall": self.count_places(mentors) == every,
            "group": len(people),
            "places": self.count_places(mentors),
            "mentors": len(mentors),
            "people": [] if together or len(people) > MOST_NAMED else sorted(people),
        }


def find_common(people: list[Mentee]) -> dict[str, Any]:
    spoken = {language for language in LANGUAGES if all(language in one.spoken for one in people)}
    found: dict[str, Any] = {"languages": sorted(spoken)} if spoken else {}
    for name in ("function", "country", "preferred_language"):
        stated = [getattr(one, name) for one in people]
        if stated[0] is not None and stated == stated[:1] * len(stated):
            found[name] = stated[0]
    return found


def draw_segmented(seed: int) -> Cohort:
    """Few languages, mostly one each, so that small groups share too few places; a lock and mentors without a place."""
    dice = random.Random(seed)

    def draw() -> dict[str, Any]:
        spoken = dice.sample(LANGUAGES, dice.choice([1, 1, 1, 2]))
        return {
            "languages": frozenset(spoken),
            "preferred_language": dice.choice([None, spoken[0]]),
            "country": dice.choice([None, "PE", "PE", "CL"]),
            "function": dice.choice([None, "hse", "geotech"]),
        }

    mentees = [make_mentee(n, **draw()) for n in range(dice.choice([12, 20, 30]))]
    mentors = [make_mentor(n, capacity=dice.choice([0, 1, 1, 2]), **draw()) for n in range(dice.choice([6, 10, 16]))]
    settings = Settings()
    cells = [(a.id, b.id) for a in mentees for b in mentors if b.capacity and score_pair(a, b, settings).rule is None]
    return mentees, mentors, replace(settings, locked=frozenset(dice.sample(cells, 1) if cells else ()))


@pytest.mark.parametrize("seed", range(40))
def test_groups_are_those_of_an_independent_search(seed: int) -> None:
    cohort = draw_segmented(seed)
    by_id = {mentee.id: mentee for mentee in cohort[0]}

    solution = solve(*cohort)

    search = Search.of(cohort, solution)
    for reason in solution.unmatched:
        if reason.code != "places_short" or not search.mentors[reason.mentee_id]:
            continue
        values = reason.values
        assert {key: values[key] for key in ("overall", "group", "places", "mentors", "people")} == search.expect(
            reason.mentee_id
        )
        assert values["group"] > values["places"]
        if values["people"]:
            assert values["common"] == find_common([by_id[one] for one in values["people"]])
    assert verify(*cohort, solution).optimal


def test_no_part_of_a_group_with_her_is_short_by_itself() -> None:
    tried = 0
    for seed in range(40):
        cohort = draw_segmented(seed)
        solution = solve(*cohort)
        search = Search.of(cohort, solution)
        for reason in solution.unmatched:
            people = reason.values.get("people", [])
            if not 2 <= len(people) <= 9:
                continue
            tried += 1
            others = [one for one in people if one != reason.mentee_id]
            short = [
                part
                for size in range(len(others) + 1)
                for part in combinations(others, size)
                if is_short(search, {reason.mentee_id, *part})
            ]
            assert short == [tuple(others)], f"seed {seed}"
    assert tried > 20


def is_short(search: Search, people: set[str]) -> bool:
    return len(people) > search.count_places(set().union(*(search.mentors[one] for one in people)))


def test_group_that_shares_too_few_places() -> None:
    mentees = [make_mentee(n, languages=ES, country="PE" if n == 2 else "CL", function="hse") for n in range(1, 4)]
    mentees += [make_mentee(n) for n in range(7, 12)]
    mentors = [make_mentor(1, languages=ES, capacity=2, country="CL"), make_mentor(2, capacity=6)]

    solution = solve(mentees, mentors, Settings(weights=weigh(region=100)))

    values = {
        "admissible": 1,
        "best_points": 6000,
        "rules": [["language", 1]],
        "overall": False,
        "group": 3,
        "places": 2,
        "mentors": 1,
        "people": ["e0001", "e0002", "e0003"],
        "common": {"languages": ["es"], "function": "hse"},
    }
    assert solution.unmatched == (Unmatched("e0002", "places_short", values),)


def test_large_group_is_counted_and_not_listed() -> None:
    mentees = [make_mentee(n, languages=ES) for n in range(70)] + [make_mentee(n) for n in range(100, 250)]
    mentors = [make_mentor(n, languages=ES, capacity=32) for n in range(2)]
    mentors += [make_mentor(n, capacity=50) for n in range(2, 6)]

    solution = solve(mentees, mentors, Settings())

    told = [{**one.values, "best_points": None} for one in solution.unmatched]
    values = {
        "admissible": 2,
        "best_points": None,
        "rules": [["language", 4]],
        "overall": False,
        "group": 65,
        "places": 64,
        "mentors": 2,
        "people": [],
        "common": {"languages": ["es"]},
    }
    assert told == [values] * 6


@pytest.mark.parametrize(("capacity", "locks", "group"), [(3, 0, 5), (3, 1, 4), (1, 1, 4), (0, 0, 5)])
def test_places_short_overall(capacity: int, locks: int, group: int) -> None:
    mentees, mentors = (
        [make_mentee(n) for n in range(5)],
        [make_mentor(1, capacity=capacity), make_mentor(2, capacity=0)],
    )
    settings = Settings(locked=frozenset({("e0000", "r0001")} if locks else ()))

    solution = solve(mentees, mentors, settings)

    places = capacity - locks
    told = {key: solution.unmatched[0].values[key] for key in ("overall", "group", "places", "mentors", "people")}
    assert told == {"overall": True, "group": group, "places": places, "mentors": int(places > 0), "people": []}
    assert len(solution.unmatched) == group - places
    assert len({str(one.values) for one in solution.unmatched}) == 1


def test_mentor_without_a_place_left_helps_nobody() -> None:
    """Her only mentor is taken by a lock: she alone is the group."""
    mentees = [make_mentee(1, languages=ES), make_mentee(2, languages=ES), make_mentee(3)]
    mentors = [make_mentor(1, languages=ES), make_mentor(2, capacity=2)]
    settings = Settings(locked=frozenset({("e0002", "r0001")}))

    solution = solve(mentees, mentors, settings)

    told = {key: solution.unmatched[0].values[key] for key in ("overall", "group", "places", "mentors", "people")}
    assert told == {"overall": False, "group": 1, "places": 0, "mentors": 0, "people": ["e0001"]}
