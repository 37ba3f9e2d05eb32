"""The questions beside the core columns. Shape: see QuestionnaireVersion. A change of wording needs a new number."""

from typing import Any

QUESTIONS_NUMBER = 1
Question = dict[str, Any]


def _ask(code: str, kind: str, step: str, label: str, **more: Any) -> Question:
    question: Question = {
        "code": code,
        "kind": kind,
        "label": {"en": label},
        "help": {"en": more.pop("hint", "")},
        "required": more.pop("required", False),
        "choices": [{"code": choice, "label": {"en": words}} for choice, words in more.pop("choices", {}).items()],
        "max_length": more.pop("max_length", 0),
        "step": step,
        "who_sees": more.pop("who_sees", "coordinators"),
    }
    if more:
        raise TypeError(f"unknown: {sorted(more)}")
    return question


_WORKING_STYLE = {
    "plan": "With a plan for each meeting",
    "open": "Open, following what is on our minds",
    "direct": "Direct feedback, also when it is hard",
    "encouraging": "Encouragement first",
    "tasks": "Something to do between meetings",
    "thinking_aloud": "Thinking aloud together",
}
_TELL_EMPLOYER_HINT = "Whatever you answer, we never tell an employer what you wrote or said."
_ACCESSIBILITY = _ask(
    "accessibility",
    "long_text",
    "care",
    "Is there anything we can do so that you can take part well?",
    hint="Captions, large print, breaks, childcare hours: whatever helps. Matching does not use it.",
    max_length=500,
)
_CONNECTION = _ask(
    "connection",
    "text",
    "meeting",
    "Is there anything to know about your phone or internet connection?",
    hint="For instance: no video on site, signal only in the evening.",
    max_length=300,
    who_sees="pair",
)

MENTEE_QUESTIONS: list[Question] = [
    _ask(
        "qualification",
        "text",
        "work",
        "Your highest qualification and its field",
        hint="A trade certificate counts as much as a degree.",
        max_length=150,
    ),
    _ask(
        "why_apply",
        "long_text",
        "goals",
        "Why do you apply, and why now?",
        hint="A few sentences are enough. Coordinators read this when they choose.",
        required=True,
        max_length=1000,
    ),
    _ask(
        "challenge",
        "long_text",
        "goals",
        "A challenge you face now",
        hint="It helps us to find somebody who has been there.",
        max_length=1000,
    ),
    _ask(
        "wished_mentor",
        "long_text",
        "goals",
        "What kind of mentor do you wish for?",
        max_length=500,
    ),
    _ask(
        "working_style",
        "choices",
        "meeting",
        "How do you like to work with a mentor?",
        choices=_WORKING_STYLE,
        who_sees="pair",
    ),
    _ask(
        "mentee_before",
        "choice",
        "meeting",
        "Have you had a mentor before?",
        choices={"no": "No", "informal": "Yes, informally", "programme": "Yes, in a programme"},
    ),
    _CONNECTION,
    _ask(
        "funding",
        "choice",
        "care",
        "If this programme has a fee, who would pay it?",
        hint="It does not change your chances.",
        choices={
            "self": "I would",
            "employer": "My employer",
            "scholarship": "I would need a scholarship",
            "unsure": "I do not know yet",
        },
    ),
    _ask(
        "scholarship_reason",
        "long_text",
        "care",
        "If you need a scholarship: what should we know?",
        max_length=600,
    ),
    _ask(
        "tell_employer",
        "yes_no",
        "care",
        "May we tell your employer that you take part?",
        hint=_TELL_EMPLOYER_HINT,
    ),
    _ACCESSIBILITY,
]

MENTOR_QUESTIONS: list[Question] = [
    _ask(
        "why_mentor",
        "long_text",
        "goals",
        "Why do you want to be a mentor?",
        required=True,
        max_length=1000,
    ),
    _ask(
        "turning_point",
        "long_text",
        "goals",
        "A step in your working life that a mentee could learn from",
        hint="A move, a mistake, a comeback. Your mentee reads it when we propose you.",
        max_length=600,
        who_sees="pair",
    ),
    _ask(
        "working_style",
        "choices",
        "meeting",
        "How do you like to work with a mentee?",
        choices=_WORKING_STYLE,
        who_sees="pair",
    ),
    _ask(
        "mentor_before",
        "choice",
        "meeting",
        "Have you been a mentor before?",
        choices={"no": "No", "informal": "Yes, informally", "programme": "Yes, in a programme"},
    ),
    _ask(
        "training_taken",
        "choice",
        "meeting",
        "Have you had training as a mentor?",
        hint="We offer an introduction either way.",
        choices={"no": "No", "short": "Yes, some hours", "long": "Yes, a day or more"},
    ),
    _CONNECTION,
    _ask(
        "tell_employer",
        "yes_no",
        "care",
        "May we tell your employer that you take part?",
        hint=_TELL_EMPLOYER_HINT,
    ),
    _ACCESSIBILITY,
]
