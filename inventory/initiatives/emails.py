"""Letters of this area. They are queued in the transaction of what they tell."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from inventory.initiatives.models import Record
from inventory.initiatives.queries import keepers
from inventory.initiatives.questionnaire import QUESTIONS
from programmes.organisations.models import Organisation
from programmes.outbox.domain import queue_email
from wimmentor.base.languages import speak, spoken
from wimmentor.base.phrases import say_fact


@dataclass(frozen=True)
class Reader:
    """Somebody who is written to for an organisation."""

    email: str
    name: str
    language: str


def readers_of(organisation: Organisation) -> list[Reader]:
    """Those who keep its entries; without any, its contact, if it has one."""
    found = [Reader(user.email, user.name, user.language) for user in keepers(organisation)]
    if found or not organisation.contact_email:
        return found
    return [Reader(organisation.contact_email, organisation.contact_name, spoken(*organisation.languages))]


def tell_returned(record: Record, *, event_id: int) -> None:
    """IWiM's questions, to those who keep the entry."""
    organisation = record.organisation
    kwargs = {"organisation": organisation.slug, "pk": record.initiative_id}
    address = reverse("initiative-record", kwargs=kwargs) if record.initiative_id else ""
    for keeper in readers_of(organisation):
        with speak(keeper.language, organisation.terms):
            values = {"name": str(record)}
            queue_email(
                event_key=f"initiative_returned:{record.pk}:{event_id}",
                recipient=keeper.email,
                recipient_name=keeper.name,
                kind="initiative_returned",
                subject=_("A question about “%(name)s”") % values,
                body="\n\n".join(
                    [
                        _("IWiM has read your inventory entry “%(name)s” and asks:") % values,
                        *asked(record),
                        _("Change the entry, or answer in it, and send it again. What you wrote is kept:")
                        + f"\n{settings.SITE_URL}{address}",
                    ]
                ),
                language=keeper.language,
                organisation_id=organisation.pk,
            )


def asked(record: Record) -> list[str]:
    """IWiM's open questions, each after the question of the survey that it is about."""
    lines = []
    for inquiry in record.inquiries.filter(settled_at=None).order_by("pk"):
        question = QUESTIONS.get(inquiry.question)
        lines.append(say_fact(question.text, inquiry.text) if question else inquiry.text)
    return lines


def pass_enquiry(organisation: Organisation, *, about: str, name: str, email: str, message: str, key: str) -> None:
    """Somebody asks an organisation; its address stays with us, hers goes along as the address to answer to."""
    language = next(iter(organisation.languages), "en")
    with speak(language, organisation.terms):
        queue_email(
            event_key=key,
            recipient=organisation.contact_email,
            recipient_name=organisation.contact_name,
            kind="inventory_enquiry",
            subject=_("Somebody asks about “%(name)s”") % {"name": about},
            body="\n\n".join(
                [
                    _("%(name)s (%(email)s) read about “%(about)s” in the inventory and asks:")
                    % {"name": name, "email": email, "about": about},
                    message,
                    _("Answer this e-mail to write back. Your address was not shown."),
                ]
            ),
            language=language,
            reply_to=email,
            organisation_id=organisation.pk,
        )
