"""Sections I and J: results and what was learned."""

from django.utils.translation import gettext_lazy as _

from inventory.initiatives.questionnaire.lists import TEMPLATES
from inventory.initiatives.questionnaire.question import Question
from wimmentor.base.codes import CHALLENGE, EVALUATION_LEVEL, SUCCESS_FACTOR

RESULTS = (
    Question(
        code="I1",
        column="evaluation",
        kind="many",
        choices=EVALUATION_LEVEL,
        text=_("How do you evaluate?"),
        visibility="alliance",
        needed="always",
    ),
    Question(
        code="I5",
        column="evidence_link",
        kind="url",
        has_words=True,
        text=_("Evidence you can share (report, link, file)"),
        help=_("No personal data of participants."),
        visibility="alliance",
        max_length=300,
    ),
)

LESSONS = (
    Question(
        code="J1",
        column="success_factors",
        kind="ranked",
        choices=SUCCESS_FACTOR,
        most=3,
        has_words=True,
        text=_("Three most important success factors, in order"),
        needed="running",
    ),
    Question(
        code="J2",
        column="challenges",
        kind="ranked",
        choices=CHALLENGE,
        most=3,
        has_words=True,
        text=_("Three main challenges, in order"),
        needed="running",
    ),
    Question(
        code="J3",
        column="recommended_practice",
        kind="long_text",
        text=_("Which tool or practice would you recommend to another WIM organisation?"),
    ),
    Question(
        code="J4",
        column="would_change",
        kind="long_text",
        text=_("What would you change next time?"),
        visibility="alliance",
    ),
    Question(
        code="J5",
        column="templates_to_share",
        kind="many",
        choices=TEMPLATES,
        text=_("Templates you are ready to share"),
        visibility="alliance",
    ),
)
