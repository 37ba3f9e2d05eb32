"""In which language she is written to about her application."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.applications.models import Application
from programmes.audit.domain import record_event
from programmes.cohorts.letters import first_language
from programmes.cohorts.models import Cohort
from programmes.people.models import User
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError
from wimmentor.base.languages import site_languages


@transaction.atomic
def choose_application_language(*, application: Application, language: str, by: Actor) -> Application:
    if language not in site_languages():
        raise DomainError(_("Choose one of the languages in the list."), code="no_such_language", field="language")
    Application.objects.filter(pk=application.pk).update(language=language)
    application.language = language
    record_event(
        "application.language_chosen",
        by=by,
        subject=application,
        organisation_id=application.cohort.organisation_id,
        cohort_id=application.cohort_id,
        language=language,
    )
    return application


def follow_language(user: User) -> None:
    """She chose another one for her account: all that she has applied to goes with it."""
    Application.objects.filter(user=user).update(language=user.language)


def language_of_imported(cohort: Cohort, hers: Collection[str]) -> str:
    """Nobody asked her: the cohort's own if she speaks it or names none that the site speaks, else her first one."""
    own = first_language(cohort)
    known = [code for code in hers if code in site_languages()]
    return own if own in known or not known else known[0]
