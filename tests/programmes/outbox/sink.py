"""A mail server of our own on loopback, that takes, refuses, or hangs up in the middle."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage

from django.db import connections

OK = b"250 OK\r\n"
REFUSALS = {"refuse": b"554 5.7.1 Not here\r\n", "later": b"451 4.7.1 Come again\r\n"}


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    part = message.get_body((kind,))
    return part.get_content().replace("\r\n", "\n").strip() if part else ""


class Sink(socketserver.ThreadingTCPServer):
    """`plan` holds what to do with the next messages (accept, refuse, later, hang, drop_before, drop_after), then
    accepts.

    later: 4xx, come again. hang: no answer, until the sender hangs up. drop_after: the message is taken, and the line
    goes dead before the sender hears so.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.plan: list[str] = []
        self.taken: list[EmailMessage] = []
        # Messages that were taken without their sender hearing so: each may come once more.
        self.unheard = 0
        # Called in a thread of the server while a sender waits for the answer to its message.
        self.while_asked: Callable[[], object] = bool

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def recipients(self) -> list[str]:
        return [str(message["To"]) for message in self.taken]


class Conversation(socketserver.StreamRequestHandler):
    server: Sink
    _next = b""

    def handle(self) -> None:
        with suppress(ConnectionError):  # a sender that was killed
            self._converse()

    def _converse(self) -> None:
        self.wfile.write(b"220 sink\r\n")
        while line := self._read_line():
            command = line.strip().upper().split(b" ")[0]
            if command == b"QUIT":
                self.wfile.write(b"221 Bye\r\n")
                return
            if command != b"DATA":
                self.wfile.write(OK)
            elif not self._read_message():
                return

    def _read_line(self) -> bytes:
        line, self._next = self._next or self.rfile.readline(), b""
        return line

    def _read_message(self) -> bool:
        """False where the line goes dead."""
        wish = self.server.plan.pop(0) if self.server.plan else "accept"
        if wish == "drop_before":
            return False
        if wish == "hang":
            self.rfile.readline()
            return False
        self.wfile.write(b"354 Go on\r\n")
        message = self._read_data()
        if message is None:
            return False
        self._call()
        if wish in REFUSALS:
            self.wfile.write(REFUSALS[wish])
            return True
        self.server.taken.append(message)
        if wish == "drop_after":
            self.server.unheard += 1
            return False
        return self._is_heard()

    def _read_data(self) -> EmailMessage | None:
        """None where its sender dies in the middle: no mail server takes a part for the whole."""
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return None
            lines.append(line[1:] if line.startswith(b"..") else line)
        return message_from_bytes(b"".join(lines), policy=policy.default)

    def _is_heard(self) -> bool:
        """Whoever has heard the answer says something more, QUIT at least."""
        with suppress(ConnectionError):  # a sender that was killed
            self.wfile.write(OK)
            self._next = self.rfile.readline()
        self.server.unheard += not self._next
        return bool(self._next)

    def _call(self) -> None:
        try:
            self.server.while_asked()
        finally:
            connections.close_all()


@contextmanager
def start_sink() -> Iterator[Sink]:
    with Sink() as sink:
        threading.Thread(target=sink.serve_forever, args=(0.05,), daemon=True).start()
        yield sink
        sink.shutdown()
