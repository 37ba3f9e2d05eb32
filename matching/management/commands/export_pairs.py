from collections.abc import Iterable
from typing import Any

from matching.management.exports import ExportCommand
from matching.runs.models import MatchingRun
from matching.runs.results import pair_lines


class Command(ExportCommand):
    help = "Write the pairs of a run as CSV."
    headings = ("mentee_email", "mentor_email", "points")

    def lines(self, run: MatchingRun) -> Iterable[tuple[Any, ...]]:
        return pair_lines(run)
