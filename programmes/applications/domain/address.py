"""Her account has another address: what she applied to goes with it."""

from django.db import IntegrityError, transaction
from django.db.models import Q

from programmes.access import links
from programmes.applications.domain.erasure import PURPOSES
from programmes.applications.models import Application, ImportLine
from programmes.applications.own import COUNTED
from programmes.people.models import User
from wimmentor.base.digests import key_of_email, keys_of_email


@transaction.atomic
def follow_address(user: User, before: str) -> None:
    """Letters follow her, and whoever gets her former address finds nothing of hers under it. Links that went there
    end: they prove nothing about the new one. A form that nobody confirmed stays as it is: a stranger may have begun
    it, who would read the new address there."""
    hers = Q(user=user) | Q(user=None) & COUNTED
    found = Application.objects.select_for_update(of=("self",)).filter(hers, email=before)
    ImportLine.objects.filter(key__in=keys_of_email(before)).update(key=key_of_email(user.email))
    for application in found.order_by("pk"):
        _move(application, user)
        for purpose in PURPOSES:
            links.revoke_links(purpose=purpose, subject_id=application.pk)


def _move(application: Application, user: User) -> None:
    try:
        with transaction.atomic():
            Application.objects.filter(pk=application.pk).update(email=user.email)
    except IntegrityError:
        # A coordinator listed her under the new address as well: both count, and this one stays hers all the same.
        Application.objects.filter(pk=application.pk).update(user=user)
