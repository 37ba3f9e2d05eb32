"""The demonstration's mailbox: messages are files, shown on a page, and go nowhere."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend


def mailbox_dir() -> Path:
    return Path(settings.STATE_DIR) / "mail"


class DemoMailbox(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[mail.EmailMessage]) -> int:
        folder = mailbox_dir()
        folder.mkdir(parents=True, exist_ok=True)
        count = 0
        for message in email_messages:
            stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S%f")
            # Several processes write here, and a page may be reading: a name of its own, whole at once.
            name = f"{stamp}-{secrets.randbelow(10**9):09d}"
            (folder / name).write_bytes(message.message().as_bytes())
            (folder / name).rename(folder / f"{name}.eml")
            count += 1
        return count


def read_mailbox(limit: int = 200) -> list[tuple[str, EmailMessage]]:
    """(name, message), newest first."""
    files = sorted(mailbox_dir().glob("*.eml"), reverse=True)[:limit]
    return [(file.stem, _read(file)) for file in files]


def read_message(name: str) -> EmailMessage | None:
    file = mailbox_dir() / f"{name}.eml"
    if not name.replace("-", "").isdigit() or not file.exists():
        return None
    return _read(file)


def _read(file: Path) -> EmailMessage:
    return message_from_bytes(file.read_bytes(), policy=policy.default)
