"""allauth speaks through here: our words, our outbox, one account per address."""

import uuid
from ipaddress import ip_address
from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.core import context as request_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from programmes.outbox.domain import queue_email, send_email
from programmes.people.domain import SIGN_IN, end_sign_in_links, note_address
from programmes.people.models import User
from programmes.people.queries import find_user
from programmes.people.tries import PASSWORD, Tried, forget_tries, give_back, name_place, take_try
from wimmentor.base.actors import Actor
from wimmentor.base.languages import speak, spoken_now
from wimmentor.base.limits import client_address
from wimmentor.base.templatetags.wim import in_zone
from wimmentor.base.text import fold_email

# Mark in the body -> allauth's name of the value, which is never stored.
SECRETS = {"code": "code", "reset": "password_reset_url", "sign_up": "signup_url"}
LONGEST_ADDRESS = 254
# These mails prove the address by a link as well as by a code.
WITH_SIGN_IN_LINK = frozenset(
    {"account/email/login_code", "account/email/email_confirmation_signup", "account/email/account_already_exists"}
)


class AccountAdapter(DefaultAccountAdapter):
    _try: Tried = None
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _(
            "The address and the password do not fit. Try again, or leave the password empty and we send you a code."
        ),
        "email_taken": _("This address cannot be used."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This is not the code we sent. Look at the newest e-mail and try again."),
        "incorrect_password": _("This is not your password. Try again."),
        "invalid_password_reset": _("This link does not work any more. Ask for a new one."),
        "rate_limited": _("That was a little too often. Wait a minute and try again."),
        "too_many_login_attempts": _("That was a little too often. Wait a few minutes and try again."),
        "unknown_email": _("We do not know this address."),
    }

    def clean_email(self, email: str) -> str:
        """Folded; a few signs grow by it, so that it may be none any more, or too long."""
        address = fold_email(email)
        validate_email(address)
        if len(address) > LONGEST_ADDRESS:
            raise ValidationError(_("This address is too long."), code="max_length")
        return address

    def new_user(self, request: HttpRequest) -> Any:
        user = super().new_user(request)
        user.language = spoken_now()
        return user

    def get_client_ip(self, request: HttpRequest) -> str:
        """One notion of it for all limits; allauth's own answers 500 where a proxy was gone round."""
        try:
            return str(ip_address(client_address(request)))
        except ValueError as error:
            raise PermissionDenied from error

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """One count for an account tried from one address, under whichever name of this host and in whichever
        spelling. From all addresses together: `tries`."""
        return name_place(request, account_of(credentials))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        self._try = take_try(request, PASSWORD, account_of(credentials))
        if self._try is None:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        give_back(self._try)

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        super()._delete_login_attempts_cached_email(request, **credentials)
        forget_tries(request, PASSWORD, account_of(credentials))

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Somebody else may have taken the address between asking and confirming."""
        before = User.objects.filter(pk=email_address.user_id).values_list("email", flat=True).first() or ""
        try:
            with transaction.atomic():
                confirmed = bool(super().confirm_email(request, email_address))
                note_address(user=email_address.user, before=before, by=Actor.of(email_address.user))
                return confirmed
        except IntegrityError:
            messages.error(request, _("This address cannot be used."))
            return False

    def set_password(self, user: Any, password: str) -> None:
        """A first one, another one, or one set by a link: what was mailed before ends with it."""
        super().set_password(user, password)
        end_sign_in_links(user=user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox, at once, in the language and zone of the account, in this page's language where there is
        none. Codes and links stand in the stored body as marks only."""
        values = {**context, "email": email}
        user = context.get("user") or find_user(email)
        secrets = {mark: on_this_site(str(context[name])) for mark, name in SECRETS.items() if context.get(name)}
        links = self._sign_in_link(email) if template_prefix in WITH_SIGN_IN_LINK else {}
        with speak(str(getattr(user, "language", "")) or spoken_now()):
            if "timestamp" in context:
                values["timestamp"] = in_zone(context["timestamp"], getattr(user, "time_zone", ""))
            message = queue_email(
                event_key=f"account:{uuid.uuid4()}",
                recipient=email,
                kind=template_prefix.rpartition("/")[2],
                subject=render_to_string(f"{template_prefix}_subject.txt", values),
                body=render_to_string(f"{template_prefix}_message.txt", {**values, "has_link": bool(links)}).strip(),
                links=links,
                language=spoken_now(),
                is_private=bool(secrets or links),
            )
        transaction.on_commit(lambda: self._send_now(message.pk, secrets, bool(secrets or links)))

    def _sign_in_link(self, email: str) -> dict[str, dict[str, Any]]:
        user = find_user(email)
        if user is None or not user.is_active:
            return {}
        # Accounts made by an application or an invitation have no row of allauth's yet.
        sync_user_email_address(user)
        return {"sign_in": {"purpose": SIGN_IN, "subject_id": user.pk, "user_id": user.pk}}

    def _send_now(self, message_id: int, secrets: dict[str, str], is_awaited: bool) -> None:
        if send_email(email_id=message_id, secrets=secrets) or not is_awaited:
            return
        request = request_context.request
        raise ImmediateHttpResponse(render(request, "account/mail_failed.html"))


def account_of(credentials: dict[str, Any]) -> str:
    return fold_email(credentials.get("email") or credentials.get("username") or "")


def on_this_site(value: str) -> str:
    """An address from allauth names the host that the request named, which anybody can write; codes stay."""
    parts = urlsplit(value)
    if not parts.netloc:
        return value
    return settings.SITE_URL + value[value.index(parts.netloc) + len(parts.netloc) :]


class MfaAdapter(DefaultMFAAdapter):
    def build_totp_svg(self, url: str) -> str:
        """Drawn into the page itself: black on white in every colour scheme, without a data: address."""
        svg = super().build_totp_svg(url)
        svg = svg[svg.index("<svg") :].replace(
            "<path", '<rect width="100%" height="100%" fill="#fff"/><path fill="#000"', 1
        )
        return mark_safe(svg)  # noqa: S308 - drawn by the library from our own address
