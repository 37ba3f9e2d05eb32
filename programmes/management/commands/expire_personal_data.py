from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programmes.people.retention import expire_personal_data
from wimmentor.base.actors import COMMAND


class Command(BaseCommand):
    help = "Let go of what was kept long enough, as the privacy notice says. The site itself does so once a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only count; change nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        done = expire_personal_data(by=COMMAND, dry_run=options["dry_run"])
        for rule, count in done:
            term = f"{rule.term.months} months" if rule.term.months else f"{rule.term.days} days"
            self.stdout.write(f"{rule.name} ({term}): {'failed' if count is None else count}")
        if failed := [rule.name for rule, count in done if count is None]:
            raise CommandError(f"Failed, as the log says: {', '.join(failed)}. The others are done.")
