"""The questions beside the core columns. Shape: see QuestionnaireVersion. A change of wording needs a new number.

Their English words are sentences of the catalogues: `questionnaires.queries.wording` finds the other languages.
"""

from typing import Any

from django.utils.translation import gettext_noop as _

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
    "plan": _("With a plan for each meeting"),
    "open": _("Open, following what is on our minds"),
    "direct": _("Direct feedback, also when it is hard"),
    "encouraging": _("Encouragement first"),
    "tasks": _("Something to do between meetings"),
    "thinking_aloud": _("Thinking aloud together"),
}
_TELL_EMPLOYER_HINT = _("Whatever you answer, we never tell an employer what you wrote or said.")
_ACCESSIBILITY = _ask(
    "accessibility",
    "long_text",
    "care",
    _("Is there anything we can do so that you can take part well?"),
    hint=_("Captions, large print, breaks, childcare hours: whatever helps. Matching does not use it."),
    max_length=500,
)
_CONNECTION = _ask(
    "connection",
    "text",
    "meeting",
    _("Is there anything to know about your phone or internet connection?"),
    hint=_("For instance: no video on site, signal only in the evening."),
    max_length=300,
    who_sees="pair",
)

MENTEE_QUESTIONS: list[Question] = [
    _ask(
        "qualification",
        "text",
        "work",
        _("Your highest qualification and its field"),
        hint=_("A trade certificate counts as much as a degree."),
        max_length=150,
    ),
    _ask(
        "why_apply",
        "long_text",
        "goals",
        _("Why do you apply, and why now?"),
        hint=_("A few sentences are enough. Coordinators read this when they choose."),
        required=True,
        max_length=1000,
    ),
    _ask(
        "challenge",
        "long_text",
        "goals",
        _("A challenge you face now"),
        hint=_("It helps us to find somebody who has been there."),
        max_length=1000,
    ),
    _ask(
        "wished_mentor",
        "long_text",
        "goals",
        _("What kind of mentor do you wish for?"),
        max_length=500,
    ),
    _ask(
        "working_style",
        "choices",
        "meeting",
        _("How do you like to work with a mentor?"),
        choices=_WORKING_STYLE,
        who_sees="pair",
    ),
    _ask(
        "mentee_before",
        "choice",
        "meeting",
        _("Have you had a mentor before?"),
        choices={"no": _("No"), "informal": _("Yes, informally"), "programme": _("Yes, in a programme")},
    ),
    _CONNECTION,
    _ask(
        "funding",
        "choice",
        "care",
        _("If this programme has a fee, who would pay it?"),
        hint=_("It does not change your chances."),
        choices={
            "self": _("I would"),
            "employer": _("My employer"),
            "scholarship": _("I would need a scholarship"),
            "unsure": _("I do not know yet"),
        },
    ),
    _ask(
        "scholarship_reason",
        "long_text",
        "care",
        _("If you need a scholarship: what should we know?"),
        max_length=600,
    ),
    _ask(
        "tell_employer",
        "yes_no",
        "care",
        _("May we tell your employer that you take part?"),
        hint=_TELL_EMPLOYER_HINT,
    ),
    _ACCESSIBILITY,
]

MENTOR_QUESTIONS: list[Question] = [
    _ask(
        "why_mentor",
        "long_text",
        "goals",
        _("Why do you want to be a mentor?"),
        required=True,
        max_length=1000,
    ),
    _ask(
        "turning_point",
        "long_text",
        "goals",
        _("A step in your working life that a mentee could learn from"),
        hint=_("A move, a mistake, a comeback. Your mentee reads it when we propose you."),
        max_length=600,
        who_sees="pair",
    ),
    _ask(
        "working_style",
        "choices",
        "meeting",
        _("How do you like to work with a mentee?"),
        choices=_WORKING_STYLE,
        who_sees="pair",
    ),
    _ask(
        "mentor_before",
        "choice",
        "meeting",
        _("Have you been a mentor before?"),
        choices={"no": _("No"), "informal": _("Yes, informally"), "programme": _("Yes, in a programme")},
    ),
    _ask(
        "training_taken",
        "choice",
        "meeting",
        _("Have you had training as a mentor?"),
        hint=_("We offer an introduction either way."),
        choices={"no": _("No"), "short": _("Yes, some hours"), "long": _("Yes, a day or more")},
    ),
    _CONNECTION,
    _ask(
        "tell_employer",
        "yes_no",
        "care",
        _("May we tell your employer that you take part?"),
        hint=_TELL_EMPLOYER_HINT,
    ),
    _ACCESSIBILITY,
]
