"""Letters of this area. They are queued in the transaction of what they tell."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from inventory.initiatives.models import Initiative
from inventory.initiatives.queries import keepers
from programmes.outbox.domain import queue_email
from wimmentor.base.languages import speak


def tell_returned(initiative: Initiative, *, event_id: int) -> None:
    """IWiM's question, to those who keep the entry."""
    organisation = initiative.organisation
    address = reverse("initiative-edit", kwargs={"organisation": organisation.slug, "pk": initiative.pk})
    for keeper in keepers(organisation):
        with speak(keeper.language, organisation.terms):
            values = {"name": initiative.name or initiative.code}
            queue_email(
                event_key=f"initiative_returned:{initiative.pk}:{event_id}",
                recipient=keeper.email,
                recipient_name=keeper.name,
                kind="initiative_returned",
                subject=_("A question about “%(name)s”") % values,
                body="\n\n".join(
                    [
                        _("IWiM has read your inventory entry “%(name)s” and asks:") % values,
                        initiative.review_note,
                        _("Change the entry, or answer in it, and send it again. What you wrote is kept:")
                        + f"\n{settings.SITE_URL}{address}",
                    ]
                ),
                language=keeper.language,
                organisation_id=organisation.pk,
            )
