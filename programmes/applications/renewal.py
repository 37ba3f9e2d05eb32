"""Whoever opens a link that has expired can ask for a new one."""

from programmes.access.renewals import Renewal
from programmes.applications.domain.submit import send_link
from programmes.applications.models import Application
from wimmentor.base.actors import Actor


def find_address(pk: int) -> str:
    """Nowhere once she withdrew."""
    return Application.objects.filter(pk=pk).values_list("email", flat=True).first() or ""


def renew(pk: int) -> None:
    application = Application.objects.select_related("cohort__programme__organisation").get(pk=pk)
    send_link(application=application, by=Actor.link("renewal"))


APPLICATION_RENEWAL = Renewal(find_address, renew)
