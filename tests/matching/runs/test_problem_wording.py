import pytest

from matching.engine import Problem
from matching.runs.wording import problem_sentence


@pytest.mark.parametrize("code", ["not_proven", "other_people"])
def test_a_question_about_a_result_that_holds_no_more_is_answered_with_what_happened(code: str) -> None:
    sentence = problem_sentence(Problem("7", "solution", code, "in the engine's words"), {"7": "Ana Salas"})

    assert sentence == "People, rules or settings changed after this result."


def test_a_problem_without_a_sentence_of_its_own_says_what_the_engine_says() -> None:
    problem = Problem("7", "pair", "locked", "The mentee '7' is locked to '9'.")

    assert problem_sentence(problem, {"7": "Ana Salas"}) == "The mentee '7' is locked to '9'."
