import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations_with_replacement

import pytest

from matching.engine import DEFAULT_HARD, Mentee, Mentor, Settings, profiles, solve
from matching.engine.covering import cover_demands
from matching.engine.profiles import Missing, Profile, find_missing_mentors
from tests.matching.engine.cohorts import Cohort, make_cohort, make_mentee, make_mentor

ES, EN = frozenset({"es"}), frozenset({"en"})


def draw_cohort(seed: int) -> tuple[Cohort, int]:
    dice = random.Random(seed)
    hard = dice.choice([DEFAULT_HARD, frozenset({"language"}), frozenset({"seniority_gap"})])
    mentees, mentors, settings = make_cohort(
        seed, dice.randint(1, 4), dice.randint(0, 2), capacities=(1, 1, 2), gaps=dice.choice([0.0, 0.2]), hard=hard
    )
    return (mentees, mentors, settings), dice.choice([1, 2, 3])


def list_additions(mentees: list[Mentee], settings: Settings, places: int) -> Iterator[list[Mentor]]:
    """Ever more new mentors of every kind."""
    languages = sorted({language for mentee in mentees for language in mentee.spoken}) or [""]
    genders = sorted({mentee.preferred_gender or "" for mentee in mentees if mentee.preferred_gender_strict}) or [""]
    kinds = [(language, gender) for language in languages for gender in genders]
    for count in range(len(mentees) + 1):
        for chosen in combinations_with_replacement(kinds, count):
            yield [
                make_mentor(
                    9000 + number,
                    languages=frozenset({language} - {""}),
                    gender=gender or None,
                    experience_months=1200,
                    capacity=places,
                )
                for number, (language, gender) in enumerate(chosen)
            ]


def count_by_force(cohort: Cohort, places: int, out_of_reach: tuple[str, ...]) -> int:
    mentees, mentors, settings = cohort
    wanting = [mentee for mentee in mentees if mentee.id not in out_of_reach]
    plain = replace(settings, fairness="none")
    return next(
        len(more)
        for more in list_additions(wanting, settings, places)
        if solve(wanting, [*mentors, *more], plain).totals.pairs == len(wanting)
    )


@pytest.mark.parametrize("batch", range(3))
def test_fewest_equals_brute_force(batch: int) -> None:
    for seed in range(batch * 10, batch * 10 + 10):
        cohort, places = draw_cohort(seed)
        missing = find_missing_mentors(*cohort, solve(*cohort), places)

        assert missing.mentors == missing.bound == count_by_force(cohort, places, missing.out_of_reach), seed
        for mentee_id in missing.out_of_reach:
            alone = [mentee for mentee in cohort[0] if mentee.id == mentee_id]
            more = next(more for more in list_additions(cohort[0], cohort[2], 9) if len(more) == 1)
            assert solve(alone, more, cohort[2]).pairs == ()


def test_two_spanish_geologists_share_a_new_mentor() -> None:
    months = (30, 70, 20)
    wanting = [make_mentee(n, languages=ES, function="geotech", experience_months=months[n - 1]) for n in range(1, 4)]
    settings = Settings()
    offering = [make_mentor(1, languages=ES, experience_months=200), make_mentor(2, languages=EN)]

    missing = find_missing_mentors(wanting, offering, settings, solve(wanting, offering, settings), places=2)

    # 70 months and a gap of 24, in steps of five years
    (profile,) = missing.profiles
    assert (profile.count, profile.language, profile.function, profile.hours, profile.gender) == (
        1,
        "es",
        "geotech",
        None,
        None,
    )
    assert profile.experience_months in (60, 120)
    assert (missing.mentors, missing.bound, missing.out_of_reach) == (1, 1, ())


def test_hours_and_gender_are_named_where_somebody_needs_them() -> None:
    evening = frozenset(range(36, 44))
    wanting = [make_mentee(1, availability=evening, preferred_gender="female", preferred_gender_strict=True)]
    settings = Settings(hard=frozenset({"overlap"}), min_overlap_slots=4)

    missing = find_missing_mentors(wanting, [], settings, solve(wanting, [], settings))

    assert missing == Missing((Profile(1, None, None, None, (32, 40), "female", ("e0001",)),), 1, 1, ())


