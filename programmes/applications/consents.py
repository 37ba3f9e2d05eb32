"""What an applicant agrees to. A change of wording needs a new version: who agreed to the old one is asked again."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programmes.cohorts.notices import CONDUCT_VERSION, PRIVACY_VERSION


@dataclass(frozen=True)
class Consent:
    purpose: str
    version: str
    sentence: Promise
    required: bool = False


CONSENTS: dict[str, Consent] = {
    consent.purpose: consent
    for consent in (
        Consent("privacy", PRIVACY_VERSION, _("I have read the privacy notice and agree to it"), required=True),
        Consent("conduct", CONDUCT_VERSION, _("I keep the code of conduct"), required=True),
        Consent("adult", "2026-1", _("I am 18 or older"), required=True),
        Consent(
            "shown_to_pair",
            "2026-1",
            _("You may show my name, my work and what I want from this to the person you propose"),
            required=True,
        ),
        Consent("contact_email", "2026-1", _("My e-mail address")),
        Consent("contact_phone", "2026-1", _("My telephone number")),
        Consent("testimonials", "2026-1", _("You may ask me later whether you may quote me")),
        Consent("alumni", "2026-1", _("You may write to me after the programme about what comes next")),
    )
}
REQUIRED = tuple(consent.purpose for consent in CONSENTS.values() if consent.required)
CONTACTS = {"email": "contact_email", "phone": "contact_phone"}
