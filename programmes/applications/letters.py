"""What goes into letters about an application."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from programmes.applications.models import Application
from programmes.cohorts.letters import Letter, compose_letter, speak_for
from programmes.cohorts.models import Cohort
from programmes.outbox.rendering import fill

# Decisions that a letter tells; the kind of the letter by the status.
DECISION_LETTERS = {
    "accepted": "decision_accepted",
    "waitlisted": "decision_waitlisted",
    "declined": "decision_declined",
}


def status_links(application: Application) -> dict[str, Mapping[str, Any]]:
    return {"status": {"purpose": "application.status", "subject_id": application.pk}}


def compose_decision(cohort: Cohort, to: str, language: str) -> Letter:
    """Filled but for {first_name}, which each person's own letter gets."""
    return compose_letter(
        cohort=cohort, kind=DECISION_LETTERS[to], language=language, values={"first_name": "{first_name}"}
    )


def personal_letter(letter: Letter, application: Application) -> Letter:
    values = {"first_name": application.short_name}
    body = fill(letter.body, values)
    notice = origin_notice(application)
    return Letter(fill(letter.subject, values), f"{body}\n\n{notice}" if notice else body)


def origin_notice(application: Application) -> str:
    """Whoever came by a spreadsheet reads in her letter where her answers came from, and the way out. Else empty."""
    if application.source != Application.Source.IMPORT:
        return ""
    with speak_for(application.cohort, application.language):
        organisation = application.cohort.programme.organisation.name
        return _(
            "%(organisation)s entered your application here from its own list. Your page shows it, and there you can"
            " also withdraw: then we erase your answers."
        ) % {"organisation": organisation}
