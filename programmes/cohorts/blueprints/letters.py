"""The letters of a cohort as they come ready. Placeholders in braces are filled, links are made when a letter goes.

Every subject and body is one sentence of the catalogues: a letter is ready in each language of the site.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_COHORT = ("first_name", "programme", "cohort", "organisation")
_DECISION = (*_COHORT, "kickoff", "decisions_on")


@dataclass(frozen=True, kw_only=True)
class LetterKind:
    """`links` must stay in the body, as [[link:name]]."""

    code: str
    name: Promise
    when: Promise
    placeholders: tuple[str, ...]
    links: tuple[str, ...]
    subject: Promise
    body: Promise


_KINDS = [
    LetterKind(
        code="application_confirm",
        name=_("Confirm your address"),
        when=_("At once, when somebody sends her application."),
        placeholders=_COHORT,
        links=("confirm",),
        subject=_("One press, and your application to {programme} is with us"),
        body=_(
            """Hello {first_name},

Thank you for applying to {programme}, {cohort}. Please tell us that this address is yours:

[[link:confirm]]

Until then we keep your answers and nobody reads them. If you did not apply, leave this letter alone: without \
the press above, nothing happens.

{organisation}"""
        ),
    ),
    LetterKind(
        code="application_received",
        name=_("Your application is with us"),
        when=_("As soon as the address is confirmed."),
        placeholders=_DECISION,
        links=("status",),
        subject=_("{first_name}, your application is with us"),
        body=_(
            """Hello {first_name},

Your application to {programme}, {cohort}, is with us. People read every one. When you hear from us: {decisions_on}.

You can see where it stands, or withdraw it, on your own page:

[[link:status]]

{organisation}"""
        ),
    ),
    LetterKind(
        code="application_resume",
        name=_("Come back to your application"),
        when=_("When somebody saves her form to go on later."),
        placeholders=_COHORT,
        links=("resume",),
        subject=_("Your application to {programme} waits for you"),
        body=_(
            """Hello {first_name},

We have kept what you wrote for {programme}, {cohort}. Go on where you stopped, on any phone or computer:

[[link:resume]]

Nobody reads it before you send it.

{organisation}"""
        ),
    ),
    LetterKind(
        code="decision_accepted",
        name=_("Accepted"),
        when=_("When you send a decision. You read it before it goes."),
        placeholders=_DECISION,
        links=("status",),
        subject=_("{first_name}, you have a place in {programme}"),
        body=_(
            """Hello {first_name},

You have a place in {programme}, {cohort}. We are glad to have you.

Next we look for the person who fits you best. Then we write to you and to her or him at the same time, and \
both of you say yes or no. Kick-off: {kickoff}.

If something has changed and you cannot take part, tell us on your page. Somebody else can then have the place.

[[link:status]]

{organisation}"""
        ),
    ),
    LetterKind(
        code="decision_waitlisted",
        name=_("On the waiting list"),
        when=_("When you send a decision. You read it before it goes."),
        placeholders=_DECISION,
        links=("status",),
        subject=_("{first_name}, you are on the waiting list of {programme}"),
        body=_(
            """Hello {first_name},

You are on the waiting list of {programme}, {cohort}. Places come free until the kick-off: {kickoff}. We write \
to you then, whatever the answer.

You need do nothing. Should you not want to wait, your page lets you withdraw.

[[link:status]]

{organisation}"""
        ),
    ),
    LetterKind(
        code="decision_declined",
        name=_("No place this time"),
        when=_("When you send a decision. You read it before it goes."),
        placeholders=_DECISION,
        links=("status",),
        subject=_("{programme}: no place this time"),
        body=_(
            """Hello {first_name},

We have no place for you in {programme}, {cohort}, this time. More people applied than we have places for, and it \
says nothing about your worth.

Other programmes may be open now: you find them on our first page. Your answers stay on your page, so that you \
need not write them again, until you withdraw them or the time in our privacy notice is over.

[[link:status]]

{organisation}"""
        ),
    ),
    LetterKind(
        code="offer_mentee",
        name=_("A mentor for you"),
        when=_("When you publish the pairs, to the mentee."),
        placeholders=("first_name", "other_first_name", "about_other", "why", "deadline", "programme", "organisation"),
        links=("answer",),
        subject=_("{other_first_name} could be your mentor"),
        body=_(
            """Hello {first_name},

We think {other_first_name} could be your mentor.

{about_other}

{why}

Yes or no? You need give no reason, and a no costs you nothing. Please answer by {deadline}:

[[link:answer]]

{organisation}"""
        ),
    ),
    LetterKind(
        code="offer_mentor",
        name=_("A mentee for you"),
        when=_("When you publish the pairs, to the mentor."),
        placeholders=("first_name", "other_first_name", "about_other", "why", "deadline", "programme", "organisation"),
        links=("answer",),
        subject=_("Would you be the mentor of {other_first_name}?"),
        body=_(
            """Hello {first_name},

We think you could be the mentor of {other_first_name}.

{about_other}

{why}

Yes or no? You need give no reason. Please answer by {deadline}, so that nobody waits longer than she must:

[[link:answer]]

{organisation}"""
        ),
    ),
    LetterKind(
        code="offer_reminder",
        name=_("Reminder to answer"),
        when=_("Before the last day to answer, once."),
        placeholders=("first_name", "other_first_name", "deadline", "programme", "organisation"),
        links=("answer",),
        subject=_("{other_first_name} and your answer"),
        body=_(
            """Hello {first_name},

We asked you about {other_first_name}. Your answer can reach us until {deadline}. After that we look for somebody \
else for both of you.

[[link:answer]]

{organisation}"""
        ),
    ),
    LetterKind(
        code="offer_ended",
        name=_("This pair does not come about"),
        when=_("When the other side cannot, or when you withdraw the offer."),
        placeholders=("first_name", "programme", "organisation"),
        links=(),
        subject=_("{programme}: we look again"),
        body=_(
            """Hello {first_name},

The pair we proposed to you does not come about this time. It is not about you.

You keep your place. We look again and write to you; you need do nothing.

{organisation}"""
        ),
    ),
    LetterKind(
        code="pair_confirmed",
        name=_("You are a pair"),
        when=_("When both have said yes, to both."),
        placeholders=("first_name", "other_first_name", "kickoff", "programme", "organisation"),
        links=("pair",),
        subject=_("You and {other_first_name} said yes"),
        body=_(
            """Hello {first_name},

You and {other_first_name} both said yes. Your page shows how you reach each other and has the dates for your \
calendar:

[[link:pair]]

Kick-off: {kickoff}. Meet for the first time within two weeks of it. Half an hour is enough to begin.

If it does not fit, either of you can end it without a reason. Write to us and we look for somebody else.

{organisation}"""
        ),
    ),
    LetterKind(
        code="imported_notice",
        name=_("You are on our list"),
        when=_("The first letter to people whom you brought in from a spreadsheet."),
        placeholders=("first_name", "organisation", "programme", "cohort"),
        links=("status",),
        subject=_("{organisation} has your application for {programme}"),
        body=_(
            """Hello {first_name},

You applied to {organisation} for {programme}, {cohort}. We keep your answers here and use them to find the \
person who fits you best. People decide, never a program alone.

Your page shows where you stand. There you can also withdraw, and then we erase your answers:

[[link:status]]

{organisation}"""
        ),
    ),
]

LETTERS: dict[str, LetterKind] = {kind.code: kind for kind in _KINDS}