def test_a_minor_is_out_of_reach() -> None:
    wanting = [make_mentee(1, adult=False), make_mentee(2)]

    missing = find_missing_mentors(wanting, [], Settings(), solve(wanting, [], Settings()))

    assert (missing.mentors, missing.out_of_reach) == (1, ("e0001",))


def test_nobody_is_missing_where_everybody_is_placed() -> None:
    people = [make_mentee(1)], [make_mentor(1)]

    assert find_missing_mentors(*people, Settings(), solve(*people, Settings())) == Missing((), 0, 0, ())


def test_a_large_cohort_gets_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiles, "MOST_MENTEES", 2)
    wanting = [make_mentee(n) for n in range(5)]

    assert find_missing_mentors(wanting, [], Settings(), solve(wanting, [], Settings()), 2) == Missing((), 0, 3, ())


def test_what_is_told_places_everybody_within_reach() -> None:
    """Also many people, of whom some are beyond reach; each round of the search begins from today's pairs."""
    for seed in range(6):
        mentees, mentors, settings = make_cohort(seed, 120, 8, hard=DEFAULT_HARD)
        missing = find_missing_mentors(mentees, mentors, settings, solve(mentees, mentors, settings), 2)
        more = [
            make_mentor(
                number,
                languages=frozenset({profile.language} if profile.language else ()),
                experience_months=profile.experience_months,
                gender=profile.gender,
                capacity=2,
            )
            for number, profile in enumerate(one for one in missing.profiles for _time in range(one.count))
        ]
        named = [replace(mentor, id=f"x{mentor.id}", person_key="") for mentor in more]
        free = replace(settings, fairness="none")
        within = [mentee for mentee in mentees if mentee.id not in missing.out_of_reach]

        assert missing.mentors == missing.bound >= len(named)
        assert solve(within, [*mentors, *named], free).totals.pairs == len(within)


def test_one_who_is_out_of_reach_changes_nothing_for_the_others() -> None:
    wanting = [make_mentee(0, adult=False), *(make_mentee(n) for n in range(1, 41))]

    missing = find_missing_mentors(wanting, [], Settings(), solve(wanting, [], Settings()), 3)

    assert (missing.mentors, missing.bound, missing.out_of_reach) == (14, 14, ("e0000",))


def test_hours_may_begin_at_any_half_hour() -> None:
    settings = Settings(hard=frozenset({"overlap"}), min_overlap_slots=4)
    wanting = [make_mentee(1, availability=frozenset(range(7, 11)))]

    missing = find_missing_mentors(wanting, [], settings, solve(wanting, [], settings))

    (profile,) = missing.profiles
    assert profile.hours is not None
    assert profile.hours[0] <= 7 < 11 <= profile.hours[1]
    assert missing.out_of_reach == ()


def test_a_search_that_must_stop_tells_enough_and_its_bound() -> None:
    # Spanish and English speakers, two of each too many to share
    wanting = [make_mentee(n, languages=ES if n % 2 else EN) for n in range(10)]

    stopped = find_missing_mentors(wanting, [], Settings(), solve(wanting, [], Settings()), 4, lambda: True)
    whole = find_missing_mentors(wanting, [], Settings(), solve(wanting, [], Settings()), 4)

    assert (stopped.mentors, stopped.bound) == (4, 3)
    assert (whole.mentors, whole.bound) == (4, 4)


def test_demands_that_overlap_are_met_together() -> None:
    demands = [(frozenset({0, 1}), 2), (frozenset({1, 2}), 2), (frozenset({0, 2}), 1)]

    counts, bound = cover_demands(3, demands)

    assert (sum(counts), bound) == (3, 3)
    assert all(sum(counts[kind] for kind in useful) >= needed for useful, needed in demands)


def test_large_demands_are_met_as_fast() -> None:
    demands = [(frozenset({one, other}), 700) for one in range(3) for other in range(one)]

    counts, bound = cover_demands(3, demands)

    assert (sum(counts), bound) == (1_050, 1_050)


def test_without_demands_nothing_is_needed() -> None:
    assert cover_demands(2, []) == ([0, 0], 0)
