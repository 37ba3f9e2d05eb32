"""Loading an application for a change."""

from django.utils.translation import gettext_lazy as _

from programmes.applications.models import Application
from wimmentor.base.errors import DomainError


def lock_application(application: Application) -> Application:
    """The row as it is now, held until the transaction ends (on SQLite the transaction itself is the lock)."""
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("cohort__programme__organisation", "questionnaire")
        .get(pk=application.pk)
    )


def too_late() -> DomainError:
    return DomainError(_("Applications have closed. What you wrote is kept."), code="late")
