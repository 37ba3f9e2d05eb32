"""The web server of the demonstration: granian as a child process that never outlives its parent's wish to stop."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from types import FrameType

from django.conf import settings

BLOCKING_THREADS = 6
START_SECONDS = 60
STOP_SECONDS = 15
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class ServerError(Exception):
    """Says in a sentence why the site does not answer."""


class Stopped(Exception):
    """Somebody asked this process to end."""


@contextmanager
def serve(*, port: int, environ: Mapping[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """Yields the server once /livez answers; ends it on leaving, also by SIGINT, SIGTERM or SIGHUP."""
    before = {number: signal.signal(number, _stop) for number in STOP_SIGNALS}
    # A session of its own, so that Ctrl-C in a terminal reaches it once and through us.
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"),
            *("--blocking-threads", str(BLOCKING_THREADS), "--host", "127.0.0.1", "--port", str(port)),
            *("--log-level", "error", "--workers-kill-timeout", "10", "wimmentor.wsgi:application"),
        ],
        env={**os.environ, **environ},
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        start_new_session=True,
    )
    try:
        _wait_until_live(server, port)
        yield server
    finally:
        # A second signal must not interrupt the ending of the child.
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        end_group(server)
        for number, handler in before.items():
            signal.signal(number, handler)


def end_group(server: "subprocess.Popen[bytes]", seconds: float = STOP_SECONDS) -> None:
    """SIGTERM, then SIGKILL for the server and everything that it started."""
    if server.poll() is None:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(seconds)
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped(signal.Signals(number).name)


def _wait_until_live(server: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise ServerError(f"The server ended at once (exit {server.returncode}). Its reason stands above.")
        if _is_live(port):
            return
        time.sleep(0.1)
    raise ServerError(f"http://127.0.0.1:{port}/livez did not answer within {START_SECONDS} seconds.")


def _is_live(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/livez", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
