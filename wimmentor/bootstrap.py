"""Makes the environment in which `manage.py demo` and `manage.py tests` run, with the standard library alone.

Everything it says goes to standard error: standard output belongs to the command.
"""

import argparse
import fcntl
import hashlib
import importlib.util
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from contextlib import suppress
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
REQUIREMENTS = {"demo": "requirements.txt", "tests": "requirements-dev.txt"}
UV_REQUIREMENTS = ROOT / "requirements-uv.txt"
SUPPORTED = ((3, 11), (3, 14))
ALREADY_TRIED = "WIM_BOOTSTRAPPED"
# Whoever runs production has set some of these; nobody else has.
PRODUCTION_VARIABLES = ("SECRET_KEY", "SECRET_KEY_FILE", "SITE_URL", "ALLOWED_HOSTS")
PIN = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)\s*(;?)")


def prepare(argv: Sequence[str]) -> None:
    """Returns in an interpreter that can run argv, or replaces this process by one, or exits with a sentence."""
    command = argv[1] if len(argv) > 1 else ""
    if command in REQUIREMENTS:
        prepare_environment(ROOT / REQUIREMENTS[command], argv)
    elif importlib.util.find_spec("django") is None:
        refuse("The packages are not installed here. Run `python3 manage.py demo` or `python3 manage.py tests` first.")
    set_variables(command, argv[2:], os.environ)


def prepare_environment(requirements: Path, argv: Sequence[str]) -> None:
    tried = os.environ.pop(ALREADY_TRIED, "")
    unmet = list_unmet_pins(requirements.read_text(encoding="utf-8"), list_installed())
    if not unmet:
        return
    if tried:
        refuse(f"{VENV} still differs from {requirements.name}: {', '.join(unmet[:5])}. Delete it and start again.")
    if not is_up_to_date(requirements):
        make_environment(requirements)
    os.environ[ALREADY_TRIED] = "1"
    os.execv(VENV_PYTHON, [str(VENV_PYTHON), *argv])


def list_installed() -> dict[str, str]:
    return {fold_name(found.name): found.version for found in metadata.distributions() if found.name}


def list_unmet_pins(requirements: str, installed: Mapping[str, str]) -> list[str]:
    """Names whose installed version is not pinned. A pin with a marker may be meant for another Python or system."""
    versions: dict[str, set[str]] = {}
    always: set[str] = set()
    for line in requirements.splitlines():
        if found := PIN.match(line):
            name = fold_name(found[1])
            versions.setdefault(name, set()).add(found[2])
            if not found[3]:
                always.add(name)
    return [
        name
        for name, pinned in versions.items()
        if (installed[name] not in pinned if name in installed else name in always)
    ]


def fold_name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def stamp_of(requirements: Path) -> tuple[Path, str]:
    return VENV / f".{requirements.name}.sha256", hashlib.sha256(requirements.read_bytes()).hexdigest()


def is_up_to_date(requirements: Path) -> bool:
    stamp, digest = stamp_of(requirements)
    return VENV_PYTHON.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == digest


def make_environment(requirements: Path) -> None:
    lowest, highest = SUPPORTED
    if not lowest <= sys.version_info[:2] <= highest:
        refuse(
            f"Python {lowest[0]}.{lowest[1]} to {highest[0]}.{highest[1]} is needed; this is {sys.version.split()[0]}."
        )
    VENV.mkdir(exist_ok=True)
    # Not `.lock`: that name is uv's own.
    with (VENV / ".bootstrap.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_up_to_date(requirements):
            return
        if not VENV_PYTHON.exists():
            make_venv()
        say(f"Installing {requirements.name} into {VENV.name} (about a minute, once) ...")
        install(requirements)
        # The development requirements hold all of the runtime ones.
        for file_name in REQUIREMENTS.values():
            if file_name in {requirements.name, "requirements.txt"}:
                stamp, digest = stamp_of(ROOT / file_name)
                stamp.write_text(digest, encoding="ascii")


def make_venv() -> None:
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        refuse("This Python cannot make a virtual environment. On Debian or Ubuntu: apt install python3-venv")
    say(f"Making {VENV.name} ...")
    run([sys.executable, "-m", "venv", str(VENV)], "The virtual environment could not be made.")


def install(requirements: Path) -> None:
    python = str(VENV_PYTHON)
    if not succeeds([python, "-m", "uv", "--version"]):
        if not succeeds([python, "-m", "pip", "--version"]):
            run([python, "-m", "ensurepip"], "pip is missing in .venv. Delete .venv and start again.")
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        if not succeeds([*pip, "--only-binary", ":all:", "-r", str(UV_REQUIREMENTS)]):
            say("uv does not exist for this system; using pip, which takes longer.")
            run([*pip, "-r", str(requirements)], "The packages could not be installed.")
            return
    # The pins are complete, so nothing needs to be resolved: seconds less, and no question to the network.
    uv = [python, "-m", "uv", "pip", "install", "--quiet", "--no-deps", "--python", python, "--require-hashes"]
    run([*uv, "-r", str(requirements)], "The packages could not be installed. Is the network there?")


def run(command: Sequence[str], refusal: str) -> None:
    if subprocess.run(command, stdout=sys.stderr, check=False, cwd=ROOT).returncode:
        refuse(refusal)


def succeeds(command: Sequence[str]) -> bool:
    return not subprocess.run(command, capture_output=True, check=False, cwd=ROOT).returncode


def set_variables(command: str, options: Sequence[str], environ: MutableMapping[str, str]) -> None:
    """What is set already stays; SITE_URL alone follows the port that `demo` is given."""
    if command == "tests":
        environ.setdefault("WIM_MODE", "test")
        environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
        return
    if command == "demo" or not any(name in environ for name in PRODUCTION_VARIABLES):
        environ.setdefault("WIM_MODE", "demo")
    if environ.get("WIM_MODE") != "demo":
        return
    state = Path(environ.get("WIM_STATE_DIR") or ROOT / ".demo")
    if command == "demo":
        make_key(state)
        environ["SITE_URL"] = f"http://127.0.0.1:{read_port(options)}"
    adopt_file("SECRET_KEY", state / "key", environ)
    adopt_file("SITE_URL", state / "address", environ)


def rename_settings(argv: Sequence[str]) -> list[str]:
    """`match --settings FILE.json` means the file of matching settings; Django would import it as its own."""
    if argv[1:2] != ["match"]:
        return list(argv)
    return [re.sub(r"^--settings(?=$|=)", "--settings-file", word) for word in argv]


def make_key(state: Path) -> None:
    state.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError), open(state / "key", "x", opener=open_private) as file:
        file.write(secrets.token_urlsafe(50))


def open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def adopt_file(name: str, path: Path, environ: MutableMapping[str, str]) -> None:
    if path.exists():
        environ.setdefault(name, path.read_text(encoding="utf-8").strip())


def read_port(options: Sequence[str]) -> str:
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("--port", default="8000")
    try:
        return str(parser.parse_known_args(list(options))[0].port)
    except argparse.ArgumentError:
        return "8000"  # the command itself says what is wrong


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def refuse(sentence: str) -> None:
    say(sentence)
    sys.exit(1)
