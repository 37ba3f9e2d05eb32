from typing import Any

import pytest

from matching.engine import (
    DEFAULT_WEIGHTS,
    PROBLEM_CODES,
    CohortError,
    Mentee,
    Mentor,
    Roster,
    Settings,
    cohort_from_json,
    cohort_to_json,
    solve,
)
from tests.matching.engine.cohorts import enrich, make_cohort, make_mentee, make_mentor

KEY = "r0001@example.org"
LOCK = {"locked": frozenset({("e0001", "r0001")})}
ONE, OTHER = [make_mentee()], [make_mentor()]
STRICT: dict[str, Any] = {"preferred_gender": "female", "preferred_gender_strict": True}

Case = tuple[list[str], list[Mentee], list[Mentor], dict[str, Any]]
CASES: list[Case] = [
    (["missing"], [make_mentee(id="")], OTHER, {}),
    (["missing"], ONE, [make_mentor(capacity=None)], {}),
    (["duplicate_id"], [*ONE, *ONE], OTHER, {}),
    (["duplicate_id"], ONE, [*OTHER, *OTHER, *OTHER], {}),
    (["out_of_range"], ONE, [make_mentor(capacity=51)], {}),
    (["out_of_range"], ONE, [make_mentor(capacity=-1)], {}),
    (["out_of_range"], ONE, [make_mentor(capacity=True)], {}),
    (["out_of_range"], [make_mentee(experience_months=1201)], OTHER, {}),
    (["out_of_range"], [make_mentee(utc_offset_min=2000)], OTHER, {}),
    (["out_of_range"], [make_mentee(availability=frozenset({336}))], OTHER, {}),
    (["unknown_choice"], [make_mentee(gender="woman")], OTHER, {}),
    (["unknown_choice"], ONE, [make_mentor(preferred_gender="any")], {}),
    (["unknown_choice"], [make_mentee(top_criterion="stars")], OTHER, {}),
    (["ranked_twice"], [make_mentee(ranking=("r0001", "r0001"))], OTHER, {}),
    (["out_of_range"], ONE, [make_mentor(roster=Roster(days_on=61, days_off=7))], {}),
    (["out_of_range"], ONE, [make_mentor(roster=Roster(days_on=7, days_off=0))], {}),
    (["out_of_range"], ONE, [make_mentor(roster=Roster(days_on=7, days_off=7, first_day_on=0))], {}),
    (["unknown_choice"], ONE, [make_mentor(roster=Roster(days_on=7, days_off=7, free="both"))], {}),
    (["too_many_people", "duplicate_id"], ONE * 20_001, OTHER, {}),
    (
        ["weights_missing", "weights_sum"],
        ONE,
        OTHER,
        {"weights": {k: v for k, v in DEFAULT_WEIGHTS.items() if k != "goals"}},
    ),
    (["weights_unknown", "weights_sum"], ONE, OTHER, {"weights": {**DEFAULT_WEIGHTS, "stars": 1}}),
    (["weights_negative"], ONE, OTHER, {"weights": {**DEFAULT_WEIGHTS, "goals": -30}}),
    (["weights_negative"], ONE, OTHER, {"weights": {**DEFAULT_WEIGHTS, "goals": 30.0}}),
    (["weights_sum"], ONE, OTHER, {"weights": {**DEFAULT_WEIGHTS, "goals": 31}}),
    (["weights_unknown"], ONE, OTHER, {"weights": {**DEFAULT_WEIGHTS, "own:q": 0}}),
    (["unknown_choice"], ONE, OTHER, {"own_criteria": {"own:q": "likeness"}}),
    (["unknown_choice"], ONE, OTHER, {"own_criteria": {"q": "same"}}),
    (["out_of_range"], ONE, OTHER, {"top_criterion_extra": 51}),
    (["unknown_rule"], ONE, OTHER, {"hard": frozenset({"language", "minor"})}),
    (["out_of_range"], ONE, OTHER, {"bands": ()}),
    (["out_of_range"], ONE, OTHER, {"bands": (0, 40)}),
    (["out_of_range"], ONE, OTHER, {"bands": (40, 101)}),
    (["out_of_range"], ONE, OTHER, {"bands": (40.0,)}),
    (["out_of_range"], ONE, OTHER, {"bands": (55, 40)}),
    (["out_of_range"], ONE, OTHER, {"bands": (40, 40)}),
    (["out_of_range"], ONE, OTHER, {"bands": tuple(range(1, 12))}),
    (["unknown_choice"], ONE, OTHER, {"fairness": "lottery"}),
    (["out_of_range"], ONE, OTHER, {"min_gap_months": 5000}),
    (["out_of_range"], ONE, OTHER, {"ideal_gap_months": (180, 60)}),
    (["out_of_range"], ONE, OTHER, {"min_overlap_slots": -1}),
    (["lock_unknown_mentee", "lock_unknown_mentor"], ONE, OTHER, {"locked": frozenset({("x", "y")})}),
    (["lock_twice"], ONE, [*OTHER, make_mentor(2)], {"locked": frozenset({("e0001", "r0001"), ("e0001", "r0002")})}),
    (["lock_over_capacity"], ONE, [make_mentor(capacity=0)], LOCK),
    (["lock_forbidden"], ONE, OTHER, {**LOCK, "forbidden": LOCK["locked"]}),
    (["lock_breaks.same_person"], [make_mentee(person_key=KEY)], OTHER, LOCK),
    (["lock_breaks.not_with"], [make_mentee(not_with_people=frozenset({KEY}))], OTHER, LOCK),
    (["lock_breaks.paired_before"], [make_mentee(past_partner_keys=frozenset({KEY}))], OTHER, LOCK),
    (["lock_breaks.reporting_line"], [make_mentee(line_manager_keys=frozenset({KEY}))], OTHER, LOCK),
    (["lock_breaks.gender_strict"], [make_mentee(**STRICT)], OTHER, LOCK),
    (["lock_breaks.minor"], [make_mentee(adult=False)], OTHER, LOCK),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(case[0]))
