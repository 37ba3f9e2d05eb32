import json
from argparse import ArgumentParser
from typing import Any

from django.contrib.admindocs.utils import replace_named_groups
from django.core.management.base import BaseCommand, CommandError

from programmes.access.checks import access_of, walk
from programmes.access.guards import Access
from programmes.access.permissions import Permission
from programmes.access.roles import ROLES

# Own pages are for everybody who signs in, also those who are only matched.
EVERYBODY = sorted([*ROLES, "mentee", "mentor"])
LEFT_OUT = {"set_language"}


class Command(BaseCommand):
    help = "Every route with who may open it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = [
            describe(name, path, access_of(name, callback)) for name, path, callback in walk() if name not in LEFT_OUT
        ]
        if options["json"]:
            self.stdout.write(json.dumps(rows, indent=1))
            return
        for row in rows:
            self.stdout.write(
                f"{row['path']}  {' '.join(row['methods'])}  {row['permission']}  {row['reason']}".rstrip()
            )


def describe(name: str, path: str, access: Access | None) -> dict[str, Any]:
    if access is None:
        raise CommandError(f"The route {path!r} ({name}) says nobody may open it.")
    return {
        "name": name,
        "path": "/" + show_path(path),
        "methods": list(access.methods),
        "permission": str(access.permission),
        "reason": access.reason,
        "shared": access.shared,
        "roles": EVERYBODY if access.permission == Permission.ACCOUNT_OWN else list(access.roles),
    }


def show_path(path: str) -> str:
    """A pattern written as a regular expression shows its names only."""
    return replace_named_groups(path).replace("^", "").replace("$", "") if "(?P<" in path else path
