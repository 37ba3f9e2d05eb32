from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise


class DomainError(Exception):
    """A refusal that a person can read. `field` names the form field it belongs to, if any."""

    def __init__(self, message: str | Promise, *, code: str = "refused", field: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.code = code
        self.field = field


class Conflict(DomainError):
    """Somebody else was quicker: answered with a 409 page that shows both versions."""

    def __init__(
        self,
        message: str | Promise,
        *,
        code: str = "conflict",
        yours: Mapping[str, Any] | None = None,
        theirs: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message, code=code)
        self.yours = yours or {}
        self.theirs = theirs or {}
