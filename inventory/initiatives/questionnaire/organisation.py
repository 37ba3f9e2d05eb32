"""Sections A and K: once per organisation, confirmed in each wave."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inventory.initiatives.questionnaire.lists import (
    DEMAND,
    NEEDS,
    PUBLISHING,
    RUNS_ANY,
    YES_MAYBE_NO,
)
from inventory.initiatives.questionnaire.question import COUNTRIES, LANGUAGES, Part, Question
from wimmentor.base.codes import ORGANISATION_TYPE, REGION_SCOPE, SENIORITY_BAND

ABOUT = (
    Question(
        code="A1",
        level="organisation",
        column="name",
        kind="text",
        text=_("Name of your organisation"),
        help=_("As it should appear in the inventory."),
        needed="always",
        short=True,
        max_length=150,
    ),
    Question(
        code="A2",
        level="organisation",
        column="full_name",
        kind="text",
        text=_("Full name and acronym, if different"),
        max_length=250,
    ),
    Question(
        code="A3",
        level="organisation",
        column="type",
        kind="one",
        choices=ORGANISATION_TYPE,
        text=_("Type of organisation"),
        needed="always",
    ),
    Question(
        code="A4",
        level="organisation",
        column="countries",
        kind="many",
        choices=COUNTRIES,
        text=_("Country or countries you serve"),
        help=_("Leave empty only for global scope."),
        needed="always",
        short=True,
    ),
    Question(
        code="A5",
        level="organisation",
        column="reach",
        kind="one",
        choices=REGION_SCOPE,
        text=_("Geographic reach"),
        needed="always",
    ),
    Question(code="A6", level="organisation", column="founded", kind="year", text=_("Year founded")),
    Question(
        code="A7",
        level="organisation",
        column="members",
        kind="parts",
        parts=(
            Part("members", _("Members")),
            Part("as_of", _("As of"), "date"),
            Part("estimate", _("This is an estimate"), "yes"),
        ),
        text=_("Number of members (latest)"),
        help=_("An estimate is fine; tick “estimate”."),
        visibility="alliance",
    ),
    Question(
        code="A8",
        level="organisation",
        column="languages",
        kind="many",
        choices=LANGUAGES,
        text=_("Working languages"),
        needed="always",
    ),
    Question(
        code="A9",
        level="organisation",
        column="contact",
        kind="parts",
        parts=(
            Part("name", _("Name"), "text"),
            Part("role", pgettext_lazy("in an organisation", "Role"), "text"),
            Part("email", _("E-mail"), "email"),
        ),
        text=_("Who answers (name, role, e-mail)?"),
        help=_("Seen only by IWiM and the working group's coordinators."),
        visibility="iwim",
        needed="always",
    ),
    Question(
        code="A10",
        level="organisation",
        column="runs_any",
        kind="one",
        choices=RUNS_ANY,
        text=_(
            "Do you run, plan or have you run any initiative on role models, mentoring, sponsorship, coaching, "
            "scholarships, outreach or training?"
        ),
        help=_("“No” is a useful answer: you then go to the last questions."),
        visibility="alliance",
        needed="always",
        short=True,
        has_words=True,
    ),
    Question(
        code="A11",
        level="organisation",
        column="demand",
        kind="parts",
        parts=tuple(
            Part(code, label, "one", DEMAND) for code, label in SENIORITY_BAND.choices if code not in ("all", "school")
        ),
        text=_("What demand for mentoring do you see among women in mining in your country, by level?"),
        help=_("Asked at the 2021 launch meeting."),
        visibility="alliance",
    ),
)

CLOSING = (
    Question(
        code="K1",
        level="organisation",
        column="needs",
        kind="many",
        choices=NEEDS,
        text=_("What support would help you start or grow an initiative?"),
        visibility="alliance",
        needed="always",
        has_words=True,
    ),
    Question(
        code="K2",
        level="organisation",
        column="sharing",
        kind="one",
        choices=YES_MAYBE_NO,
        text=_("Would you host, co-run or share mentors with another organisation?"),
        visibility="alliance",
    ),
    Question(
        code="K3",
        level="organisation",
        column="sector_initiatives",
        kind="rows",
        parts=(
            Part("name", _("Initiative"), "text"),
            Part("organisation", _("Organisation"), "text"),
            Part("type", _("Type"), "one", ORGANISATION_TYPE),
            Part("link", _("Web page"), "url"),
        ),
        text=_("Sector initiatives in your country that we should list"),
        help=_("Companies, industry bodies, NGOs, government."),
        visibility="alliance",
    ),
    Question(
        code="K4",
        level="organisation",
        column="publishing",
        kind="one",
        choices=PUBLISHING,
        text=_("May we publish the answers marked public under your organisation's name?"),
        help=_("Without a yes you are counted together with others and not named."),
        visibility="alliance",
        needed="always",
        short=True,
    ),
    Question(
        code="K5",
        level="organisation",
        column="confirmed",
        kind="confirm",
        text=_("I confirm that I may answer for my organisation"),
        visibility="iwim",
        needed="always",
    ),
)
