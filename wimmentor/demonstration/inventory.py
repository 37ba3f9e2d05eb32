"""The 12 records and 5 statements of the 2021 document, exactly as stated: what it does not say stays unknown."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from inventory.initiatives.domain import create_initiative, submit_initiative
from inventory.initiatives.models import Edition, Initiative, Statement
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
NO_TARGET = "Mentors of both sexes; whether a target share is set is not stated."


def load_inventory(organisations: dict[str, Organisation], instant: datetime) -> None:
    document = json.loads(FILE.read_text(encoding="utf-8"))
    as_of = date.fromisoformat(document["as_of"])
    for record in document["initiatives"]:
        initiative = Initiative.objects.create(
            organisation=organisations[SLUGS[record["organisation"]]],
            as_of=as_of,
            source=f"{document['source']}; {record['evidence_location']}",
            review=Initiative.Review.PUBLISHED,
            published_at=instant,
            **_answers(record),
        )
        if record["edition"]:
            Edition.objects.create(initiative=initiative, label=record["edition"], **_figures(record))
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
    entry = create_initiative(
        organisation=organisation,
        by=SYSTEM,
        name="Tidewater",
        kinds=("mentoring_1to1",),
        kinds_state="answered",
        status="planned",
        status_state="answered",
        scope=("graduate", "young_professional"),
        scope_state="answered",
        matching_methods=("software_proposed",),
        matching_state="answered",
        mentor_target="both_open",
        mentor_target_state="answered",
    )
    submit_initiative(initiative=entry, by=SYSTEM)


def _state(value: Any) -> str:
    return "unknown" if value in (None, [], "") else "answered"


def _answers(record: dict[str, Any]) -> dict[str, Any]:
    target = TARGETS.get(tuple(sorted(record["mentor_genders"] or ())), "")
    return {
        "code": record["id"],
        "name": record["initiative_name"] or "",
        "kinds": tuple(record["kinds"]),
        "kinds_state": "answered",
        "status": record["status"] or "",
        "status_state": _state(record["status"]),
        "scope": tuple(record["seniority_band"] or ()),
        "scope_words": record["mentee_scope"] or "",
        "scope_state": _state(record["seniority_band"]),
        "matching_methods": (),
        "matching_state": _state(record["matching_method"]),
        "mentor_target": target,
        "mentor_target_state": _state(target),
        "reach": record["region_scope"] or "",
        "starts": record["start"] or "",
        "starts_precision": record["start_precision"] or "",
        "challenges": "\n".join(record["challenges"] or ()),
        "remarks": " ".join(filter(None, [record["notes"], NO_TARGET if target else ""])),
        "evidence": record["evidence"],
    }


def _figures(record: dict[str, Any]) -> dict[str, Any]:
    figures: dict[str, Any] = {"months": record["duration_months"], "months_state": _state(record["duration_months"])}
    for name in ("mentee_count", "mentor_count", "pair_count"):
        figures[name] = record[name]
        figures[f"{name}_state"] = "unknown" if record[name] is None else "answered"
    return figures
