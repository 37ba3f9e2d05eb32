from django.db import transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programmes.audit.domain import record_event
from programmes.organisations import emails
from programmes.organisations.models import Organisation
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.codes.places import country_name, language_name
from wimmentor.base.errors import Conflict, DomainError


@transaction.atomic
def verify_organisation(*, organisation: Organisation, by: Actor, seen: int | None = None) -> Organisation:
    """`seen`: the version that was read; None = not said."""
    _refuse_unread(organisation, seen, decision=_("Verify"))
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
def refuse_organisation(*, organisation: Organisation, reason: str, by: Actor, seen: int | None = None) -> Organisation:
    """`reason` goes to the owners as it is written. `seen`: the version that was read; None = not said."""
    reason = reason.strip()
    if not reason:
        raise DomainError(_("Say why in a sentence: the owners read it."), code="reason_missing", field="reason")
    _refuse_unread(organisation, seen, decision=_("Do not verify yet"), reason=reason)
    changed = Organisation.objects.filter(pk=organisation.pk, verified_at=None, refused_at=None).update(
        refused_at=clock.now(), refusal_reason=reason, version=F("version") + 1
    )
    if not changed:
        raise Conflict(_("Somebody decided about this organisation already."), code="already_decided")
    organisation.refresh_from_db()
    record_event("organisation.refused", by=by, subject=organisation, organisation_id=organisation.pk)
    emails.tell_refused(organisation)
    return organisation


def _refuse_unread(organisation: Organisation, seen: int | None, *, decision: str | Promise, reason: str = "") -> None:
    """Once verified, a name stays and is trusted: it has to be the one that was read. Whoever edits waits meanwhile."""
    now = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if seen is None or seen == now.version or now.is_verified:
        return
    yours = {_("Your decision"): decision, _("What is missing"): reason}
    raise Conflict(
        _("This organisation was changed since you opened it. Read it again, then decide."),
        yours={str(label): str(value) for label, value in yours.items() if value},
        theirs=_describe(now),
        about=now,
    )


def _describe(organisation: Organisation) -> dict[str, str]:
    """As the page of the reviewers shows it."""
    told = {
        _("Name"): organisation.name,
        _("Name in full"): organisation.full_name,
        _("Kind"): organisation.get_type_display(),
        _("Countries"): ", ".join(map(country_name, organisation.countries)),
        _("Languages"): ", ".join(map(language_name, organisation.languages)),
        _("Part of"): organisation.part_of.name if organisation.part_of else "",
        _("Website"): organisation.website,
        _("Contact"): ", ".join(filter(None, [organisation.contact_name, organisation.contact_email])),
        _("Refused, because"): organisation.refusal_reason,
    }
    return {str(label): value for label, value in told.items() if value}
