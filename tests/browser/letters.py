"""Letters of a live site as its people find them: files in the mailbox of the demonstration."""

import re
import time
from dataclasses import dataclass
from email import message_from_bytes, policy

from tests.processes import Site

SECONDS = 30


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str

    @property
    def link(self) -> str:
        found = re.search(r"https?://\S+/l/\S+", self.text)
        assert found, self.text
        return found[0]

    @property
    def code(self) -> str:
        """The only line that is a code and nothing else."""
        found = re.search(r"^[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}$", self.text, re.MULTILINE)
        assert found, self.text
        return found[0]


def letters_to(site: Site, address: str) -> list[Letter]:
    """Oldest first."""
    found = []
    for file in sorted(site.mailbox.glob("*.eml")):
        message = message_from_bytes(file.read_bytes(), policy=policy.default)
        part = message.get_body(("plain",))
        if message["To"].addresses[0].addr_spec == address and part is not None:
            found.append(Letter(str(message["Subject"]), str(part.get_content())))
    return found


def wait_for_letter(site: Site, address: str, subject: str | re.Pattern[str]) -> Letter:
    """The newest letter with these words in its subject; the worker sends it when it can."""
    pattern = re.compile(re.escape(subject)) if isinstance(subject, str) else subject
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        fitting = [letter for letter in letters_to(site, address) if pattern.search(letter.subject)]
        if fitting:
            return fitting[-1]
        time.sleep(0.1)
    subjects = [letter.subject for letter in letters_to(site, address)]
    raise AssertionError(f"{address} has {subjects}, nothing about {subject!r}.\n{site.read_log('web')}")
