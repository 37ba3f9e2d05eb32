"""Each contract holds, and refuses a violation that is planted into a copy of the tree."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.house.contracts import (
    APPS,
    ROOT,
    find_foreign_engine_imports,
    find_http_below_views,
    find_relations_against_order,
)

PLANTED_IMPORTS = [
    ("apps", "programmes/cohorts/models.py", "import matching.runs"),
    ("apps", "wimmentor/base/text.py", "import programmes.audit"),
    ("apps", "inventory/initiatives/models.py", "import matching.runs"),
    ("apps", "programmes/audit/models.py", "import wimmentor.urls"),
    ("programmes", "programmes/jobs/models.py", "import programmes.outbox.models"),
    ("programmes", "programmes/audit/models.py", "import programmes.people.models"),
    ("programmes", "programmes/access/models.py", "import programmes.audit.models"),
    ("programmes", "programmes/people/models.py", "def late():\n    import programmes.mentorships.models"),
    ("matching", "matching/runs/models.py", "import matching.board"),
    ("inventory", "inventory/initiatives/models.py", "import inventory.waves"),
    ("furniture", "programmes/jobs/models.py", "import programmes.jobs.domain"),
    ("furniture", "programmes/jobs/domain.py", "import programmes.jobs.tasks"),
    ("engine", "matching/engine/__init__.py", "import django.utils.timezone"),
    ("engine", "matching/engine/__init__.py", "import wimmentor.base.text"),
]


def copy_tree(target: Path) -> Path:
    for app in APPS:
        shutil.copytree(ROOT / app, target / app, ignore=shutil.ignore_patterns("__pycache__", "migrations"))
    shutil.copy(ROOT / "pyproject.toml", target)
    return target


def plant(root: Path, path: str, code: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as opened:
        opened.write(f"\n\n{code}\n")


def lint(root: Path, *contracts: str) -> "subprocess.CompletedProcess[str]":
    chosen = [part for contract in contracts for part in ("--contract", contract)]
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", *chosen]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_contracts_hold() -> None:
    done = lint(ROOT)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("contract", "path", "code"), PLANTED_IMPORTS)
def test_planted_import_is_refused(tmp_path: Path, contract: str, path: str, code: str) -> None:
    root = copy_tree(tmp_path)
    if "inventory.waves" in code:
        plant(root, "inventory/waves/__init__.py", "")
    plant(root, path, code)

    done = lint(root, contract)

    assert (done.returncode, "BROKEN" in done.stdout) == (1, True), done.stdout


@pytest.mark.parametrize(
    ("find", "path", "code", "expected"),
    [
        (
            find_foreign_engine_imports,
            "matching/engine/planted.py",
            "import pandas",
            "matching/engine/planted.py imports pandas",
        ),
        (
            find_foreign_engine_imports,
            "matching/engine/planted.py",
            "from matching.runs import models",
            "matching/engine/planted.py imports matching.runs.models",
        ),
        *(
            (
                find_http_below_views,
                f"programmes/jobs/{name}.py",
                "from django.http import HttpRequest",
                f"programmes/jobs/{name}.py imports django.http.HttpRequest",
            )
            for name in ("domain", "queries", "models", "domain/planted")
        ),
    ],
)
def test_planted_violation_is_found(
    tmp_path: Path, find: Callable[[Path], list[str]], path: str, code: str, expected: str
) -> None:
    before = find(ROOT)
    plant(tmp_path, path, code)

    assert (before, find(tmp_path)) == ([], [expected])


def test_model_relations_follow_the_order() -> None:
    assert find_relations_against_order(apps.get_models()) == []


@isolate_apps("programmes", "matching", "inventory")
@pytest.mark.parametrize(
    ("module", "app", "target"),
    [
        ("programmes.jobs.models", "programmes", "programmes.Cohort"),
        ("programmes.cohorts.models", "programmes", "matching.MatchingRun"),
        ("inventory.initiatives.models", "inventory", "matching.MatchingRun"),
        ("matching.runs.models", "matching", "inventory.Initiative"),
    ],
)
def test_planted_relation_is_found(module: str, app: str, target: str) -> None:
    owner = models.ForeignKey(apps.get_model("programmes.User"), models.CASCADE, related_name="+")
    relation = models.ForeignKey(apps.get_model(target), models.CASCADE, related_name="+")
    meta = type("Meta", (), {"app_label": app})
    planted = type("Planted", (models.Model,), {"__module__": module, "Meta": meta, "owner": owner, "wrong": relation})

    assert find_relations_against_order([planted]) == [f"{app}.Planted.wrong points to {target}"]
