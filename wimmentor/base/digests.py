"""What is only compared for equality is kept as a keyed digest: nobody is found by it once she was erased."""

import hashlib
import hmac

from django.conf import settings

from wimmentor.base.text import fold_email

DIGEST_LENGTH = 20


def digest(text: str, secret: str = "") -> str:
    key = secret or settings.SECRET_KEY
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()[:DIGEST_LENGTH]


def key_of_email(email: str, secret: str = "") -> str:
    return digest(f"email:{fold_email(email)}", secret) if email else ""


def keys_of_email(email: str) -> list[str]:
    """The key first under which she is stored now, then those from before SECRET_KEY was changed: to look her up."""
    return [key_of_email(email, secret) for secret in secrets()] if email else []


def secrets() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
