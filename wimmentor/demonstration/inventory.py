"""The 12 records and 5 statements of the 2021 document, exactly as stated: what it does not say stays unknown."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from inventory.initiatives.domain import create_initiative, submit_record
from inventory.initiatives.models import Edition, Initiative, Record, Statement
from programmes.organisations.models import Organisation
from wimmentor.base.actors import SYSTEM

FILE = Path(__file__).parent / "data" / "inventory_2021.json"
SLUGS = {
    "IWiM": "iwim",
    "WIM USA": "wim-usa",
    "WIME Indonesia": "wime-indonesia",
    "AWEIK": "aweik",
    "Mujeres WIM Mexico": "mujeres-wim-mexico",
    "WIM Ecuador": "wim-ecuador",
    "WIM Nigeria": "wim-nigeria",
    "WIM Peru": "wim-peru",
    "AEM Congo": "aem-congo",
}
TARGETS = {("female", "male"): "both_open"}
# Both are about what corporate culture makes of mentoring.
CHALLENGES = {"seed-06": ["culture"], "seed-09": ["culture"]}
NO_TARGET = "Mentors of both sexes; whether a target share is set is not stated."


def load_inventory(organisations: dict[str, Organisation], instant: datetime) -> None:
    document = json.loads(FILE.read_text(encoding="utf-8"))
    as_of = date.fromisoformat(document["as_of"])
    for told in document["initiatives"]:
        organisation = organisations[SLUGS[told["organisation"]]]
        initiative = Initiative.objects.create(organisation=organisation, code=told["id"])
        record = Record.objects.create(
            organisation=organisation,
            initiative=initiative,
            answers=_answers(told),
            evidence=told["evidence"],
            remarks=" ".join(filter(None, [told["notes"], NO_TARGET if told["mentor_genders"] else ""])),
            source=f"{document['source']}; {told['evidence_location']}",
            as_of=as_of,
            review=Record.Review.PUBLISHED,
            published_at=instant,
            is_current=True,
        )
        if told["edition"]:
            Edition.objects.create(record=record, label=told["edition"], answers=_figures(told))
    for row in document["organisation_statements"]:
        Statement.objects.create(
            organisation=organisations[SLUGS[row["organisation"]]],
            topic=row["topic"],
            value=row["value"],
            evidence=row["evidence"],
            remarks=row.get("note", ""),
            as_of=as_of,
            is_public=True,
        )


def submit_entry(organisation: Organisation) -> None:
    """An entry that waits for IWiM's reading."""
    answers: dict[str, Any] = {
        "B1": {"value": "Tidewater"},
        "B2": {"value": ["mentoring_1to1"]},
        "B3": {"value": "planned"},
        "C1": {"value": ["graduate", "young_professional"]},
        "C6": {"value": "both_open"},
        "E1": {"value": ["software_proposed"]},
    }
    submit_record(record=create_initiative(organisation=organisation, by=SYSTEM, answers=answers), by=SYSTEM)


def _given(value: Any, words: str | None = None) -> dict[str, Any]:
    """What the document does not say is not known."""
    answer: dict[str, Any] = {"words": words} if words else {}
    return {**answer, "value": value} if value not in (None, [], "") else {**answer, "state": "unknown"}


def _answers(told: dict[str, Any]) -> dict[str, Any]:
    start = {"start": told["start"]} if told["start"] else None
    challenges = told["challenges"]
    answers = {
        "B1": _given(told["initiative_name"]),
        "B2": _given(told["kinds"]),
        "B3": _given(told["status"]),
        "B7": _given(start, told["start_precision"] if start else None),
        "B8": _given(told["region_scope"]),
        "C1": _given(told["seniority_band"], told["mentee_scope"]),
        "C6": _given(TARGETS.get(tuple(sorted(told["mentor_genders"] or ())))),
        "E1": _given(told["matching_method"]),
        "J2": _given(CHALLENGES[told["id"]], "\n".join(challenges)) if challenges else None,
    }
    return {code: answer for code, answer in answers.items() if answer}


def _figures(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "D5": _given(told["mentee_count"]),
        "D6": _given(told["mentor_count"]),
        "D7": _given(told["pair_count"]),
        "F1": _given(told["duration_months"]),
    }
