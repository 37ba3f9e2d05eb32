"""The last step: protection, and what she agrees to."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from programmes.applications.consents import CONSENTS, CONTACTS, REQUIRED
from programmes.applications.forms.base import StepForm
from programmes.applications.forms.fields import boxes, lines
from wimmentor.base.forms import AddressField

PREFIX = "consent_"
AGREED = ("privacy", "conduct", "adult")
OPTIONAL = ("testimonials", "alumni")


def _agree(purpose: str) -> forms.BooleanField:
    consent = CONSENTS[purpose]
    return forms.BooleanField(
        label=consent.sentence,  # type: ignore[arg-type]
        required=consent.required,
        error_messages={"required": _("We cannot take your application without this.")},
    )


class CareForm(StepForm):
    step = "care"
    who_sees: ClassVar[dict[str, Any]] = {
        "not_with": _("Only the coordinators and matching see this. The people you name never learn of it."),
        "line_manager_email": _("Only matching uses this. We never write to this address."),
    }

    last = ("consent_shown_to_pair", "contacts", *(PREFIX + purpose for purpose in (*AGREED, *OPTIONAL)))

    not_with = lines(
        label=_("People or companies you must not be matched with"),
        required=False,
        max_length=1000,
        rows=4,
        help_text=_(
            "One on each line: a name, an e-mail address or a company. For instance somebody of your family, a"
            " competitor, or a person you do not want to meet."
        ),
    )
    line_manager_email = AddressField(
        label=_("Your line manager's e-mail address"),
        required=False,
        help_text=_("So that you are never matched with her or him."),
        widget=forms.EmailInput(attrs={"inputmode": "email", "autocomplete": "off"}),
    )
    contacts = boxes(
        label=_("Which contact may the person you are paired with see?"),
        choices=[(code, CONSENTS[purpose].sentence) for code, purpose in CONTACTS.items()],
        help_text=_("Only after both of you have said yes. At least one, so that you can find each other."),
        error_messages={"required": _("Choose at least one.")},
    )
    consent_shown_to_pair = _agree("shown_to_pair")
    consent_privacy = _agree("privacy")
    consent_conduct = _agree("conduct")
    consent_adult = _agree("adult")
    consent_testimonials = _agree("testimonials")
    consent_alumni = _agree("alumni")

    def read_initial(self) -> dict[str, Any]:
        given = self._granted()
        return {
            **super().read_initial(),
            "contacts": [code for code, purpose in CONTACTS.items() if purpose in given],
            **{PREFIX + purpose: purpose in given for purpose in (*REQUIRED, *OPTIONAL)},
        }

    def _granted(self) -> set[str]:
        """Agreed to in the version of today; an older version is asked again."""
        if self.application.pk is None:
            return set()
        return {
            row.purpose
            for row in self.application.consents.all()
            if row.granted and row.purpose in CONSENTS and row.version == CONSENTS[row.purpose].version
        }

    def adapt_fields(self) -> None:
        organisation = self.application.cohort.programme.organisation
        privacy = reverse("organisation-privacy", kwargs={"organisation": organisation.slug})
        self.fields["consent_privacy"].help_text = _link(privacy, _("Read the privacy notice"))
        self.fields["consent_conduct"].help_text = _link(reverse("conduct"), _("Read the code of conduct"))
        for purpose in OPTIONAL:
            sentence = _("Optional. You can say no and lose nothing.")
            self.fields[PREFIX + purpose].help_text = sentence

    def clean_contacts(self) -> list[str]:
        contacts: list[str] = self.cleaned_data["contacts"]
        if "phone" in contacts and not self.application.phone:
            raise ValidationError(_("You gave no telephone number in step 1. Add it there, or choose your e-mail."))
        return contacts

    def column_values(self) -> dict[str, Any]:
        return {**super().column_values(), "adult": self.cleaned_data["consent_adult"]}

    def given_consents(self) -> dict[str, bool]:
        contacts = self.cleaned_data["contacts"]
        return {
            **{purpose: self.cleaned_data[PREFIX + purpose] for purpose in (*REQUIRED, *OPTIONAL)},
            **{purpose: code in contacts for code, purpose in CONTACTS.items()},
        }


def _link(address: str, words: Any) -> SafeString:
    """In a page of its own, so that what she wrote here stays."""
    return format_html('<a href="{}" target="_blank" rel="noopener">{}</a>', address, words)
