"""Sections E to H: how an initiative works."""

from django.utils.translation import gettext_lazy as _

from inventory.initiatives.questionnaire.lists import (
    ACCEPTING,
    MILESTONES,
    PAIR_SUPPORT,
    TRAINING,
    YES_NO,
    YES_NO_PLANNED,
)
from inventory.initiatives.questionnaire.question import LANGUAGES, Part, Question
from wimmentor.base.codes import DELIVERY, FUNDING_KIND, MATCHING_CRITERIA, MATCHING_METHOD, TOOL_KIND

MATCHING = (
    Question(
        code="E1",
        column="matching_method",
        kind="many",
        choices=MATCHING_METHOD,
        has_main=True,
        has_words=True,
        text=_("How are pairs matched?"),
        help=_("One of the working group's three next-step questions."),
        asked="pairs",
        needed="always",
        short=True,
    ),
    Question(
        code="E2",
        column="criteria",
        kind="ranked",
        choices=MATCHING_CRITERIA,
        most=3,
        text=_("Which criteria do you use? Rank the first three"),
        asked="pairs",
    ),
    Question(
        code="E3",
        column="accepting",
        kind="one",
        choices=ACCEPTING,
        text=_("Can participants see and accept or decline the proposed match?"),
        asked="pairs",
        needed="always",
    ),
    Question(
        code="E4",
        column="matching_tool",
        kind="text",
        text=_("Software or provider used"),
        help=_("Name and version or provider."),
        asked="pairs",
        max_length=200,
    ),
)

RUNNING = (
    Question(
        code="F2",
        column="meetings",
        kind="parts",
        parts=(Part("meetings", _("Meetings")), Part("minutes", _("Minutes each"))),
        text=_("Expected meetings per pair and minutes per meeting"),
    ),
    Question(code="F3", column="delivery", kind="one", choices=DELIVERY, text=_("Delivery"), needed="always"),
    Question(
        code="F4",
        column="languages",
        kind="many",
        choices=LANGUAGES,
        text=_("Languages in which participants can take part"),
        help=_("Also mark languages in which people can be matched."),
        needed="always",
    ),
    Question(
        code="F5",
        column="training",
        kind="parts",
        parts=(
            Part("mentors", _("For mentors"), "one", TRAINING),
            Part("mentor_hours", _("Hours for mentors"), "decimal"),
            Part("mentees", _("For mentees"), "one", TRAINING),
            Part("mentee_hours", _("Hours for mentees"), "decimal"),
        ),
        text=_("Training: for mentors? for mentees? hours; compulsory?"),
    ),
    Question(code="F6", column="milestones", kind="many", choices=MILESTONES, text=_("Which milestones do you use?")),
    Question(code="F7", column="support", kind="many", choices=PAIR_SUPPORT, text=_("Support around the pair")),
    Question(
        code="F8",
        column="tools",
        kind="many",
        choices=TOOL_KIND,
        has_words=True,
        text=_("Tools used"),
        visibility="alliance",
    ),
    Question(
        code="F9",
        column="staffing",
        kind="parts",
        parts=(
            Part("paid_people", _("Paid people")),
            Part("paid_hours", _("Paid hours per month"), "decimal"),
            Part("volunteer_people", _("Volunteers")),
            Part("volunteer_hours", _("Volunteer hours per month"), "decimal"),
        ),
        text=_("Who runs it? Paid / volunteer people and hours per month"),
        help=_("For the labour-intensity comparison."),
        visibility="alliance",
    ),
)

FUNDING = (
    Question(
        code="G1",
        column="funding",
        kind="many",
        choices=FUNDING_KIND,
        has_main=True,
        text=_("How is it funded? Mark the main source"),
        needed="always",
    ),
    Question(
        code="G2",
        column="fee",
        kind="parts",
        parts=(
            Part("mentee", _("Mentee"), "decimal"),
            Part("employer", _("Employer"), "decimal"),
            Part("currency", _("Currency"), "text"),
        ),
        text=_("Fee for the mentee (or employer), currency"),
        help=_("0 = free."),
    ),
    Question(
        code="G4",
        column="funding_partners",
        kind="rows",
        parts=(Part("name", _("Funding partner"), "text"),),
        text=_("Funding partners"),
    ),
    Question(code="G5", column="funding_gap", kind="long_text", text=_("Main funding gap"), visibility="alliance"),
)

CONDUCT = (
    Question(
        code="H1",
        column="code_of_conduct",
        kind="one",
        choices=YES_NO_PLANNED,
        text=_("Do participants accept a code of conduct?"),
        visibility="alliance",
        needed="always",
    ),
    Question(
        code="H2",
        column="named_person",
        kind="one",
        choices=YES_NO_PLANNED,
        text=_("Is there a named person outside the pair to whom harassment or other concerns can be reported?"),
        visibility="alliance",
        needed="always",
    ),
    Question(
        code="H3",
        column="free_exit",
        kind="one",
        choices=YES_NO,
        text=_("Can either side leave the pair without giving a reason?"),
        visibility="alliance",
        needed="always",
    ),
    Question(
        code="H4",
        column="privacy_notice",
        kind="one",
        choices=YES_NO_PLANNED,
        text=_("Is there a privacy notice with a retention period?"),
        visibility="alliance",
        needed="always",
    ),
    Question(
        code="H5",
        column="parental_consent",
        kind="one",
        choices=YES_NO_PLANNED,
        text=_("If minors take part: parental consent and background checks?"),
        visibility="iwim",
        asked="minors",
        needed="always",
    ),
    Question(
        code="H6",
        column="contacts_logged",
        kind="one",
        choices=YES_NO_PLANNED,
        text=_("If minors take part: are one-to-one contacts observed or logged?"),
        visibility="iwim",
        asked="minors",
        needed="always",
    ),
)
