from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from programmes.audit.domain import record_event
from programmes.organisations import emails
from programmes.organisations.models import Organisation
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError


@transaction.atomic
def verify_organisation(*, organisation: Organisation, by: Actor) -> Organisation:
    changed = Organisation.objects.filter(pk=organisation.pk, verified_at=None).update(
        verified_at=clock.now(), verified_by_id=by.user_id, refused_at=None, refusal_reason="", version=F("version") + 1
    )
    if not changed:
        raise Conflict(_("Somebody verified this organisation already."), code="already_verified")
    organisation.refresh_from_db()
    record_event("organisation.verified", by=by, subject=organisation, organisation_id=organisation.pk)
    emails.tell_verified(organisation)
    return organisation


@transaction.atomic
def refuse_organisation(*, organisation: Organisation, reason: str, by: Actor) -> Organisation:
    """`reason` goes to the owners as it is written."""
    reason = reason.strip()
    if not reason:
        raise DomainError(_("Say why in a sentence: the owners read it."), code="reason_missing", field="reason")
    changed = Organisation.objects.filter(pk=organisation.pk, verified_at=None, refused_at=None).update(
        refused_at=clock.now(), refusal_reason=reason, version=F("version") + 1
    )
    if not changed:
        raise Conflict(_("Somebody decided about this organisation already."), code="already_decided")
    organisation.refresh_from_db()
    record_event("organisation.refused", by=by, subject=organisation, organisation_id=organisation.pk)
    emails.tell_refused(organisation)
    return organisation
