import re
from typing import Any

from django.template.loader import render_to_string

from matching.runs.naming import MOST_NAMED
from matching.runs.rule_pages import RuleRow, rule_rows
from programmes.applications.models import Application


def person(pk: int, name: str) -> Application:
    return Application(pk=pk, first_name=name, last_name="Salas", name_folded=name.casefold())


KNOWN = {pk: person(pk, name) for pk, name in enumerate(["Ana", "Bea", "Cleo"], 1)}


def count(rule: str, pairs: int, alone: int, mentees: list[str], mentors: list[str]) -> dict[str, Any]:
    return {"rule": rule, "pairs": pairs, "alone": alone, "mentees": mentees, "mentors": mentors}


def test_rules_that_strand_somebody_come_first_and_those_that_exclude_nothing_are_left_out() -> None:
    counts = [
        count("minor", 0, 0, [], []),
        count("employer", 12, 4, [], []),
        count("language", 30, 9, ["2", "1"], ["3"]),
    ]

    assert rule_rows(counts, KNOWN) == [
        RuleRow(
            "no shared language",
            30,
            9,
            [
                "Without this rule, 2 mentees who have nobody now could be paired: Ana Salas and Bea Salas.",
                "Without this rule, 1 mentor who has nobody now could be paired: Cleo Salas.",
            ],
        ),
        RuleRow("same employer", 12, 4, []),
    ]


def test_many_are_counted_and_who_was_erased_is_not_named() -> None:
    many = {pk: person(pk, f"Person {pk:02}") for pk in range(20)}
    ids = [str(pk) for pk in [*many, 99]]

    sentence = rule_rows([count("language", 30, 9, ids, [])], many)[0].sentences[0]

    assert sentence.startswith("Without this rule, 21 mentees who have nobody now could be paired: Person 00 Salas, ")
    assert sentence.endswith(f"Person {MOST_NAMED - 1:02} Salas and 13 more.")


def test_fragment_shows_the_figures() -> None:
    page = render_to_string(
        "matching/runs/_rules.html", {"rules": rule_rows([count("employer", 12, 4, ["1"], [])], KNOWN)}
    )

    cells = re.findall(r'<td role="cell"[^>]*>(\d+)', page)
    assert cells == ["12", "4"]
    assert "Same employer" in page
    assert "could be paired: Ana Salas." in page


def test_fragment_without_rules_shows_nothing() -> None:
    assert render_to_string("matching/runs/_rules.html", {"rules": []}).strip() == ""
