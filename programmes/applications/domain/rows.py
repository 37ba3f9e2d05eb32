"""Loading an application for a change."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from wimmentor.base.errors import DomainError


def lock_application(application: Application) -> Application:
    """The row as it is now, held until the transaction ends (on SQLite the transaction itself is the lock)."""
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("cohort__programme__organisation", "questionnaire")
        .get(pk=application.pk)
    )


def hold_cohorts(ids: Iterable[int]) -> None:
    """What an import, its undo, a withdrawal, an expiry or a decision takes first: each of them goes on to imports,
    applications and accounts in an order of its own, and would wait for one that waits for it. Nothing on SQLite."""
    list(Cohort.objects.select_for_update(no_key=True).filter(pk__in=set(ids)).order_by("pk").values_list("pk"))


def too_late() -> DomainError:
    return DomainError(_("Applications have closed. What you wrote is kept."), code="late")
