"""Real processes for tests: databases to give away, a site with its worker and dispatcher, and their ends."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
# Short enough that a test sees a worker's death healed, long enough for a busy machine to beat in time.
INTERVALS = {"JOB_LEASE_SECONDS": "4", "JOB_BEAT_SECONDS": "1", "JOB_DISPATCH_SECONDS": "2"}


def database_url() -> str:
    return os.environ.get("DATABASE_URL", "")


def broker_url() -> str:
    return os.environ.get("CELERY_BROKER_URL", "memory://localhost")


def is_postgresql(url: str) -> bool:
    return urlsplit(url).scheme in {"postgres", "postgresql"}


def is_redis(url: str) -> bool:
    return urlsplit(url).scheme in {"redis", "rediss"}


def uses_postgresql() -> bool:
    return is_postgresql(database_url())


def uses_redis() -> bool:
    return is_redis(broker_url())


def describe_services() -> str:
    return f"database {hide_password(database_url())}, broker {hide_password(broker_url())}"


def hide_password(url: str) -> str:
    parts = urlsplit(url)
    if parts.password is None:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":***@", 1)))


def list_missing_services() -> list[str]:
    """A sentence for each service that is not named or does not answer."""
    missing = []
    if not uses_postgresql():
        missing.append("DATABASE_URL does not name PostgreSQL.")
    else:
        try:
            psycopg.connect(server_url(), connect_timeout=5).close()
        except psycopg.Error as error:
            missing.append(f"PostgreSQL does not answer ({type(error).__name__}).")
    if not uses_redis():
        missing.append("CELERY_BROKER_URL does not name Redis.")
    else:
        try:
            redis.from_url(broker_url(), socket_connect_timeout=5).ping()
        except redis.RedisError as error:
            missing.append(f"Redis does not answer ({type(error).__name__}).")
    return missing


def server_url(name: str = "postgres", server: str = "") -> str:
    return urlunsplit(urlsplit(server or database_url())._replace(path=f"/{name}"))


def run_sql(statement: str, server: str = "") -> None:
    with psycopg.connect(server_url(server=server), autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, url: str, **more: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "WIM_"))}
    return {
        **inherited,
        **INTERVALS,
        "WIM_MODE": "demo",
        "WIM_STATE_DIR": str(folder),
        "DATABASE_URL": url,
        "SECRET_KEY": "a-key-for-processes-that-tests-start-and-nobody-else",
        "DJANGO_SETTINGS_MODULE": "wimmentor.settings",
        **more,
    }


def manage(environ: dict[str, str], *arguments: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
    return run_python(environ, "manage.py", *arguments, check=check)


def run_python(environ: dict[str, str], *arguments: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if check and done.returncode:
        raise AssertionError(f"{' '.join(arguments)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done


@dataclass
class Blank:
    """A migrated database without rows, to be copied, and the static files that every site serves."""

    folder: Path
    name: str
    # DATABASE_URL of whoever runs this, or that of a server of its own.
    server: str = field(default_factory=database_url)

    @property
    def url(self) -> str:
        if is_postgresql(self.server):
            return server_url(self.name, self.server)
        return f"sqlite:///{self.folder / self.name}"

    def copy(self, folder: Path) -> "Blank":
        copied = Blank(folder, f"{self.name}_{secrets.token_hex(4)}", self.server)
        if is_postgresql(self.server):
            run_sql(f'CREATE DATABASE "{copied.name}" TEMPLATE "{self.name}"', self.server)
        else:
            shutil.copy(self.folder / self.name, folder / copied.name)
        return copied

    def remove(self) -> None:
        if is_postgresql(self.server):
            run_sql(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)', self.server)


PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
"""


def make_blank(folder: Path, server: str = "") -> Blank:
    blank = Blank(folder, f"wimmentor_blank_{secrets.token_hex(4)}", server or database_url())
    if is_postgresql(blank.server):
        run_sql(f'CREATE DATABASE "{blank.name}"', blank.server)
    environ = environment(folder, blank.url, STATIC_ROOT=str(folder / "static"))
    # One interpreter for the three commands: each would import everything anew.
    run_python(environ, "-c", PREPARE)
    return blank


@dataclass
class Site:
    url: str
    folder: Path
    environ: dict[str, str]
    commands: dict[str, list[str]]
    running: "dict[str, subprocess.Popen[bytes]]" = field(default_factory=dict)
    # Of all that was ever started: a leader may be killed alone, and its children live on.
    groups: set[int] = field(default_factory=set)

    @property
    def mailbox(self) -> Path:
        return self.folder / "mail"

    def manage(self, *arguments: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
        return manage(self.environ, *arguments, check=check)

    def start(self, name: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", *self.commands[name]],
                cwd=ROOT,
                env={**self.environ, "WIM_EMBEDDED_WORKER": "0" if "worker" in self.commands else "1"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.groups.add(self.running[name].pid)

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        """Ends a process and all that it started, by default with no chance to tidy up."""
        process = self.running.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        process.wait(30)

    def stop(self) -> None:
        for name in list(self.running):
            self.running[name].terminate()
        for name in list(self.running):
            with suppress(subprocess.TimeoutExpired):
                self.running[name].wait(10)
            self.kill(name)
        for group in self.groups:
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)

    def wait_until_live(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.running["web"].poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/livez", timeout=2):
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"The site does not answer:\n{self.read_log('web')}")

    def read_log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")


@contextmanager
def start_site(blank: Blank, folder: Path, **more: str) -> Iterator[Site]:
    """`more` are environment variables, for example WIM_CLOCK_SHIFT_SECONDS."""
    database = blank.copy(folder)
    port = find_free_port()
    environ = environment(
        folder,
        database.url,
        SITE_URL=f"http://127.0.0.1:{port}",
        STATIC_ROOT=str(blank.folder / "static"),
        CELERY_QUEUE=f"test-{database.name}",
        **more,
    )
    broker = environ.get("CELERY_BROKER_URL", broker_url())
    site = Site(f"http://127.0.0.1:{port}", folder, environ, list_commands(port, folder, broker))
    try:
        for name in site.commands:
            site.start(name)
        site.wait_until_live()
        yield site
    finally:
        site.stop()
        database.remove()
        if is_redis(broker):
            forget_queue(environ["CELERY_QUEUE"], broker)


def forget_queue(name: str, broker: str) -> None:
    """The queue and what Celery keeps beside it. A server of the test's own may be gone already."""
    client = redis.from_url(broker)
    with suppress(redis.ConnectionError):
        for key in client.scan_iter(f"*{name}*"):
            client.delete(key)


def list_commands(port: int, folder: Path, broker: str) -> dict[str, list[str]]:
    granian = ["granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "6", "--log-level", "error"]
    commands = {"web": [*granian, "--host", "127.0.0.1", "--port", str(port), "wimmentor.wsgi:application"]}
    if is_redis(broker):
        celery = ["celery", "--app", "wimmentor"]
        commands["worker"] = [*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING"]
        commands["beat"] = [*celery, "beat", "--schedule", str(folder / "beat"), "--pidfile", ""]
    return commands
