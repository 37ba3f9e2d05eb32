"""Sets up the demonstration and serves it as production is served, until somebody ends it."""

import json
import os
import shutil
import socket
import sys
from argparse import ArgumentTypeError
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, CommandParser, call_command
from django.db import connection

from wimmentor.base.serving import ServerError, Stopped, serve
from wimmentor.base.statics import collect_when_stale
from wimmentor.demonstration.loading import STAGES, describe_demonstration, load_demonstration


def read_port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise ArgumentTypeError(f"{text!r} is no port; give a number from 1 to 65535.")
    return int(text)


class Command(BaseCommand):
    help = "Set up the demonstration and serve it on this machine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=read_port, default=8000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--stage", default="matching", help=f"One of {', '.join(STAGES)}.")
        parser.add_argument("--setup-only", action="store_true", help="Set up and end, without serving.")
        parser.add_argument("--fresh", action="store_true", help="Forget what was there and begin again.")
        parser.add_argument("--json", action="store_true", help="One JSON document on standard output.")

    def handle(self, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demonstration runs with WIM_MODE=demo only.")
        if options["stage"] not in STAGES:
            raise CommandError(f"The stage {options['stage']!r} does not exist yet. There are: {', '.join(STAGES)}.")
        port = options["port"]
        if not options["setup_only"] and is_taken(port):
            raise CommandError(f"Port {port} is in use. Choose another one with --port.")
        if options["fresh"]:
            forget_everything()
        document = {
            "base_url": settings.SITE_URL,
            "database": name_database(),
            **set_up(seed=options["seed"], stage=options["stage"]),
        }
        server = nullcontext() if options["setup_only"] else serve(port=port, environ={"WIM_EMBEDDED_WORKER": "1"})
        try:
            with server as running:
                self.stdout.write(json.dumps(document, ensure_ascii=False) if options["json"] else describe(document))
                self.stdout.flush()
                if running and running.wait():
                    raise ServerError(f"The server ended (exit {running.returncode}).")
        except Stopped:
            self.stderr.write("Ended. `python3 manage.py demo` goes on where this stopped.")
        except ServerError as error:
            raise CommandError(str(error)) from error


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def set_up(*, seed: int, stage: str) -> dict[str, Any]:
    settings.STATE_DIR.mkdir(parents=True, exist_ok=True)
    (settings.STATE_DIR / "address").write_text(settings.SITE_URL, encoding="utf-8")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    collect_when_stale(settings.STATE_DIR / "static.sha256")
    if not get_user_model().objects.exists():
        print("Loading the demonstration ...", file=sys.stderr, flush=True)  # noqa: T201 - progress, not the answer
        load_demonstration(seed=seed, stage=stage)
    return dict(describe_demonstration(base_url=settings.SITE_URL))


def name_database() -> str:
    """Path or name, never a password."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite":
        return name
    path = Path(name)
    return str(path.relative_to(settings.BASE_DIR)) if path.is_relative_to(settings.BASE_DIR) else name


def forget_everything() -> None:
    """Keeps the key, so that commands of other shells go on working."""
    if connection.vendor == "sqlite":
        for suffix in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{suffix}").unlink(missing_ok=True)
    else:
        empty_database()
    for name in ("media", "mail"):
        shutil.rmtree(settings.STATE_DIR / name, ignore_errors=True)


def empty_database() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    real = get_user_model().objects.exclude(email__endswith="example.org").count()
    if real:
        raise CommandError(f"This database holds {real} people who are not invented. --fresh would delete them.")
    call_command("flush", interactive=False, verbosity=0)


def describe(document: dict[str, Any]) -> str:
    lines = ["", f"Wimmentor is at {document['base_url']}/", "", "Sign in with one click as"]
    for user in document["users"]:
        lines.append(f"  {user['role']:<14} {user['organisation']:<18} {user['link']}")
    lines += ["", "Everybody in it is invented. End with Ctrl-C; start again with the same command."]
    return os.linesep.join(lines)
