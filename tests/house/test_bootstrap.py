import sys
from pathlib import Path

import pytest

from wimmentor import bootstrap

PINS = """\
celery==5.7.0 \\
    --hash=sha256:00
django-allauth[mfa]==65.21.1 \\
    --hash=sha256:00
numpy==2.4.6 ; python_full_version < '3.12' \\
    --hash=sha256:00
numpy==2.5.5 ; python_full_version >= '3.12' \\
    --hash=sha256:00
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:00
    # via click
"""
MET = {"celery": "5.7.0", "django-allauth": "65.21.1", "numpy": "2.5.5", "something-else": "1"}


@pytest.mark.parametrize(
    ("changes", "unmet"),
    [
        ({}, []),
        ({"celery": "5.7.1"}, ["celery"]),
        ({"celery": None, "django-allauth": None}, ["celery", "django-allauth"]),
        ({"numpy": "2.3.0"}, ["numpy"]),
        ({"numpy": None}, []),
        ({"colorama": "0.4.5"}, ["colorama"]),
    ],
)
def test_unmet_pins(changes: dict[str, str | None], unmet: list[str]) -> None:
    installed = {name: version for name, version in {**MET, **changes}.items() if version is not None}

    assert bootstrap.list_unmet_pins(PINS, installed) == unmet


def test_the_tests_run_on_the_pinned_packages() -> None:
    pins = (bootstrap.ROOT / "requirements-dev.txt").read_text(encoding="utf-8")

    assert bootstrap.list_unmet_pins(pins, bootstrap.list_installed()) == []


def test_a_satisfied_interpreter_goes_on_in_this_process(tmp_path: Path) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("# nothing is needed\n", encoding="utf-8")

    bootstrap.prepare_environment(requirements, ["manage.py", "tests"])


@pytest.mark.parametrize(
    ("command", "environ", "expected"),
    [
        ("tests", {}, {"WIM_MODE": "test", "DJANGO_SETTINGS_MODULE": "tests.settings"}),
        ("match", {}, {"WIM_MODE": "demo", "SECRET_KEY": "the-key", "SITE_URL": "http://127.0.0.1:8123"}),
        ("match", {"WIM_MODE": "test"}, {}),
        ("match", {"SECRET_KEY": "of a real site"}, {}),
        ("match", {"WIM_MODE": "demo", "SECRET_KEY": "mine"}, {"SITE_URL": "http://127.0.0.1:8123"}),
        ("demo", {}, {"WIM_MODE": "demo", "SECRET_KEY": "the-key", "SITE_URL": "http://127.0.0.1:8200"}),
        (
            "demo",
            {"SITE_URL": "https://old"},
            {"WIM_MODE": "demo", "SECRET_KEY": "the-key", "SITE_URL": "http://127.0.0.1:8200"},
        ),
    ],
)
def test_variables(tmp_path: Path, command: str, environ: dict[str, str], expected: dict[str, str]) -> None:
    (tmp_path / "key").write_text("the-key", encoding="utf-8")
    (tmp_path / "address").write_text("http://127.0.0.1:8123", encoding="utf-8")
    given = {"WIM_STATE_DIR": str(tmp_path), **environ}
    environ = dict(given)

    bootstrap.set_variables(command, ["--stage", "open", "--port=8200"], environ)

    assert environ == {**given, **expected}


def test_the_key_is_made_once_and_private(tmp_path: Path) -> None:
    bootstrap.make_key(tmp_path / "state")
    first = (tmp_path / "state" / "key").read_text(encoding="utf-8")
    bootstrap.make_key(tmp_path / "state")

    assert (tmp_path / "state" / "key").read_text(encoding="utf-8") == first
    assert ((tmp_path / "state" / "key").stat().st_mode & 0o777, len(first) >= 50) == (0o600, True)


def test_an_old_python_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 2))

    with pytest.raises(SystemExit, match="1"):
        bootstrap.make_environment(tmp_path / "requirements.txt")

    out, err = capsys.readouterr()
    assert (out, err.startswith("Python 3.11 to 3.14 is needed; this is ")) == ("", True)
