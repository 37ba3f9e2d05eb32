import csv
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError

from matching.runs.models import MatchingRun
from matching.runs.results import finished_run
from programmes.cohorts.queries import cohort_by_path
from wimmentor.base.errors import DomainError


class ExportCommand(BaseCommand):
    """Lines of a cohort's newest finished run, or of the run that is named, as CSV on standard output."""

    headings: ClassVar[tuple[str, ...]]

    def lines(self, run: MatchingRun) -> Iterable[tuple[Any, ...]]:
        raise NotImplementedError

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("cohort", metavar="COHORT", help="organisation/programme/cohort, or the id")
        parser.add_argument("--run", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            run = finished_run(cohort_by_path(options["cohort"]), options["run"])
        except DomainError as error:
            raise CommandError(str(error)) from error
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(self.headings)
        writer.writerows(self.lines(run))
