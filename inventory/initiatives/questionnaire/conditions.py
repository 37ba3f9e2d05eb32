"""When a question is asked, and when an answer is wanted."""

from collections.abc import Callable

from inventory.initiatives.questionnaire.question import Question
from inventory.initiatives.rows import Answers, value_of

PAIRED = frozenset(
    {
        *("mentoring_1to1", "mentoring_circle", "mentoring_peer", "mentoring_reverse", "mentoring_flash"),
        *("mentoring_informal", "sponsorship", "coaching"),
    }
)
STARTED = frozenset({"running", "concluding", "concluded"})
Condition = Callable[[Answers], bool]


def _pairs(answers: Answers) -> bool:
    """Until its kinds are told, an initiative may be one with pairs."""
    kinds = value_of(answers, "B2")
    return not kinds or bool(PAIRED.intersection(kinds))


ASKED: dict[str, Condition] = {
    "": lambda answers: True,
    "pairs": _pairs,
    "target": lambda answers: _pairs(answers) and value_of(answers, "C6") == "both_target",
    "minors": lambda answers: value_of(answers, "C10") == "yes",
}
NEEDED: dict[str, Condition] = {
    "": lambda answers: False,
    "always": lambda answers: True,
    "running": lambda answers: value_of(answers, "B3") in STARTED,
    "formal": lambda answers: value_of(answers, "B4") == "formal",
}


def is_asked(question: Question, answers: Answers) -> bool:
    """`answers`: of the initiative, also for questions on its editions."""
    return ASKED[question.asked](answers)


def is_needed(question: Question, answers: Answers) -> bool:
    return is_asked(question, answers) and NEEDED[question.needed](answers)
