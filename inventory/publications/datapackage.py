"""The descriptor of a package: https://specs.frictionlessdata.io/data-package/. In English."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from inventory.publications.fields import Field
from inventory.publications.layout import fields_of
from inventory.publications.shapes import SHAPES
from inventory.publications.tables import Table, Tables
from wimmentor.base.languages import speak

LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


@dataclass(frozen=True, kw_only=True)
class About:
    """`address`: of the page of the package. `take_down`: where somebody writes who wants something to be removed."""

    wave: str
    title: str
    version: int
    made_at: datetime
    questionnaire: str
    publisher: str
    take_down: str
    address: str = ""


def describe_package(tables: Tables, about: About) -> dict[str, Any]:
    with speak("en"):
        return {
            "profile": "tabular-data-package",
            "name": f"wim-inventory-{about.wave}",
            "title": about.title,
            "description": _describe(about),
            **({"homepage": about.address} if about.address else {}),
            "version": str(about.version),
            "created": about.made_at.isoformat(timespec="seconds"),
            "keywords": ["women in mining", "mentoring", "sponsorship", "role models"],
            "licenses": [LICENCE],
            "sources": [{"title": _("Answers of the organisations themselves")}],
            "contributors": [{"title": about.publisher, "role": "publisher"}],
            "wave": about.wave,
            "questionnaireVersion": about.questionnaire,
            "takeDown": about.take_down,
            "codeLists": _code_lists(tables),
            "withheld": _sum_up_withheld(tables),
            "resources": [_describe_table(table) for table in tables.values()],
        }


def _describe(about: About) -> str:
    sentences = [
        _("What organisations told in wave %(wave)s about mentoring, sponsorship and role models for women in mining."),
        _("An empty cell is not known: it is neither “no” nor zero. “answers” and “withheld” say why it is empty."),
        _("In the CSV files an apostrophe stands before text that a spreadsheet would take for a formula."),
        _("To have something corrected or taken down, write to %(take_down)s."),
    ]
    said = {"wave": about.wave, "take_down": about.take_down}
    return " ".join(sentence % said for sentence in sentences)


def _describe_table(table: Table) -> dict[str, Any]:
    shape = SHAPES[table.name]
    schema: dict[str, Any] = {
        "fields": [_describe_field(field, table) for field in fields_of(table.name, table.columns)],
        "missingValues": [""],
    }
    if shape.key:
        schema["primaryKey"] = list(shape.key)
    if shape.links:
        schema["foreignKeys"] = [_link(table.name, field, target) for field, target in shape.links.items()]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "title": str(shape.title),
        "description": str(shape.description),
        "schema": schema,
        "rows": len(table.rows),
    }


def _link(table: str, field: str, target: str) -> dict[str, Any]:
    """A table refers to itself by an empty name."""
    return {"fields": [field], "reference": {"resource": "" if target == table else target, "fields": ["id"]}}


def _describe_field(field: Field, table: Table) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "format": "default",
        "title": str(field.title),
        "description": str(field.description),
    }
    constraints: dict[str, Any] = {}
    if field.required:
        constraints["required"] = True
    if field.codes:
        # Also those that were on the list when they were told.
        told = {str(cell) for cell in table.column(field.name) if cell is not None}
        constraints["enum"] = [*field.codes, *sorted(told.difference(field.codes))]
    if field.type == "integer":
        constraints["minimum"] = 0
    named = {"question": field.question, "codeList": field.code_list}
    described |= {name: value for name, value in named.items() if value}
    if field.several:
        described["separator"] = ";"
    if constraints:
        described["constraints"] = constraints
    return described


def _code_lists(tables: Tables) -> dict[str, dict[str, Any]]:
    lists: dict[str, dict[str, Any]] = {}
    for record in tables["code_lists"].records():
        lists.setdefault(str(record["list"]), {})[str(record["code"])] = record["label"]
    return lists


def _sum_up_withheld(tables: Tables) -> list[dict[str, Any]]:
    """By column and reason; the table has each of them."""
    numbers: Counter[tuple[str, str, str]] = Counter()
    whole: set[tuple[str, str, str]] = set()
    for record in tables["withheld"].records():
        key = (str(record["table"]), str(record["field"] or ""), str(record["reason"]))
        if isinstance(record["number"], int):
            numbers[key] += record["number"]
        else:
            whole.add(key)
    return [
        {"table": table, "field": field, "reason": reason, "number": numbers[table, field, reason] or None}
        for table, field, reason in sorted({*numbers, *whole})
    ]
