import csv
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.runs.results import finished_run, score_lines
from programmes.cohorts.queries import cohort_by_path
from wimmentor.base.errors import DomainError

HEADINGS = ("mentee_email", "mentor_email", "points", "rule")


class Command(BaseCommand):
    help = "Write the scores of a run as CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("cohort", metavar="COHORT")
        parser.add_argument("--run", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            run = finished_run(cohort_by_path(options["cohort"]), options["run"])
        except DomainError as error:
            raise CommandError(str(error)) from error
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(HEADINGS)
        writer.writerows(score_lines(run))
