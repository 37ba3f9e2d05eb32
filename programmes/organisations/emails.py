"""Letters of this area. They are queued in the transaction of what they tell."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.access.roles import ROLES
from programmes.organisations.models import Invitation, Organisation
from programmes.organisations.queries import owners, platform_reviewers
from programmes.outbox.domain import queue_email
from programmes.people.queries import find_user
from wimmentor.base.languages import speak, spoken

INVITATION = "organisation.invitation"


def site_address(name: str, **kwargs: object) -> str:
    return settings.SITE_URL + reverse(name, kwargs=kwargs)


def language_of_invited(invitation: Invitation) -> str:
    """Her account's; the first one of the organisation for whoever has none."""
    user = find_user(invitation.email)
    return spoken(user.language) if user else spoken(*invitation.organisation.languages)


def send_invitation(invitation: Invitation, *, again: str = "") -> None:
    organisation, language = invitation.organisation, language_of_invited(invitation)
    with speak(language, organisation.terms):
        values = {"organisation": organisation.name, "role": ROLES[invitation.role].name}
        unverified = _("IWiM has not verified this organisation yet. Accept only if you know it.")
        queue_email(
            event_key=f"invitation:{invitation.pk}{again}",
            recipient=invitation.email,
            kind="organisation_invitation",
            subject=_("%(organisation)s invites you to Wimmentor") % values,
            body="\n\n".join(
                [
                    _("Hello,"),
                    _("%(organisation)s runs mentoring on Wimmentor and invites you to join as “%(role)s”.") % values,
                    *([] if organisation.is_verified else [unverified]),
                    _("Look at the invitation and say yes here. You need no password.") + "\n[[link:invitation]]",
                    _("The link works for 14 days. If you do not know %(organisation)s, you need do nothing.") % values,
                ]
            ),
            language=language,
            links={"invitation": {"purpose": INVITATION, "subject_id": invitation.pk}},
            organisation_id=organisation.pk,
            reply_to=organisation.contact_email,
        )


def tell_reviewers(organisation: Organisation) -> None:
    """Somebody of IWiM should look at it."""
    for reviewer in platform_reviewers():
        with speak(reviewer.language):
            queue_email(
                event_key=f"organisation_waiting:{organisation.pk}:{organisation.version}",
                recipient=reviewer.email,
                recipient_name=reviewer.name,
                kind="organisation_waiting",
                subject=_("%s asks to be verified") % organisation.name,
                body=_("%s registered and waits to be verified. Until then it can prepare, and open nothing.")
                % organisation.name
                + "\n\n"
                + site_address("staff-organisation", pk=organisation.pk),
                language=reviewer.language,
            )


def tell_verified(organisation: Organisation) -> None:
    for owner in owners(organisation):
        with speak(owner.language, organisation.terms):
            queue_email(
                event_key=f"organisation_verified:{organisation.pk}",
                recipient=owner.email,
                recipient_name=owner.name,
                kind="organisation_verified",
                subject=_("%s is verified") % organisation.name,
                body=_("IWiM has verified %s. You can open cohorts now.") % organisation.name
                + "\n\n"
                + site_address("organisation-overview", organisation=organisation.slug),
                language=owner.language,
                organisation_id=organisation.pk,
            )


def tell_refused(organisation: Organisation) -> None:
    for owner in owners(organisation):
        with speak(owner.language, organisation.terms):
            queue_email(
                event_key=f"organisation_refused:{organisation.pk}:{organisation.version}",
                recipient=owner.email,
                recipient_name=owner.name,
                kind="organisation_refused",
                subject=_("We could not verify %s yet") % organisation.name,
                body="\n\n".join(
                    [
                        _("IWiM looked at %s and could not verify it yet.") % organisation.name,
                        organisation.refusal_reason,
                        _("What you prepared is kept. Change what is said of the organisation, and we look again:")
                        + "\n"
                        + site_address("organisation-edit", organisation=organisation.slug),
                    ]
                ),
                language=owner.language,
                organisation_id=organisation.pk,
            )
