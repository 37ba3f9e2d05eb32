import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.runs.domain import launch_run
from matching.runs.results import summary_of
from matching.runs.waiting import wait_for_run
from programmes.cohorts.queries import cohort_by_path
from wimmentor.base.actors import COMMAND
from wimmentor.base.errors import DomainError


class Command(BaseCommand):
    help = "Run matching for a cohort."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("cohort", metavar="COHORT", help="organisation/programme/cohort, or the id")
        # manage.py turns --settings into this: Django has an option of that name
        parser.add_argument("--settings-file", metavar="FILE.json")
        parser.add_argument("--wait", action="store_true", help="wait for the result")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        overrides = read_settings(options["settings_file"])
        waits = options["wait"] or options["json"]
        try:
            cohort = cohort_by_path(options["cohort"])
            run = launch_run(cohort=cohort, by=COMMAND, overrides=overrides)
            if waits:
                run = wait_for_run(run)
        except DomainError as error:
            raise CommandError(str(error)) from error
        if not waits:
            self.stdout.write(f"Run {run.pk} is queued.")
        elif options["json"]:
            self.stdout.write(json.dumps(summary_of(run)))
        else:
            self.stdout.write(f"Run {run.pk}: {run.pair_count} pairs, {run.points} points, {run.status}.")


def read_settings(name: str | None) -> dict[str, Any] | None:
    if name is None:
        return None
    try:
        found = json.loads(Path(name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{name} cannot be read as JSON: {error}") from error
    if not isinstance(found, dict):
        raise CommandError(f"{name} must hold one JSON object.")
    return found
