from typing import Any

import pytest

from matching.engine import RULES, SWITCHABLE, Settings, find_broken_rules, score_pair
from tests.matching.engine.cohorts import make_mentee, make_mentor

ALL_HARD = frozenset(SWITCHABLE)
MENTEE, MENTOR = "e0001@example.org", "r0001@example.org"
STRICT: dict[str, Any] = {"preferred_gender": "female", "preferred_gender_strict": True}
TEN, FAR = frozenset(range(10)), frozenset(range(7, 17))


@pytest.mark.parametrize(
    ("rule", "mentee", "mentor"),
    [
        ("same_person", {"person_key": MENTOR}, {}),
        ("not_with", {"not_with_people": frozenset({MENTOR})}, {}),
        ("not_with", {}, {"not_with_people": frozenset({MENTEE})}),
        ("not_with", {"not_with_people": frozenset({"maya invented"})}, {"name_key": "maya invented"}),
        ("not_with", {"name_key": "maya invented"}, {"not_with_people": frozenset({"maya invented"})}),
        ("not_with", {"not_with_employers": frozenset({"orex"})}, {"employer": "orex"}),
        ("not_with", {"employer": "orex"}, {"not_with_employers": frozenset({"orex"})}),
        ("paired_before", {"past_partner_keys": frozenset({MENTOR})}, {}),
        ("paired_before", {}, {"past_partner_keys": frozenset({MENTEE})}),
        ("reporting_line", {"line_manager_keys": frozenset({MENTOR})}, {}),
        ("reporting_line", {}, {"line_manager_keys": frozenset({MENTEE})}),
        ("gender_strict", STRICT, {"gender": "male"}),
        ("gender_strict", STRICT, {}),
        ("gender_strict", {"gender": "nonbinary"}, STRICT),
        ("minor", {"adult": False}, {}),
        ("minor", {"adult": True}, {"adult": False}),
        ("language", {"languages": frozenset({"es"})}, {}),
        ("language", {"languages": frozenset()}, {}),
        ("employer", {"employer": "orex"}, {"employer": "orex"}),
        ("seniority_gap", {"experience_months": 100}, {"experience_months": 123}),
        ("overlap", {"availability": TEN}, {"availability": FAR}),
    ],
)
def test_rule_excludes(rule: str, mentee: dict[str, Any], mentor: dict[str, Any]) -> None:
    people = make_mentee(**mentee), make_mentor(**mentor)

    broken = find_broken_rules(*people, Settings(hard=ALL_HARD))
    switched_off = find_broken_rules(*people, Settings(hard=frozenset()))

    assert broken == (rule,)
    assert switched_off == (() if rule in SWITCHABLE else (rule,))


@pytest.mark.parametrize(
    ("mentee", "mentor"),
    [
        ({}, {}),
        ({"person_key": ""}, {"person_key": ""}),
        ({"not_with_people": frozenset({""})}, {"name_key": ""}),
        ({"employer": None}, {"employer": None}),
        ({"employer": "orex"}, {"employer": "norex"}),
        ({"experience_months": None}, {"experience_months": 0}),
        ({"experience_months": 100}, {"experience_months": 124}),
        ({"availability": TEN}, {"availability": frozenset()}),
        ({"availability": TEN}, {"availability": frozenset(range(6, 16))}),
        ({"adult": None}, {"adult": True}),
        ({"adult": False}, {"adult": False}),
        (STRICT, {"gender": "female"}),
        ({"preferred_gender": "female"}, {"gender": "male"}),
        ({"preferred_gender_strict": True}, {"gender": None}),
        ({"languages": frozenset(), "preferred_language": "en"}, {}),
    ],
)
def test_rule_does_not_exclude(mentee: dict[str, Any], mentor: dict[str, Any]) -> None:
    assert find_broken_rules(make_mentee(**mentee), make_mentor(**mentor), Settings(hard=ALL_HARD)) == ()


def test_first_rule_in_order_is_named() -> None:
    mentee = make_mentee(
        **{"person_key": MENTOR, "languages": frozenset(), "employer": "orex", "adult": False, **STRICT},
        not_with_people=frozenset({MENTOR}),
        past_partner_keys=frozenset({MENTOR}),
        line_manager_keys=frozenset({MENTOR}),
        experience_months=9,
        availability=TEN,
    )
    mentor = make_mentor(employer="orex", experience_months=9, availability=FAR)
    settings = Settings(hard=ALL_HARD, forbidden=frozenset({(mentee.id, mentor.id)}))

    score = score_pair(mentee, mentor, settings)

    assert find_broken_rules(mentee, mentor, settings) == RULES[1:]
    assert (score.points, score.rule, len(score.parts)) == (None, "same_person", 9)
