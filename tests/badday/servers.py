"""Servers of our own on free ports: Redis and PostgreSQL, to be stopped, flushed and killed."""

import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import redis

from tests.processes import find_free_port

START_SECONDS = 30


@dataclass
class Broker:
    folder: Path
    port: int = field(default_factory=find_free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def flush(self) -> None:
        redis.from_url(self.url).flushall()

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(10)
            self.process = None


def find_postgresql() -> Path | None:
    """The folder of initdb and postgres; Debian keeps it out of PATH."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((folder for folder in reversed(folders) if (folder / "initdb").exists()), None)


@dataclass
class Cluster:
    """A PostgreSQL server with data of its own. PostgreSQL refuses to run as root; `postgres` runs it then."""

    folder: Path
    binaries: Path
    port: int = field(default_factory=find_free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def create(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "--pgdata", str(self.data), "--username", "postgres", "--auth", "trust", "--no-sync")

    def start(self) -> None:
        options = [
            "-p",
            str(self.port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            f"unix_socket_directories={self.folder}",
        ]
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            [str(self.binaries / "postgres"), "-D", str(self.data), *options], stdout=log, stderr=log, **self._user()
        )
        log.close()
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                psycopg.connect(self.url, connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError((self.folder / "log").read_text())

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        """SIGINT: fast (clients are hung up on). SIGQUIT: immediate, as after a crash."""
        if self.process:
            self.process.send_signal(number)
            self.process.wait(30)
            self.process = None

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self.binaries / program), *arguments], capture_output=True, text=True, check=False, **self._user()
        )
        assert done.returncode == 0, done.stderr

    def _user(self) -> "dict[str, object]":
        return {"user": "postgres", "cwd": str(self.folder)} if os.geteuid() == 0 else {}
