"""What is only compared for equality is kept as a keyed digest: nobody is found by it once she was erased."""

import hashlib
import hmac

from django.conf import settings

from wimmentor.base.text import fold_email

DIGEST_LENGTH = 20


def digest(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:DIGEST_LENGTH]


def key_of_email(email: str) -> str:
    return digest(f"email:{fold_email(email)}") if email else ""
