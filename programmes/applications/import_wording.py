"""What the pages of an import say."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from programmes.applications.domain.import_plan import Plan, as_json
from programmes.applications.domain.import_undo import can_undo
from programmes.applications.importing import FIELD_LABELS, Note, merge_refusals
from programmes.applications.models import Application, ImportBatch
from programmes.applications.sheet import say_figure, say_years
from wimmentor.base.codes.places import country_name, language_name, language_names
from wimmentor.base.phrases import recall

PEOPLE_SHOWN = 200


@dataclass(frozen=True)
class PersonRow:
    """`changes`: (field, before, after) of what an application that is there would get."""

    person: dict[str, Any]
    is_new: bool
    changes: list[tuple[str, str, str]]


def people_rows(plan: Plan) -> list[PersonRow]:
    changed: dict[int, list[tuple[str, str, str]]] = {}
    for application in plan.changed:
        rows = changed.setdefault(application.import_row or 0, [])
        rows += [change for change in list_changes(application, plan.before[application.pk]) if change not in rows]
    new = {application.import_row for application in plan.new}
    return [
        PersonRow(_in_words(person), person["row"] in new, changed.get(person["row"], []))
        for person in plan.people[:PEOPLE_SHOWN]
    ]


def list_changes(application: Application, before: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    now = as_json(application)
    return [
        (str(label), _say(name, before[name]), _say(name, now[name]))
        for name, label in FIELD_LABELS.items()
        if name in now and _say(name, now[name]) != _say(name, before[name])
    ]


def _say(name: str, value: Any) -> str:
    if value in (None, "", []):
        return _("nothing")
    if name == "country":
        return country_name(value)
    if isinstance(value, list):
        return ", ".join(language_name(each) if name == "languages" else str(each) for each in value)
    return say_figure(float(value)) if name == "years_experience" else str(value)


def _in_words(person: dict[str, Any]) -> dict[str, Any]:
    names, years = dict(Application.Role.choices), person["years_experience"]
    return {
        **person,
        "years": "" if years is None else say_years(years),
        "roles": [names[role] for role in person["roles"]],
        "country": country_name(person["country"] or ""),
        "languages": language_names(person["languages"]),
    }


def word_report(report: Mapping[str, Any]) -> dict[str, Any]:
    """A report as it is kept, in the reader's language; a row that was refused for two reasons stands there once."""
    refused, flagged = ([Note.from_json(note) for note in report.get(kind, ())] for kind in ("refused", "flagged"))
    worded = {"refused": merge_refusals(refused), "flagged": flagged}
    return {
        **report,
        **{kind: [{**asdict(note), "reason": str(note.reason)} for note in notes] for kind, notes in worded.items()},
    }


def about_file(batch: ImportBatch) -> dict[str, Any]:
    """For imports/about_file.html."""
    warnings = [str(recall(sentence)) for sentence in batch.recognised.get("warnings", ())]
    return {"facts": describe_file(batch), "warnings": warnings}


def describe_file(batch: ImportBatch) -> list[tuple[str, str]]:
    """What was recognised of it, for components/facts.html."""
    about = batch.recognised
    facts = [
        (_("File"), batch.file_name),
        (_("Kind"), {"csv": _("CSV"), "xlsx": _("Workbook (XLSX)")}.get(about.get("kind", ""), "")),
        (_("Sheet"), about.get("sheet", "")),
        (_("Encoding"), about.get("encoding", "")),
        (_("Cells parted by"), _name_delimiter(about.get("delimiter", ""))),
        (_("Rows below the headings"), str(about.get("rows", ""))),
        (_("Columns"), str(about.get("columns", ""))),
    ]
    return [(label, value) for label, value in facts if value]


def _name_delimiter(sign: str) -> str:
    return {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": _("bar")}.get(sign, sign)


@dataclass(frozen=True)
class ImportRow:
    batch: ImportBatch
    kind: str  # of the badge
    state: str
    may_undo: bool
    changed: int


def import_rows(batches: Iterable[Any]) -> list[ImportRow]:
    """`batches`: of imports_of."""
    return [
        ImportRow(batch, *_state(batch), can_undo(batch), batch.rows_updated - int(batch.unchanged or 0))
        for batch in batches
    ]


def count_changed(report: Mapping[str, Any], updated: int) -> int:
    """Reports of earlier imports do not tell who stayed as she was."""
    return updated - int(report.get("unchanged", 0))


def _state(batch: ImportBatch) -> tuple[str, str]:
    if batch.undone_at:
        return "waiting", _("undone")
    if batch.applied_at:
        return "done", _("brought in")
    return "now", _("looked at, not brought in")


def doubts_apart(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Without rows that a later answer replaced, which are shown side by side."""
    replaced = {each["row"] for each in report.get("replaced", ())}
    return [note for note in report.get("flagged", ()) if note["row"] not in replaced]
