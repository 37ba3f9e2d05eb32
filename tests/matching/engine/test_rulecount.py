import json
from dataclasses import asdict
from typing import Any

import pytest

from matching.engine import ALWAYS_ON, RULES, SWITCHABLE, Mentee, Mentor, RuleCount, Settings, count_rules
from matching.engine.failing import Comparison
from matching.engine.rules import find_broken_rules
from tests.matching.engine.cohorts import Cohort, enrich, make_cohort, make_mentee, make_mentor

ALL_HARD = frozenset(SWITCHABLE)


def count_slowly(mentees: list[Mentee], mentors: list[Mentor], settings: Settings) -> tuple[RuleCount, ...]:
    """Pair by pair, with the scalar rules."""
    broken = {
        (mentee.id, mentor.id): {
            rule
            for rule in find_broken_rules(mentee, mentor, settings)
            if rule in ALWAYS_ON or (mentee.id, mentor.id) not in settings.locked
        }
        for mentee in mentees
        for mentor in mentors
    }

    def list_stranded(people: list[Mentee] | list[Mentor], side: int, rule: str) -> tuple[str, ...]:
        hers = {one.id: [rules for pair, rules in broken.items() if pair[side] == one.id] for one in people}
        return tuple(sorted(pk for pk, all_rules in hers.items() if set() not in all_rules and {rule} in all_rules))

    return tuple(
        RuleCount(
            rule,
            sum(rule in rules for rules in broken.values()),
            sum(rules == {rule} for rules in broken.values()),
            list_stranded(mentees, 0, rule),
            list_stranded(mentors, 1, rule),
        )
        for rule in RULES[1:]
        if rule in ALWAYS_ON or rule in settings.hard
    )


@pytest.mark.parametrize("seed", range(25))
def test_counts_are_those_of_the_scalar_rules(seed: int) -> None:
    size = [(2, 2), (3, 9), (9, 3), (14, 11), (40, 4)][seed % 5]
    cohort: Cohort = enrich(make_cohort(seed, *size, gaps=0.2), seed, hard=ALL_HARD if seed % 2 else frozenset())
    mentees, mentors, settings = cohort
    locked = frozenset({(mentees[0].id, mentors[0].id), ("gone", mentors[1].id)})
    forbidden = frozenset({(mentees[1].id, mentors[0].id)})
    settings = Settings(hard=settings.hard, locked=locked, forbidden=forbidden)

    assert count_rules(mentees, mentors, settings) == count_slowly(mentees, mentors, settings)


def test_whom_a_rule_alone_leaves_with_nobody() -> None:
    """Bea shares no language with anybody; Cleo also works where both mentors do; Ada could go to both."""
    ada, bea = make_mentee(1), make_mentee(2, languages=frozenset({"mn"}))
    cleo = make_mentee(3, languages=frozenset({"mn"}), employer="orex")
    mentors = [make_mentor(1, employer="orex"), make_mentor(2, employer="orex", languages=frozenset({"fr"}))]

    counts = {count.rule: count for count in count_rules([cleo, bea, ada], mentors, Settings())}

    assert counts["language"] == RuleCount("language", 5, 3, ("e0002",), ("r0002",))
    assert counts["employer"] == RuleCount("employer", 2, 0, (), ())
    assert counts["minor"] == RuleCount("minor", 0, 0, (), ())
    assert "overlap" not in counts


def test_blocks_do_not_matter_and_the_result_is_json(monkeypatch: pytest.MonkeyPatch) -> None:
    cohort = make_cohort(4, 50, 30, hard=ALL_HARD)
    whole = count_rules(*cohort)
    monkeypatch.setattr("matching.engine.rulecount._BLOCK_PAIRS", 64)

    assert count_rules(*cohort) == whole
    assert json.loads(json.dumps([asdict(count) for count in whole]))[0]["rule"] == "same_person"


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_empty_sides(shape: tuple[int, int]) -> None:
    counts = count_rules(*make_cohort(1, *shape))

    assert [(count.pairs, count.alone, count.mentees, count.mentors) for count in counts] == [(0, 0, (), ())] * 10


def test_no_block_is_larger_than_said(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    find_failing = Comparison.find_failing

    def watch(comparison: Comparison, rows: Any) -> Any:
        failing = find_failing(comparison, rows)
        sizes.append(failing.size)
        return failing

    monkeypatch.setattr(Comparison, "find_failing", watch)

    count_rules(*make_cohort(1, 600, 400))

    assert (sum(sizes), max(sizes) <= 131_072, len(sizes)) == (240_000, True, 2)
