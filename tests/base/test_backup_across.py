"""The same backup into the other database and back: every table has the same digest. Real commands, real processes."""

import json
import secrets
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.processes import environment, manage, run_sql, server_url

pytestmark = [pytest.mark.processes, pytest.mark.services]
LOAD = "from wimmentor.demonstration.loading import load_demonstration as load; load(seed=1, stage='matching')"
# What a restore itself writes down or holds.
TOUCHED = {"programmes.auditevent", "programmes.outboxemail", "programmes.purposelink"}


def tables_of(file: Path) -> dict[str, Any]:
    with zipfile.ZipFile(file) as archive:
        tables = json.loads(archive.read("manifest.json"))["tables"]
    return {label: (facts["rows"], facts["sha256"]) for label, facts in tables.items() if label not in TOUCHED}


def site(folder: Path, url: str) -> dict[str, str]:
    folder.mkdir()
    return environment(folder, url)


def test_from_sqlite_to_postgresql_and_back(tmp_path: Path) -> None:
    """Also that a database without any table is enough to restore into."""
    name = f"wimmentor_across_{secrets.token_hex(4)}"
    run_sql(f'CREATE DATABASE "{name}"')
    try:
        first = site(tmp_path / "first", f"sqlite:///{tmp_path / 'first.sqlite3'}")
        second = site(tmp_path / "second", server_url(name))
        third = site(tmp_path / "third", f"sqlite:///{tmp_path / 'third.sqlite3'}")
        manage(first, "migrate", "--verbosity", "0")
        manage(first, "createcachetable")
        manage(first, "shell", "--verbosity", "0", "--command", LOAD)
        files = [tmp_path / f"{number}.zip" for number in range(3)]
        manage(first, "backup", str(files[0]))
        manage(second, "restore", str(files[0]))
        manage(second, "backup", str(files[1]))
        manage(third, "restore", str(files[1]))
        manage(third, "backup", str(files[2]))
        refused = manage(second, "restore", str(files[0]), check=False)
    finally:
        run_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    assert tables_of(files[0]) == tables_of(files[1]) == tables_of(files[2])
    assert tables_of(files[0])["programmes.application"][0] > 100
    assert (refused.returncode, "This site is not empty" in refused.stderr) == (1, True)
