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
    """Somebody else was quicker: answered with a 409 page that shows both versions.

    `about`: the record of whose last change the page says who made it and when. `kept`: longer texts of hers, by
    label, that would be gone with the page she wrote them on. `url`: where to look at it as it is now.
    """

    def __init__(
        self,
        message: str | Promise,
        *,
        code: str = "conflict",
        yours: Mapping[str, Any] | None = None,
        theirs: Mapping[str, Any] | None = None,
        about: Any = None,
        kept: Mapping[str, str] | None = None,
        url: str = "",
    ) -> None:
        super().__init__(message, code=code)
        self.yours = yours or {}
        self.theirs = theirs or {}
        self.about = about
        self.kept = kept or {}
        self.url = url
