from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.runs.domain import recheck_run
from matching.runs.models import MatchingRun
from wimmentor.base.errors import DomainError


class Command(BaseCommand):
    help = "Recompute the scores of a run from its frozen input and check its proof without the solver."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", type=int, metavar="ID")

    def handle(self, *args: Any, **options: Any) -> None:
        run = MatchingRun.objects.filter(pk=options["run"]).first()
        if run is None:
            raise CommandError(f"There is no run {options['run']}.")
        try:
            report = recheck_run(run=run)
        except DomainError as error:
            raise CommandError(str(error)) from error
        if not (report["valid"] and report["optimal"]):
            raise CommandError(f"The proof of run {run.pk} does not hold: " + "; ".join(report["problems"]))
        self.stdout.write(f"Run {run.pk}: valid and proven best.")
