"""`by=`: who does something. Domain functions take it; audit writes it down."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Actor:
    kind: str  # "user", "link", "command" or "system"
    user_id: int | None = None
    label: str = ""

    @classmethod
    def of(cls, user: Any) -> "Actor":
        return cls("user", user.pk)

    @classmethod
    def link(cls, purpose: str) -> "Actor":
        return cls("link", None, purpose)


COMMAND = Actor("command", None, "command")
SYSTEM = Actor("system", None, "system")
