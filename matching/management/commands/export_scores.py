from collections.abc import Iterable
from typing import Any

from matching.management.exports import ExportCommand
from matching.runs.models import MatchingRun
from matching.runs.results import score_lines


class Command(ExportCommand):
    help = "Write every score of a run as CSV, and the rule that excludes a pair."
    headings = ("mentee_email", "mentor_email", "points", "rule")

    def lines(self, run: MatchingRun) -> Iterable[tuple[Any, ...]]:
        return score_lines(run)
