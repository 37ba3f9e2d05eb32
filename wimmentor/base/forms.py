"""Form ground: fields say who reads them; plain bots are slowed, people never lose text."""

from copy import copy
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wimmentor.base import clock
from wimmentor.base.errors import DomainError
from wimmentor.base.field_words import word_errors
from wimmentor.base.text import fold_email

SHOWN_SALT = "form-shown"


class AddressField(forms.EmailField):
    """An e-mail address as it is stored: folded. A few signs grow when they are folded, so it is looked at twice."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, **kwargs)

    def clean(self, value: Any) -> str:
        address = fold_email(super().clean(value))
        if address:
            self.run_validators(address)
        return address


class PlainForm(forms.Form):
    """`who_sees` maps field names to the sentence shown with a lock."""

    who_sees: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        for name, sentence in self.who_sees.items():
            if name in self.fields:
                self.fields[name].who_sees = sentence  # type: ignore[attr-defined]

    def full_clean(self) -> None:
        for field in self.fields.values():
            word_errors(field)
        super().full_clean()

    def add_refusal(self, error: DomainError) -> None:
        """Show a domain refusal beside the field it names."""
        self.add_error(error.field if error.field in self.fields else None, str(error.message))


class GuardedForm(PlainForm):
    """For forms that strangers may post: an unseen field that only bots fill, and a signed time of display.

    Too fast only asks once more: the same text with one more press goes through.
    """

    MIN_SECONDS = 2
    website = forms.CharField(required=False, label=_("Leave this empty"), widget=forms.HiddenInput)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown"].initial = sign_shown(0)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.data.get(self.add_prefix("website")):
            self._let_next_through()
            raise ValidationError(_("We could not accept this form. Press the button once more."), code="bot")
        if self._seconds_open() < self.MIN_SECONDS:
            self._let_next_through()
            raise ValidationError(
                _("That was very quick. Nothing is lost: press the button once more."), code="too_fast"
            )
        return cleaned

    def _seconds_open(self) -> float:
        try:
            # However old: who opened the form yesterday was not too quick.
            shown: int = signing.loads(self.data.get(self.add_prefix("shown"), ""), salt=SHOWN_SALT)
        except signing.BadSignature:
            return 0
        return clock.now().timestamp() - shown

    def _let_next_through(self) -> None:
        """What is shown again carries a time that passes, so nobody is asked twice."""
        data: Any = copy(self.data)  # a QueryDict's copy can be changed
        data[self.add_prefix("website")] = ""
        data[self.add_prefix("shown")] = sign_shown(self.MIN_SECONDS)
        self.data = data


def sign_shown(seconds_ago: int) -> str:
    return signing.dumps(int(clock.now().timestamp()) - seconds_ago, salt=SHOWN_SALT)
