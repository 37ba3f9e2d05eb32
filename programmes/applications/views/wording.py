"""Sentences and rows of the coordinator's pages."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.applications.domain.decisions import DECISIONS
from programmes.applications.forms.choosing import Chosen
from programmes.applications.forms.review import DecisionForm
from programmes.applications.letters import personal_letter
from programmes.applications.models import Application
from programmes.applications.queries import ApplicationsSummary
from programmes.applications.sheet import read_column, say_years
from programmes.cohorts.letters import Letter
from programmes.cohorts.models import Cohort
from programmes.outbox.rendering import render_masked
from wimmentor.base.languages import spoken

# Status: kind of badge.
BADGES = {
    "submitted": "waiting",
    "shortlisted": "now",
    "accepted": "done",
    "waitlisted": "waiting",
    "declined": "done",
    "withdrawn": "done",
}


CONSENT_NAMES = {
    "privacy": gettext_lazy("Privacy notice"),
    "conduct": gettext_lazy("Code of conduct"),
    "adult": gettext_lazy("18 or older"),
    "shown_to_pair": gettext_lazy("Shown to the person proposed"),
    "contact_email": gettext_lazy("E-mail address for the pair"),
    "contact_phone": gettext_lazy("Telephone number for the pair"),
    "testimonials": gettext_lazy("Asked later for a quotation"),
    "alumni": gettext_lazy("Letters after the programme"),
}


def say_status(status: str) -> str:
    labels = {
        "submitted": _("To decide"),
        "shortlisted": _("Shortlisted"),
        "accepted": _("Accepted"),
        "waitlisted": _("Waiting list"),
        "declined": _("Declined"),
        "withdrawn": _("Withdrawn"),
    }
    return labels.get(status, status)


def list_rows(applications: Iterable[Application]) -> list[dict[str, Any]]:
    return [
        {
            "application": application,
            "work": _work(application),
            "country": read_column(application, "country"),
            "languages": read_column(application, "languages"),
            "badge": BADGES[application.status],
            "status": say_status(application.status),
        }
        for application in applications
    ]


def _work(application: Application) -> str:
    words = [application.job_title or read_column(application, "function")]
    if application.years_experience is not None:
        words.append(say_years(application.years_experience))
    return ", ".join(word for word in words if word)


def list_consents(application: Application) -> list[dict[str, Any]]:
    return [
        {
            "text": CONSENT_NAMES.get(consent.purpose, consent.purpose),
            "granted": consent.granted,
            "at": consent.at,
            "attested": consent.given_by == "import",
        }
        for consent in application.consents.all()
    ]


def say_places(cohort: Cohort, summary: ApplicationsSummary) -> str:
    taken, places = summary.accepted["mentee"], cohort.mentee_places
    if places is None:
        return ngettext("%(taken)d mentee accepted.", "%(taken)d mentees accepted.", taken) % {"taken": taken}
    values = {"places": places, "taken": taken, "left": places - taken, "more": taken - places}
    if taken > places:
        return _("%(places)d places for mentees: %(taken)d accepted, %(more)d more than there are.") % values
    return _("%(places)d places for mentees: %(taken)d accepted, %(left)d left.") % values


def decision_buttons(application: Application) -> list[tuple[str, str]]:
    """(status, word) of what can be decided about her now."""
    words = [("accepted", _("Accept")), ("waitlisted", _("Wait-list")), ("declined", _("Decline"))]
    return [(to, word) for to, word in words if to in DECISIONS.get(application.status, ())]


def say_title(chosen: Chosen) -> str:
    number = len(chosen.moving)
    if number == 1:
        texts = {
            "accepted": _("Accept %(name)s"),
            "waitlisted": _("Put %(name)s on the waiting list"),
            "declined": _("Decline %(name)s"),
        }
        return texts[chosen.to] % {"name": chosen.moving[0].name}
    texts = {
        "accepted": ngettext("Accept %(number)d person", "Accept %(number)d people", number),
        "waitlisted": ngettext(
            "Put %(number)d person on the waiting list", "Put %(number)d people on the waiting list", number
        ),
        "declined": ngettext("Decline %(number)d person", "Decline %(number)d people", number),
    }
    return texts[chosen.to] % {"number": number}


def preview_letters(people: list[Application], form: DecisionForm) -> list[tuple[Application, Letter]]:
    """As the first reader of each language gets it, but for her own link."""
    if not form.writes:
        return []
    readers = {spoken(person.language): person for person in reversed(people)}
    previews = []
    for (_kind, language), letter in form.letters().items():
        personal = personal_letter(letter, readers[language])
        shown = Letter(render_masked(personal.subject), render_masked(personal.body))
        previews.append((readers[language], shown))
    return previews


def say_decided(moved: list[Application], to: str, *, written: bool) -> str:
    number = len(moved)
    if number == 1:
        texts = {
            "accepted": _("%(name)s is accepted."),
            "waitlisted": _("%(name)s is on the waiting list."),
            "declined": _("%(name)s is declined."),
        }
    else:
        texts = {
            "accepted": ngettext("%(number)d person is accepted.", "%(number)d people are accepted.", number),
            "waitlisted": ngettext(
                "%(number)d person is on the waiting list.", "%(number)d people are on the waiting list.", number
            ),
            "declined": ngettext("%(number)d person is declined.", "%(number)d people are declined.", number),
        }
    mail = (
        ngettext("The message is on its way.", "Each of them gets the message now.", number)
        if written
        else _("No message was sent.")
    )
    return f"{texts[to] % {'name': moved[0].name, 'number': number}} {mail}"


def say_skipped(people: list[Application], to: str) -> str:
    """Never half-silent: who was left as she is, and what she is."""
    if not people:
        return _("Nobody was chosen. Tick at least one person, then press again.")
    names = ", ".join(f"{person.name} ({say_status(person.status)})" for person in people[:20])
    if len(people) > 20:
        names = _("%(names)s and %(number)d more") % {"names": names, "number": len(people) - 20}
    return _("Left as they are: %(names)s.") % {"names": names}
