from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from programmes.applications.domain.steps import FORM_OF_ADDRESS
from programmes.applications.forms.base import StepForm
from programmes.applications.forms.fields import NameField, select
from programmes.applications.models import Application
from wimmentor.base import clock
from wimmentor.base.codes import GENDER
from wimmentor.base.forms import AddressField, GuardedForm

COORDINATORS = _("Only the coordinators see this.")
# Whoever leaves the first page open for longer presses once more.
PROOF_SALT, PROOF_SECONDS = "application-key", 24 * 3600
IF_YOU_AGREE = _("The coordinators see this. The person you are paired with sees it only if you say so in step 5.")


class AboutForm(StepForm):
    step = "about"
    who_sees: ClassVar[dict[str, Any]] = {
        "email": IF_YOU_AGREE,
        "phone": IF_YOU_AGREE,
        "gender": _("The coordinators see this. Matching uses it only where somebody asked for a woman or a man."),
    }

    email = AddressField(
        label=_("E-mail address"),
        help_text=_("We write to you here, and send you the link to your application."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    first_name = NameField(label=_("First name"), widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    last_name = NameField(label=_("Last name"), widget=forms.TextInput(attrs={"autocomplete": "family-name"}))
    preferred_name = NameField(
        label=_("What shall we call you?"), required=False, help_text=_("If it is not your first name.")
    )
    form_of_address = forms.CharField(
        label=_("Form of address or pronoun"),
        required=False,
        max_length=60,
        help_text=_("Whatever you want to be called by: she, Ms, doctora."),
    )
    gender = select(GENDER.choices, label=_("Gender"))
    phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=40,
        help_text=_("With the country code, for instance +56 9 1234 5678."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )

    def read_initial(self) -> dict[str, Any]:
        words = self.application.answers.get(FORM_OF_ADDRESS, "")
        return {**super().read_initial(), "form_of_address": words}

    def adapt_fields(self) -> None:
        if self.application.status != Application.Status.DRAFT:
            del self.fields["email"]

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if phone and sum(sign.isdigit() for sign in phone) < 6:
            raise ValidationError(_("Write the whole number, with the country code, or leave it empty."))
        return phone

    def given_answers(self) -> dict[str, Any]:
        return {**super().given_answers(), FORM_OF_ADDRESS: self.cleaned_data["form_of_address"]}


class StartForm(GuardedForm, AboutForm):
    """The first step before there is a draft. The key makes one draft of it, whatever is clicked twice; its proof
    says that this site rendered it today, so that neither a key seen in an address nor a form kept for long opens
    anything."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput)
    key_proof = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        key = uuid4()
        self.fields["submission_key"].initial = key
        self.fields["key_proof"].initial = self._prove(key)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        key = self.cleaned_data.get("submission_key")
        if key is None or not self._is_proven(key, self.cleaned_data.get("key_proof", "")):
            self._renew_key()
            raise ValidationError(_("This form was incomplete. Nothing is lost: press the button once more."))
        return cleaned

    def _prove(self, key: UUID) -> str:
        return signing.dumps([*self._about(key), int(clock.now().timestamp())], salt=PROOF_SALT)

    def _is_proven(self, key: UUID, proof: str) -> bool:
        try:
            *about, shown = signing.loads(proof, salt=PROOF_SALT)
        except signing.BadSignature:
            return False
        return about == self._about(key) and clock.now().timestamp() - shown <= PROOF_SECONDS

    def _about(self, key: UUID) -> list[object]:
        return [self.application.cohort_id, self.application.role, str(key)]

    def _renew_key(self) -> None:
        key = uuid4()
        data = self.data.copy()  # type: ignore[attr-defined]
        data["submission_key"], data["key_proof"] = str(key), self._prove(key)
        self.data = data
