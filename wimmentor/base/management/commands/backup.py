from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wimmentor.base.backup.taking import back_up
from wimmentor.base.errors import DomainError


class Command(BaseCommand):
    help = "Write the whole site, database and files, into FILE, while it goes on. Keep FILE as you keep the site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            taken = back_up(target=options["file"])
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{options['file']}: {taken.rows} rows, {taken.files} files, {taken.size} bytes, {taken.seconds:.1f} s. "
            "Whoever has this file has everybody's data: it is readable by you only."
        )
