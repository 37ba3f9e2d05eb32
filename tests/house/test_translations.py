"""Sentences reach the catalogues: makemessages knows gettext's functions by their own names and by `_` only."""

import ast
from pathlib import Path

from tests.processes import ROOT

PACKAGES = ("wimmentor", "programmes", "matching", "inventory")


def other_names(file: Path) -> list[str]:
    imports = [
        node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom)
    ]
    return [
        f"{file.relative_to(ROOT)}: {alias.name} as {alias.asname}"
        for node in imports
        for alias in node.names
        if node.module == "django.utils.translation" and "gettext" in alias.name and alias.asname not in (None, "_")
    ]


def test_gettext_has_no_other_name() -> None:
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py")]
    assert [name for file in files for name in other_names(file)] == []


def test_languages_change_by_speak_only() -> None:
    """Django's own override gives back the language and loses the terms of an organisation; see base.languages."""
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py")]
    templates = (ROOT / "templates").rglob("*.html")
    taken = [str(file) for file in files if "translation.override" in file.read_text(encoding="utf-8")]
    taken += [
        f"{file}: {alias.name}"
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name == "override"
    ]
    taken += [str(file) for file in templates if "{% language " in file.read_text(encoding="utf-8")]
    assert taken == []
