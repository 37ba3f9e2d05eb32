"""The 12 records and 5 statements of the 2021 document, exactly as stated: what it does not say stays unknown."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from inventory.initiatives.domain import create_initiative, save_answers, save_sheet, submit_record
from inventory.initiatives.domain.review import Ask
from inventory.initiatives.models import Edition, Initiative, Record, Statement
from inventory.publications.domain import publish_package
from inventory.waves.domain import open_wave, plan_wave, return_response, submit_response
from inventory.waves.models import ResponseEntry, Wave, WaveResponse
from programmes.cohorts.domain.calendars import WALL
from programmes.organisations.models import Organisation
from programmes.people.models import User
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM, Actor

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
PUBLISHED = WaveResponse.State.PUBLISHED
# The document names none of these; a survey asks for a name.
NAMES = {
    "seed-05": "Mentoring, first edition",
    "seed-06": "Mentoring, second edition",
    "seed-07": "Role models",
    "seed-09": "Primera Veta",
    "seed-10": "Mentoría",
}
MATCHED = "Who makes the pairs, and with what?"
# Both are about what corporate culture makes of mentoring.
CHALLENGES = {"seed-06": ["culture"], "seed-09": ["culture"]}
NO_TARGET = "Mentors of both sexes; whether a target share is set is not stated."


def load_inventory(organisations: dict[str, Organisation], instant: datetime) -> None:
    """The wave of 2021, published: its records and statements."""
    document = json.loads(FILE.read_text(encoding="utf-8"))
    as_of = date.fromisoformat(document["as_of"])
    responses = _make_wave_2021(organisations, instant)
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
        ResponseEntry.objects.create(response=responses[organisation.slug], record=record, change="new")
    for row in document["organisation_statements"]:
        slug = SLUGS[row["organisation"]]
        statement = Statement.objects.create(
            organisation=organisations[slug],
            topic=row["topic"],
            value=row["value"],
            evidence=row["evidence"],
            remarks=row.get("note", ""),
            as_of=as_of,
            is_public=True,
        )
        responses[slug].statements.add(statement)
    publish_package(wave=Wave.objects.get(code="2021"), by=SYSTEM)


def _make_wave_2021(organisations: dict[str, Organisation], instant: datetime) -> dict[str, WaveResponse]:
    """The working group's meeting was its only question; who spoke is in it."""
    opened = datetime(2021, 7, 29, tzinfo=UTC)
    wave = Wave.objects.create(
        code="2021",
        name="Launch meeting 2021",
        questionnaire="2021",
        languages=("en",),
        state=Wave.State.PUBLISHED,
        opens_at=opened,
        opens_wall=opened.strftime(WALL),
        closes_at=opened + timedelta(days=1),
        closes_wall=(opened + timedelta(days=1)).strftime(WALL),
        published_at=instant,
    )
    return {
        slug: WaveResponse.objects.create(wave=wave, organisation=organisations[slug], state=PUBLISHED)
        for slug in SLUGS.values()
    }


def open_survey(organisations: dict[str, Organisation], reviewer: User) -> None:
    """A wave that is open now: one has sent what it told in 2021 once more, one was asked back, others wait."""
    now = clock.now().replace(tzinfo=None, second=0, microsecond=0)
    times: dict[str, Any] = {"opens": now - timedelta(days=20), "closes": now + timedelta(days=40)}
    languages = ("en", "es", "fr")
    by = Actor.of(reviewer)
    wave = open_wave(
        wave=plan_wave(code="2027", name="Survey 2027", languages=languages, time_zone="UTC", by=by, **times), by=by
    )
    sheet = {"A10": {"value": "yes"}, "K4": {"value": "yes"}}
    for slug in ("wime-indonesia", "mujeres-wim-mexico", "wim-ecuador"):
        organisation = organisations[slug]
        response = WaveResponse.objects.select_related("wave", "organisation").get(wave=wave, organisation=organisation)
        save_sheet(organisation=organisation, given=sheet, by=SYSTEM)
        for initiative in organisation.initiatives.all():
            save_answers(initiative=initiative, given={"B1": {"value": NAMES[initiative.code]}}, by=SYSTEM)
        submit_response(response=response, confirmed=True, by=SYSTEM)
        if slug == "mujeres-wim-mexico":
            record = response.entries.get().record_id
            return_response(response=response, asks={record: [Ask(MATCHED, question="E1")]}, by=by)


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
