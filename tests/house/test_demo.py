"""The demonstration's command, as scripts use it: one document, a site that serves it, an end without remains."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.processes import ROOT, environment, find_free_port, manage

pytestmark = pytest.mark.processes


def make_environment(folder: Path) -> dict[str, str]:
    environ = environment(folder, f"sqlite:///{folder / 'db.sqlite3'}", CELERY_BROKER_URL="memory://localhost")
    return {name: value for name, value in environ.items() if name not in {"DATABASE_URL", "SECRET_KEY"}}


def list_processes(port: int) -> list[str]:
    done = subprocess.run(["ps", "-eo", "pid=,args="], capture_output=True, text=True, check=True)
    return [line for line in done.stdout.splitlines() if f"--port {port}" in line]


def test_it_serves_what_it_says_and_leaves_nothing_behind(tmp_path: Path) -> None:
    environ, port = make_environment(tmp_path), find_free_port()
    command = [sys.executable, "manage.py", "demo", "--json", "--stage", "open", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as demo:
        assert demo.stdout is not None
        document = json.loads(demo.stdout.readline())
        with urllib.request.urlopen(f"{document['base_url']}/livez") as answer:
            status = answer.status
        demo.send_signal(signal.SIGTERM)
        rest = demo.stdout.read()

    assert (status, document["base_url"], demo.returncode) == (200, f"http://127.0.0.1:{port}", 0)
    assert (rest, list_processes(port)) == (b"", [])
    assert sorted(document) == ["base_url", "cohorts", "database", "empty_cohort", "organisations", "users"]
    assert os.stat(tmp_path / "key").st_mode & 0o777 == 0o600

    again = json.loads(manage(environ, "demo", "--json", "--setup-only", "--port", str(port)).stdout)

    assert [again[name] for name in ("organisations", "cohorts")] == [
        document[name] for name in ("organisations", "cohorts")
    ]


def test_a_stage_that_does_not_exist_is_refused_by_name(tmp_path: Path) -> None:
    done = manage(make_environment(tmp_path), "demo", "--setup-only", "--json", "--stage", "running", check=False)

    assert (done.returncode, done.stdout) == (1, "")
    assert "'running' does not exist yet" in done.stderr
