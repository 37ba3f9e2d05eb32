"""Files of a package: read by a validator that is not ours, and the same bytes each time."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from inventory.initiatives.rows import Bundle, EditionRow, InitiativeRow, StatementRow
from inventory.publications.datapackage import About, describe_package
from inventory.publications.making import make_tables
from inventory.publications.package import write_package, write_table
from inventory.publications.tables import Tables
from inventory.publications.withheld import FEW_PEOPLE, FOR_ALLIANCE, NOT_NAMED
from tests.inventory.told import ANDES, TOLD, UMBRAL, values

ABOUT = About(
    wave="2021",
    title="The Alliance's inventory, wave of 2021",
    version=2,
    made_at=datetime(2026, 11, 26, 8, 0, tzinfo=UTC),
    questionnaire="2027",
    publisher="International Women in Mining",
    take_down="inventory@iwim.example.org",
    address="https://wim.example.org/inventory/data/2021/",
)


def make(told: Bundle = TOLD) -> tuple[dict[str, Any], Tables]:
    tables = make_tables(told)
    return describe_package(tables, ABOUT), tables


def validate(path: Path) -> dict[str, Any]:
    """What frictionless finds, in a process of its own."""
    command = [sys.executable, "-m", "frictionless", "validate", str(path), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=path.parent)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def errors_of(report: dict[str, Any]) -> list[Any]:
    return report["errors"] + [error for task in report["tasks"] for error in task["errors"]]


def make_odd() -> Bundle:
    """Statements of one topic, names that differ in blanks alone, and codes that have left their lists."""
    statements = [
        StatementRow(organisation=ANDES, topic="role_models", value=value, as_of=day)
        for value, day in (("none", None), ("some", None), ("some", date(2022, 1, 1)), ("many", date(2023, 1, 1)))
    ]
    labels = ("First", " First", "First\u200b", " ", "4")
    editions = tuple(EditionRow(label=label, answers=values(D5=14)) for label in labels)
    told = values(B2=["coaching", "gone_kind"], B3="gone_status", B4="gone")
    odd = InitiativeRow(code="odd", organisation=ANDES, answers=told, editions=editions)
    return Bundle([ANDES], [odd], statements)


@pytest.mark.parametrize("told", [TOLD, Bundle(), make_odd()], ids=["some", "nothing", "odd"])
def test_a_validator_finds_no_error(told: Bundle, tmp_path: Path) -> None:
    descriptor, tables = make(told)
    for name, data in write_package(descriptor, tables).items():
        (tmp_path / name).write_bytes(data)

    report = validate(tmp_path / "datapackage.json")

    assert (report["valid"], report["warnings"], errors_of(report)) == (True, [], [])
    assert [task["name"] for task in report["tasks"]] == list(tables)


def test_the_archive_is_a_package_as_well(tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    path.write_bytes(write_package(*make())["package.zip"])

    report = validate(path)

    assert (report["valid"], errors_of(report)) == (True, [])


def test_the_validator_sees_what_is_wrong(tmp_path: Path) -> None:
    """Links, codes, numbers and digests are really looked at."""
    descriptor, tables = make()
    files = write_package(descriptor, tables)
    broken = files["editions.csv"].replace(b"umbral,", b"nobody,").replace(b"2022,14", b"2022,many")
    files["editions.csv"] = broken
    files["initiatives.csv"] = files["initiatives.csv"].replace(b",running,", b",walking,")
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)

    report = validate(tmp_path / "datapackage.json")

    kinds = {(task["name"], error["type"]) for task in report["tasks"] for error in task["errors"]}
    assert {
        ("editions", "foreign-key"),
        ("editions", "type-error"),
        ("editions", "hash-count"),
        ("initiatives", "constraint-error"),
    } <= kinds


def test_the_descriptor_says_what_the_package_is() -> None:
    descriptor, _tables = make()

    said = {name: value for name, value in descriptor.items() if name not in ("resources", "codeLists", "withheld")}
    assert said == {
        "profile": "tabular-data-package",
        "name": "wim-inventory-2021",
        "title": "The Alliance's inventory, wave of 2021",
        "description": said["description"],
        "homepage": "https://wim.example.org/inventory/data/2021/",
        "version": "2",
        "created": "2026-11-26T08:00:00+00:00",
        "keywords": ["women in mining", "mentoring", "sponsorship", "role models"],
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0 International",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "sources": [{"title": "Answers of the organisations themselves"}],
        "contributors": [{"title": "International Women in Mining", "role": "publisher"}],
        "wave": "2021",
        "questionnaireVersion": "2027",
        "takeDown": "inventory@iwim.example.org",
    }
    assert "inventory@iwim.example.org" in said["description"]
    assert descriptor["codeLists"]["status"]["idea"] == "Idea: under discussion, not decided"
    assert {"table": "organisations", "field": "", "reason": NOT_NAMED, "number": None} in descriptor["withheld"]
    assert {"table": "editions", "field": "places", "reason": FOR_ALLIANCE, "number": None} in descriptor["withheld"]


def test_the_descriptor_sums_up_what_was_withheld() -> None:
    editions = tuple(EditionRow(label=label, answers=values(D7=3)) for label in ("1", "2"))

    descriptor, _tables = make(Bundle(initiatives=[replace(UMBRAL, editions=editions)]))

    assert {"table": "editions", "field": "pair_count", "reason": FEW_PEOPLE, "number": 2} in descriptor["withheld"]


def test_fields_have_types_words_and_codes() -> None:
    descriptor, tables = make()

    schemas = {resource["name"]: resource["schema"] for resource in descriptor["resources"]}
    fields = {field["name"]: field for field in schemas["initiatives"]["fields"]}
    assert fields["kinds"] == {
        "name": "kinds",
        "type": "string",
        "format": "default",
        "title": "Kind(s); mark the main one",
        "description": "Several codes are joined by “;”.",
        "question": "B2",
        "codeList": "initiative_kind",
        "separator": ";",
    }
    assert fields["delivery"]["constraints"] == {"enum": ["online", "in_person", "hybrid"]}
    assert (fields["first_year"]["type"], fields["training_mentor_hours"]["type"]) == ("integer", "number")
    assert (schemas["editions"]["primaryKey"], schemas["editions"]["missingValues"]) == (["initiative", "label"], [""])
    assert schemas["editions"]["foreignKeys"] == [
        {"fields": ["initiative"], "reference": {"resource": "initiatives", "fields": ["id"]}}
    ]
    for name, table in tables.items():
        assert [field["name"] for field in schemas[name]["fields"]] == list(table.columns)


@pytest.mark.parametrize("told", [TOLD, make_odd()], ids=["some", "odd"])
def test_every_code_in_a_cell_is_in_a_code_list(told: Bundle) -> None:
    descriptor, tables = make(told)

    missing = [
        (resource["name"], field["name"], code)
        for resource in descriptor["resources"]
        for field in resource["schema"]["fields"]
        if "codeList" in field
        for cell in tables[resource["name"]].column(field["name"])
        if cell
        for code in str(cell).split(";")
        if code not in descriptor["codeLists"][field["codeList"]]
    ]
    assert missing == []


def test_the_same_tables_give_the_same_bytes() -> None:
    assert write_package(*make())["package.zip"] == write_package(*make())["package.zip"]


def test_no_cell_is_a_formula() -> None:
    tables = make_tables(TOLD)

    rows = list(csv.reader(io.StringIO(write_table(tables["initiatives"]).decode("utf-8"))))
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "-"))] == []
    assert rows[0][0] == "id"


def test_the_document_holds_texts_as_they_were_told() -> None:
    descriptor, tables = make(Bundle(initiatives=[UMBRAL]))

    document = json.loads(write_package(descriptor, tables)["package.json"])

    assert document["tables"]["initiatives"][0]["remarks"] == "@later"
    assert document["tables"]["editions"][1]["mentee_count"] == 14
    assert document["datapackage"] == descriptor


def test_the_archive_holds_each_file() -> None:
    descriptor, tables = make()

    files = write_package(descriptor, tables)

    with zipfile.ZipFile(io.BytesIO(files.pop("package.zip"))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
    assert list(files) == ["datapackage.json", *(f"{name}.csv" for name in tables), "package.json"]


def test_the_descriptor_measures_its_files() -> None:
    descriptor, tables = make()

    measured = json.loads(write_package(descriptor, tables)["datapackage.json"])["resources"]

    assert [each["bytes"] for each in measured] == [len(write_table(tables[each["name"]])) for each in measured]


def test_a_package_without_an_address_names_none() -> None:
    tables = make_tables(Bundle())

    assert "homepage" not in describe_package(tables, replace(ABOUT, address=""))
