"""Exit codes: 0 done, 1 refused with a sentence, 2 wrong use."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from programmes.applications.domain.imports import apply_import, prepare_import, review_import
from programmes.applications.import_wording import word_report
from programmes.applications.importing import ROLES_IN_FILE, UnknownField
from programmes.cohorts.models import Cohort
from programmes.cohorts.queries import cohort_by_path
from wimmentor.base.actors import COMMAND
from wimmentor.base.errors import DomainError
from wimmentor.base.spreadsheets import SpreadsheetError, Table, read_table


class Command(BaseCommand):
    help = "Bring in applications from a CSV or XLSX file. Nobody gets a mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("cohort", metavar="COHORT", help="organisation/programme/cohort, or the id")
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--role", choices=ROLES_IN_FILE, required=True, help="column: the file says who is what")
        parser.add_argument("--mapping", metavar="FILE.json", type=Path, help='{"Heading": "field", "Other": null}')
        parser.add_argument("--dry-run", action="store_true", help="Show what would come in; write nothing.")
        parser.add_argument("--accept", action="store_true", help="They go in as accepted.")
        parser.add_argument("--strict", action="store_true", help="Refuse choices that are not on our lists.")
        parser.add_argument("--json", action="store_true", help="One JSON document on standard output.")

    def handle(self, *args: Any, **options: Any) -> None:
        reading = {
            "role": options["role"],
            "mapping": _read_mapping(options["mapping"]) if options["mapping"] else None,
            "strict": options["strict"],
        }
        try:
            cohort = cohort_by_path(options["cohort"])
            table = _read_file(options["file"])
            report = word_report(self._bring_in(cohort, table, options, reading))
            report.pop("unchanged", None)  # for the pages; the document that others read has its own keys
        except UnknownField as error:
            raise CommandError(str(error), returncode=2) from error
        except (DomainError, SpreadsheetError) as error:
            raise CommandError(str(error)) from error
        self._say(report, options)

    def _bring_in(
        self, cohort: Cohort, table: Table, options: dict[str, Any], reading: dict[str, Any]
    ) -> dict[str, Any]:
        if options["dry_run"]:
            return review_import(cohort=cohort, table=table, accept=options["accept"], **reading)
        with transaction.atomic():
            batch = prepare_import(
                cohort=cohort,
                table=table,
                data=options["file"].read_bytes(),
                file_name=options["file"].name,
                accept=options["accept"],
                consent_attested=True,
                by=COMMAND,
                **reading,
            )
            people = batch.report["people"]
            return {**apply_import(batch=batch, by=COMMAND).report, "people": people}

    def _say(self, report: dict[str, Any], options: dict[str, Any]) -> None:
        for kind in ("refused", "flagged"):
            for note in report[kind]:
                self.stderr.write(f"{kind}: row {note['row']}, {note['column']}: {note['reason']}")
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
            return
        counts = {name: report[name] for name in ("read", "created", "updated")}
        counts["refused"] = len(report["refused"])
        would = "would be " if options["dry_run"] else ""
        self.stdout.write(
            "{read} rows read: {created} {would}created, {updated} {would}updated, {refused} refused.".format(
                **counts, would=would
            )
        )


def _read_file(path: Path) -> Table:
    try:
        with path.open("rb") as file:
            return read_table(file, path.name)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def _read_mapping(path: Path) -> dict[str, str | None]:
    try:
        mapping = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.", returncode=2) from error
    except ValueError as error:
        raise CommandError(f"{path} is no JSON: {error}", returncode=2) from error
    if not isinstance(mapping, dict) or not all(field is None or isinstance(field, str) for field in mapping.values()):
        raise CommandError('A mapping is {"Heading as written": "field", "Other heading": null}.', returncode=2)
    return mapping
