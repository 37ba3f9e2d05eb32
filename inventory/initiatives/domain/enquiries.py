"""A visitor asks an organisation about what it does."""

from secrets import token_hex

from django.db import transaction

from inventory.initiatives import emails
from inventory.initiatives.models import Record
from programmes.audit.domain import record_event
from wimmentor.base.actors import Actor


@transaction.atomic
def send_enquiry(*, record: Record, about: str, name: str, email: str, message: str) -> None:
    key = f"inventory_enquiry:{record.pk}:{token_hex(8)}"
    emails.pass_enquiry(record.organisation, about=about, name=name, email=email, message=message, key=key)
    record_event("initiative.asked_about", by=Actor("visitor"), subject=record, organisation_id=record.organisation_id)
