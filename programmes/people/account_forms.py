"""allauth's forms in our look and with our words."""

from contextlib import suppress
from typing import Any
from uuid import uuid4

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import context as request_context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm as PlainActivateTOTPForm
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from programmes.people.tries import CODE as WRONG_CODE
from programmes.people.tries import give_back, take_try
from wimmentor.base.forms import GuardedForm, PlainForm
from wimmentor.base.limits import TooMany, client_address, refuse_spent, spend, spend_letter
from wimmentor.base.text import fold_email

WRONG_CODES, MINUTE = 10, 60
# Of all letters of the account that anybody may ask for: codes, links, resets.
LETTER = "account-letter"


def refuse_letter(email: str | None) -> ValidationError | None:
    """Before it is looked up whether somebody has this address, so that the answer tells nothing about it."""
    try:
        spend_letter(LETTER, fold_email(email or ""), request_context.request)
    except TooMany as error:
        return as_invalid(error)
    return None


def as_invalid(error: TooMany) -> ValidationError:
    return ValidationError(str(error.message), code=error.code)


class OurLook(PlainForm):
    """Labels say what placeholders would; `labels` and `hints` are ours."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, field.help_text)


ADDRESS = {"email": _("E-mail"), "login": _("E-mail")}
CODE = {"code": _("Code")}
NEW_PASSWORD = {"oldpassword": _("Present password"), "password1": _("New password"), "password2": _("Once more")}
PASSWORD_HINTS = {
    "oldpassword": "",
    "password1": _("At least 10 characters. A sentence is good."),
}


class SignInForm(OurLook, GuardedForm, account.LoginForm):
    """An address is enough: without a password a code and a link go there."""

    MIN_SECONDS = 0
    labels = {**ADDRESS, "password": _("Password")}
    hints = {"password": _("Leave it empty and we send you a code.")}

    def _setup_password_field(self) -> None:
        self.fields["password"].required = False

    def _clean_without_password(self, email: str | None, phone: str | None) -> Any:
        if refusal := refuse_letter(email):
            self.add_error("login", refusal)
            return self.cleaned_data
        return super()._clean_without_password(email, phone)


class SignUpForm(OurLook, GuardedForm, account.SignupForm):
    account_already_exists: bool
    labels = ADDRESS
    hints = {"email": _("We send a code there. You need no password.")}

    def clean(self) -> Any:
        cleaned = super().clean()
        if not self.errors and (refusal := refuse_letter(self.cleaned_data["email"])):
            raise refusal
        return cleaned

    def try_save(self, request: HttpRequest) -> Any:
        """Of several at once one makes the account; the others are answered as if it had been there."""
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    return super().try_save(request)
            except IntegrityError:
                self.account_already_exists = True
        self._make_and_take_back(request)
        return super().try_save(request)

    def _make_and_take_back(self, request: HttpRequest) -> None:
        """An account under an address of nobody: without its work the clock would tell that one was there."""
        given = self.cleaned_data
        self.cleaned_data = {**given, "email": f"{uuid4().hex}@example.invalid"}
        self.account_already_exists = False
        with transaction.atomic():
            super().try_save(request)
            transaction.set_rollback(True)
        self.cleaned_data, self.account_already_exists = given, True


class RequestLoginCodeForm(OurLook, account.RequestLoginCodeForm):
    labels = ADDRESS

    def clean_email(self) -> str:
        if refusal := refuse_letter(self.cleaned_data["email"]):
            raise refusal
        email: str = super().clean_email()
        return email


class CountsWrongCodes(OurLook):
    """A code allows three tries; here those of all codes count that are tried from one address, or for one account."""

    labels = CODE

    def asked_for(self) -> str:
        """The address to which the code went."""
        raise NotImplementedError

    def clean_code(self) -> str:
        request = request_context.request
        address = client_address(request)
        try:
            refuse_spent("wrong-code-from", address, allowed=WRONG_CODES)
        except TooMany as error:
            raise as_invalid(error) from error
        tried = take_try(request, WRONG_CODE, self.asked_for())
        if tried is None:
            raise get_adapter().validation_error("too_many_login_attempts")
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError:
            with suppress(TooMany):
                spend("wrong-code-from", address, allowed=WRONG_CODES, seconds=MINUTE)
            raise
        give_back(tried)
        return code


class ConfirmLoginCodeForm(CountsWrongCodes, account.ConfirmLoginCodeForm):
    def asked_for(self) -> str:
        stage = LoginStageController.enter(request_context.request, LoginByCodeStage.key)
        return str(stage.state.get("email", "")) if stage else ""


class ConfirmEmailVerificationCodeForm(CountsWrongCodes, account.ConfirmEmailVerificationCodeForm):
    email: str | None

    def asked_for(self) -> str:
        return self.email or ""


class AddEmailForm(OurLook, account.AddEmailForm):
    labels = {"email": _("New address")}

    def clean_email(self) -> str:
        email: str = super().clean_email()
        if refusal := refuse_letter(email):
            raise refusal
        return email


class ResetPasswordForm(OurLook, account.ResetPasswordForm):
    labels = ADDRESS

    def clean_email(self) -> str:
        email: str = super().clean_email()
        if refusal := refuse_letter(email):
            raise refusal
        return email


class ResetPasswordKeyForm(OurLook, account.ResetPasswordKeyForm):
    labels = NEW_PASSWORD
    hints = PASSWORD_HINTS


class SetPasswordForm(OurLook, account.SetPasswordForm):
    labels = NEW_PASSWORD
    hints = PASSWORD_HINTS


class ChangePasswordForm(OurLook, account.ChangePasswordForm):
    labels = NEW_PASSWORD
    hints = PASSWORD_HINTS


class ReauthenticateForm(OurLook, account.ReauthenticateForm):
    labels = {"password": _("Password")}
    hints = {"password": ""}


class AuthenticateForm(OurLook, mfa.AuthenticateForm):
    labels = CODE
    hints = {"code": _("From your authenticator app, or one of your recovery codes.")}


class ReauthenticateByCodeForm(OurLook, mfa.ReauthenticateForm):
    labels = CODE
    hints = {"code": _("From your authenticator app, or one of your recovery codes.")}


class ActivateTOTPForm(OurLook, PlainActivateTOTPForm):
    labels = {"code": _("Code that the app shows")}
