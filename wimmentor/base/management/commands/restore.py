from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wimmentor.base.backup.restoring import restore
from wimmentor.base.errors import DomainError


class Command(BaseCommand):
    help = "Bring the backup FILE into this site, which must be empty. Checked first; all of it comes in, or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--replace", action="store_true", help="Take the place of what is there.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = restore(source=options["file"], replace=options["replace"])
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"The site of {done.made_at} is back: {done.rows} rows, {done.files} files, {done.seconds:.1f} s."
        )
        for what, count in done.steps:
            self.stdout.write(f"{what}: {count}")
