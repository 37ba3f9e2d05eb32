"""SQL queries and milliseconds of the analysis pages, with few initiatives and with many.

python -m tests.benchmarks.bench_inventory_analysis --sizes 30x20 3000x400
"""

import time
from argparse import ArgumentParser
from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from inventory.analysis.fields import FIELDS
from inventory.analysis.levels import Bundle, Level, survey_for
from inventory.analysis.pages.whole import SHEETS, Analysis
from inventory.analysis.tables import cross
from inventory.initiatives.models import Edition, Initiative, Record
from programmes.organisations.models import Organisation
from tests.inventory.analysis.crowd import invent_rows, keep_rows

LEVELS: tuple[Level, ...] = ("public", "alliance", "iwim")
PAGES = {
    "page": "/inventory/analysis/",
    "table": "/inventory/analysis/table/?row=functions&column=country",
    "file": "/inventory/analysis/files/matching/",
    "directory": "/inventory/",
}
Figures = dict[str, float]


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", nargs="+", default=["30x20", "3000x400"], help="initiatives x organisations")
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    found = [measure_size(*map(int, size.split("x")), options.repeat) for size in options.sizes]
    say(f"{'milliseconds':<24}{''.join(f'{size:>12}' for size in options.sizes)}{'ratio':>8}")
    for name in found[0]:
        figures = [each[name] for each in found]
        ratio = f"{figures[-1] / figures[0]:.1f}" if figures[0] else ""
        say(f"{name:<24}{''.join(f'{figure:>12.0f}' for figure in figures)}{ratio:>8}")


def measure_size(initiatives: int, organisations: int, repeat: int) -> Figures:
    """Python alone, on rows; then pages with their SQL."""
    rows = invent_rows(initiatives, organisations)
    found: Figures = {}
    for level in LEVELS:
        found[f"analyse {level}"] = time_of(lambda: analyse(rows, level), repeat)  # noqa: B023
    for row, column in (("functions", "country"), ("code_of_conduct", "country")):
        found[f"{row[:9]} x {column}"] = time_of(
            lambda: cross(rows.initiatives, FIELDS[row], FIELDS[column], "alliance"),  # noqa: B023
            repeat,
        )
    empty()
    keep_rows(rows)
    client = Client()
    for name, address in PAGES.items():
        found[name] = time_of(lambda: client.get(address), repeat)  # noqa: B023
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        found[f"{name}: SQL queries"] = len(queries)
    return found


def analyse(rows: Bundle, level: Level) -> None:
    found = Analysis(survey_for(rows, level))
    for name in SHEETS:
        found.sheet(name)


def time_of(run: Callable[[], object], repeat: int) -> float:
    """The median, of which the first is not one: it imports."""
    run()
    taken = []
    for _round in range(repeat):
        started = time.perf_counter()
        run()
        taken.append(time.perf_counter() - started)
    return sorted(taken)[len(taken) // 2] * 1000


def empty() -> None:
    for model in (Edition, Record, Initiative, Organisation):
        model.objects.all().delete()


def say(text: str) -> None:
    print(text)  # noqa: T201 - the result


if __name__ == "__main__":
    main()