def test_refused(case: Case) -> None:
    codes, mentees, mentors, settings = case

    with pytest.raises(CohortError) as refusal:
        solve(mentees, mentors, Settings(**settings))

    assert [problem.code for problem in refusal.value.problems] == codes


def test_unknown_fairness_is_refused_with_those_there_are() -> None:
    with pytest.raises(CohortError, match="Fairness 'lottery' is none of none, bottleneck, bands"):
        solve([], [], Settings(fairness="lottery"))


def test_all_problems_are_listed_at_once() -> None:
    settings = Settings(hard=frozenset({"minor"}), fairness="lottery", locked=frozenset({("x", "r0001")}))

    with pytest.raises(CohortError) as refusal:
        solve([*ONE, *ONE], [make_mentor(capacity=99)], settings)

    told = [(problem.row_id, problem.field, problem.code) for problem in refusal.value.problems]
    assert told == [
        ("e0001", "id", "duplicate_id"),
        ("r0001", "capacity", "out_of_range"),
        ("", "hard", "unknown_rule"),
        ("", "fairness", "unknown_choice"),
        ("x", "locked", "lock_unknown_mentee"),
    ]


def test_lock_of_a_rule_that_is_off_is_kept() -> None:
    settings = Settings(hard=frozenset(), locked=LOCK["locked"])

    solution = solve([make_mentee(languages=frozenset())], OTHER, settings)

    assert [(pair.mentee_id, pair.mentor_id, pair.locked) for pair in solution.pairs] == [("e0001", "r0001", True)]


READING = [
    (["missing", "missing"], {}),
    (["unknown_field"], {"mentees": [{"id": "1", "person_key": "a@example.org", "age": 3}], "mentors": []}),
    (["wrong_type"], {"mentees": [{"id": "1", "person_key": "a@example.org", "adult": "yes"}], "mentors": []}),
    (["wrong_type"], {"mentees": [{"id": "1", "person_key": "a@example.org", "goals": "abc"}], "mentors": []}),
    (["wrong_type"], {"mentees": [{"id": "1", "person_key": "a@example.org", "goals": [["a"]]}], "mentors": []}),
    (["missing"], {"mentees": [{"id": "1"}], "mentors": []}),
    (["wrong_type"], {"mentees": ["x"], "mentors": []}),
    (["wrong_type"], {"mentees": [], "mentors": [], "settings": {"locked": [["a", "b", "c"]]}}),
    (["wrong_type"], {"mentees": [], "mentors": [], "settings": {"weights": {"goals": "30"}}}),
]


@pytest.mark.parametrize(("codes", "document"), READING)
def test_unreadable_document(codes: list[str], document: dict[str, Any]) -> None:
    with pytest.raises(CohortError) as refusal:
        cohort_from_json(document)

    assert [problem.code for problem in refusal.value.problems] == codes


def test_documents_of_before_are_read_with_defaults() -> None:
    document = cohort_to_json(ONE, OTHER, Settings())
    for person in (*document["mentees"], *document["mentors"]):
        for name in ("roster", "own_answers", "ranking"):
            del person[name]
    del document["mentees"][0]["top_criterion"]
    del document["settings"]["own_criteria"], document["settings"]["top_criterion_extra"]

    assert cohort_from_json(document) == (ONE, OTHER, Settings())


def test_everything_comes_back_from_its_document() -> None:
    mentees, mentors, settings = enrich(make_cohort(1, 12, 8), 1)

    assert cohort_from_json(cohort_to_json(mentees, mentors, settings)) == (mentees, mentors, settings)


def test_every_problem_code_has_a_case() -> None:
    assert {code for case in CASES for code in case[0]} | {code for codes, _ in READING for code in codes} == set(
        PROBLEM_CODES
    )
