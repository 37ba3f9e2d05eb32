"""The rows that were refused, to be mended and sent again."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from programmes.applications.domain.import_columns import reason_heading
from programmes.applications.domain.import_files import reopen_table
from programmes.applications.importing import name_columns
from programmes.applications.models import ImportBatch


def refused_sheet(batch: ImportBatch, report: Mapping[str, Any]) -> tuple[list[str], Iterator[list[str]]]:
    """Headings and rows as in the file, with the reasons in a last column. Raises DomainError where it is gone."""
    table = reopen_table(batch)
    reasons: dict[int, list[str]] = defaultdict(list)
    for note in report["refused"]:
        reasons[note["row"]].append(f"{note['column']}: {note['reason']}")
    width = len(table.headings)
    rows = ([*row.cells[:width], " ".join(reasons[row.number])] for row in table.rows if row.number in reasons)
    return [*name_columns(table), reason_heading()], rows
