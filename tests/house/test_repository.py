"""Facts about the repository that nobody would notice changing."""

import ast
import re
import subprocess
import sys
import tomllib

import pytest

from tests.house.contracts import ROOT, list_imports

LOCK_FILES = {"uv.lock", "poetry.lock", "package-lock.json", "yarn.lock", "pnpm-lock.yaml", "Pipfile.lock"}
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt", "requirements-uv.txt")


def list_tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("This is no git checkout.")
    return done.stdout.splitlines()


def test_no_lock_file_with_addresses_is_tracked() -> None:
    assert [path for path in list_tracked() if path.rsplit("/", 1)[-1] in LOCK_FILES] == []


def test_no_state_is_tracked() -> None:
    states = (".demo/", ".venv/", "staticfiles/", ".env")

    assert [path for path in list_tracked() if path.startswith(states) or path.endswith(".sqlite3")] == []


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_is_pinned_with_hashes_and_names_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.findall(r"^(\S.*?)(?=^\S|\Z)", text, flags=re.MULTILINE | re.DOTALL)
    packages = [block for block in blocks if not block.startswith("#")]

    assert [block.split()[0] for block in packages if "==" not in block or "--hash=sha256:" not in block] == []
    assert "://" not in text


def test_development_requirements_hold_the_runtime_ones() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE))

    assert pins("requirements.txt") - pins("requirements-dev.txt") == set()


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[\[<>=~ ]", line)[0].lower() for line in project["dependencies"]]
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")

    assert [name for name in names if not re.search(rf"^{re.escape(name)}(\[.*\])?==", text, flags=re.MULTILINE)] == []


def test_bootstrap_needs_the_standard_library_alone() -> None:
    path = ROOT / "wimmentor" / "bootstrap.py"

    assert [name for name in list_imports(path) if name.split(".")[0] not in sys.stdlib_module_names] == []


def test_manage_imports_the_standard_library_alone_before_the_bootstrap() -> None:
    tree = ast.parse((ROOT / "manage.py").read_text(encoding="utf-8"))
    top = [alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names]

    assert top == ["os", "runpy", "sys"]


def test_licence_is_bsd() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert text.startswith("BSD 3-Clause License\n\nCopyright (c) 2026, the Wimmentor contributors\n")
