"""Invented cohorts for the engine's tests: the same seed gives the same people."""

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from matching.engine import DEFAULT_WEIGHTS, GENDERS, Mentee, Mentor, Roster, Settings

GOALS = [
    *[
        "direction",
        "leadership",
        "technical",
        "change",
        "visibility",
        "confidence",
        "negotiating",
        "managing",
        "balance",
        "returning",
    ],
    *["entrepreneurship", "board", "studies"],
]
FUNCTIONS = ["exploration", "resource_geology", "mining_eng", "geotech", "processing", "hse", "other", "own:sampling"]
COUNTRIES = ["AU", "BR", "CA", "CL", "EC", "GB", "GH", "ID", "KE", "MN", "MX", "NG", "PE", "US", "ZA", "ZZ"]
LANGUAGES = ["en", "es", "fr", "id", "mn", "pt", "sw"]
OFFSETS = [-480, -300, -180, 0, 60, 180, 330, 480, 660, 840, -720]

OWN = {"own:style": "same", "own:topics": "share", "own:places": "overlap"}
# Nine criteria, both rankings and three own questions.
ALL_WEIGHTS = {
    **dict.fromkeys(DEFAULT_WEIGHTS, 6),
    "goals": 7,
    "mentee_ranking": 12,
    "mentor_ranking": 8,
    "own:style": 7,
    "own:topics": 9,
    "own:places": 9,
}
TOPS = [None, None, *ALL_WEIGHTS, "own:gone"]

Cohort = tuple[list[Mentee], list[Mentor], Settings]


def make_mentee(number: int = 1, **fields: Any) -> Mentee:
    return Mentee(**{"id": f"e{number:04}", "person_key": f"e{number:04}@example.org", "languages": EN, **fields})


def make_mentor(number: int = 1, **fields: Any) -> Mentor:
    return Mentor(**{"id": f"r{number:04}", "person_key": f"r{number:04}@example.org", "languages": EN, **fields})


EN = frozenset({"en"})


def draw_fields(dice: random.Random, *, gaps: float, senior: bool) -> dict[str, Any]:
    """`gaps`: share of fields left unstated."""

    def maybe(value: Any, empty: Any = None) -> Any:
        return empty if dice.random() < gaps else value

    start = dice.randrange(336)
    return {
        "languages": maybe(
            frozenset({dice.choice(LANGUAGES), *dice.sample(["en", "es"], dice.randrange(3))}), frozenset()
        ),
        "preferred_language": maybe(dice.choice([None, *LANGUAGES])),
        "employer": maybe(f"employer {dice.randrange(12)}"),
        "country": maybe(dice.choice(COUNTRIES)),
        "utc_offset_min": maybe(dice.choice(OFFSETS)),
        "function": maybe(dice.choice(FUNCTIONS)),
        "experience_months": maybe(dice.randrange(60, 480) if senior else dice.randrange(0, 200)),
        "gender": maybe(dice.choice(GENDERS)),
        "goals": maybe(frozenset(dice.sample(GOALS, dice.randrange(1, 6))), frozenset()),
        "interests": maybe(frozenset(f"i{n}" for n in dice.sample(range(100), dice.randrange(4, 25))), frozenset()),
        "availability": maybe(frozenset((start + n) % 336 for n in range(dice.randrange(1, 120))), frozenset()),
        "preferred_gender": dice.choice([None, None, *GENDERS]),
        "preferred_gender_strict": dice.random() < 0.2,
        "adult": dice.choice([None, True, True, True, True, True, True, True, False]),
    }


def draw_refusals(dice: random.Random, others: str, count: int) -> dict[str, Any]:
    """Rare entries that name somebody of the other side."""
    key = f"{others}{dice.randrange(count):04}@example.org"
    return {
        "line_manager_keys": frozenset({key} if dice.random() < 0.05 else ()),
        "past_partner_keys": frozenset({key} if dice.random() < 0.05 else ()),
        "not_with_people": frozenset({key, "name 3"} if dice.random() < 0.08 else ()),
        "not_with_employers": frozenset({f"employer {dice.randrange(12)}"} if dice.random() < 0.08 else ()),
        "name_key": f"name {dice.randrange(40)}" if dice.random() < 0.7 else "",
    }


def make_cohort(
    seed: int,
    mentees: int,
    mentors: int,
    *,
    gaps: float = 0.1,
    capacities: tuple[int, ...] = (1, 1, 1, 2, 3),
    **settings: Any,
) -> Cohort:
    dice = random.Random(seed)
    wanting = [
        make_mentee(n, **draw_fields(dice, gaps=gaps, senior=False), **draw_refusals(dice, "r", max(1, mentors)))
        for n in range(mentees)
    ]
    offering = [
        make_mentor(
            n,
            **draw_fields(dice, gaps=gaps, senior=True),
            **draw_refusals(dice, "e", max(1, mentees)),
            capacity=dice.choice(capacities),
        )
        for n in range(mentors)
    ]
    return wanting, offering, Settings(**settings)


def draw_roster(dice: random.Random) -> Roster | None:
    if dice.random() < 0.4:
        return None
    days_on, days_off = dice.choice([(7, 7), (14, 7), (20, 10), (4, 3), (28, 28), (1, 60)])
    first = dice.choice([None, dice.randrange(1, 4_000), 739_999])
    return Roster(days_on=days_on, days_off=days_off, first_day_on=first, free=dice.choice(["on", "off"]))


def enrich(cohort: Cohort, seed: int, **settings: Any) -> Cohort:
    """The same people with rosters, rankings, answers to own questions and what counts most for mentees."""
    dice = random.Random(f"more {seed}")
    mentees, mentors, given = cohort

    def draw(others: list[Any]) -> dict[str, Any]:
        ids = [*(other.id for other in others), "gone"]
        answers = {
            "own:style": frozenset(dice.sample(["plan", "open"], dice.choice([0, 1, 1, 1]))),
            "own:topics": frozenset(f"t{n}" for n in dice.sample(range(90), dice.randrange(60))),
            "own:places": frozenset(dice.sample("abcdef", dice.randrange(5))),
        }
        return {
            "roster": draw_roster(dice),
            "ranking": tuple(dice.sample(ids, min(len(ids), dice.choice([0, 0, 1, 3, 7])))),
            "own_answers": {key: answer for key, answer in answers.items() if answer or dice.random() < 0.5},
        }

    return (
        [replace(one, **draw(mentors), top_criterion=dice.choice(TOPS)) for one in mentees],
        [replace(one, **draw(mentees)) for one in mentors],
        replace(given, **{"weights": ALL_WEIGHTS, "own_criteria": OWN, **settings}),
    )


def weigh(**weights: int) -> Mapping[str, int]:
    """All weights that are not named are 0."""
    return {key: weights.get(key, 0) for key in DEFAULT_WEIGHTS}
