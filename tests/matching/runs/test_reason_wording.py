"""Why somebody has no mentor, as a coordinator reads it."""

from typing import Any

import pytest

from matching.engine import REASON_CODES
from matching.runs.people import own_word
from matching.runs.reason_wording import reason_sentences
from programmes.applications.models import Application


def reason(code: str, **values: Any) -> dict[str, Any]:
    found = {"mentee_id": "7", "code": code, "values": values}
    assert set(values) == set(REASON_CODES[code])
    return found


GROUP: dict[str, Any] = {
    "admissible": 3,
    "best_points": 7420,
    "rules": [["language", 12], ["employer", 3]],
    "overall": False,
    "group": 4,
    "places": 2,
    "mentors": 1,
    "people": ["7", "8", "9"],
    "common": {"languages": ["es"], "function": "geology", "preferred_language": "es"},
}


def known(*names: str) -> dict[int, Application]:
    people = [Application(pk=pk, first_name=name, name_folded=name.casefold()) for pk, name in enumerate(names, 7)]
    return {person.pk: person for person in people}


@pytest.mark.parametrize(
    ("openings", "sentences"),
    [
        (
            [[["language"], 2], [["employer", "overlap"], 1]],
            [
                "Without the rule “no shared language” alone, 2 mentors would open.",
                "Without the rules “same employer” and “too few shared hours” together, 1 mentor would open.",
            ],
        ),
        # as engine 1 stored them
        ([["language", 2], ["employer", 0]], ["Without the rule “no shared language” alone, 2 mentors would open."]),
        ([], []),
    ],
)
def test_smallest_sets_of_rules(openings: list[Any], sentences: list[str]) -> None:
    told = reason("no_admissible_mentor", mentors=5, rules=[["language", 4], ["employer", 1]], openings=openings)

    assert reason_sentences(told) == [
        "All 5 mentors are ruled out for her: no shared language (4) and same employer (1).",
        *sentences,
    ]


def test_group_with_names_traits_and_what_she_could_have() -> None:
    told = reason_sentences(reason("places_short", **GROUP), known("Ana", "Zoe", "Bea"))

    assert told == [
        "4 mentees, she among them, share 2 places with 1 mentor. In common: Spanish (preferred) and geology.",
        "The others are Bea and Zoe.",
        (
            "3 mentors would do for her, the best with 74.2 points. "
            "Others are ruled out: no shared language (12) and same employer (3)."
        ),
    ]


def test_own_words_are_told_where_they_are_known_and_left_out_elsewhere() -> None:
    diver = own_word("Diver")
    told = reason("places_short", **{**GROUP, "people": [], "common": {"function": diver, "country": "CL"}})

    one = reason_sentences(told, {}, {diver: "Diver"})[0]
    other = reason_sentences(told, {}, {})[0]

    assert one == "4 mentees, she among them, share 2 places with 1 mentor. In common: Diver and Chile."
    assert other == "4 mentees, she among them, share 2 places with 1 mentor. In common: Chile."


def test_overall() -> None:
    told = reason("places_short", **{**GROUP, "overall": True, "people": [], "common": {}, "rules": []})

    assert reason_sentences(told) == [
        "Places are short overall: 4 mentees share 2 mentor places.",
        "3 mentors would do for her, the best with 74.2 points.",
    ]


def test_as_engine_1_stored_it() -> None:
    values = {"overall": False, "group": 4, "places": 2, "mentors": 1}

    assert reason_sentences({"mentee_id": "7", "code": "places_short", "values": values}) == [
        "4 mentees, she among them, share 2 places with 1 mentor."
    ]
