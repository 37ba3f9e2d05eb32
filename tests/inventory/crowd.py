"""Many organisations with many initiatives, written straight into the tables: for benchmarks and for constant SQL."""

from random import Random
from typing import Any

from django.db.models import Model

from inventory.initiatives.models import Edition, Initiative, Record
from inventory.initiatives.search_columns import columns_of
from programmes.organisations.models import Organisation
from wimmentor.base import clock
from wimmentor.base.codes import (
    CHALLENGE,
    FUNDING_KIND,
    INITIATIVE_KIND,
    INITIATIVE_STATUS,
    MATCHING_METHOD,
    SENIORITY_BAND,
    SUCCESS_FACTOR,
)

COUNTRIES = ("PE", "CL", "MX", "KE", "NG", "ID", "EC", "US", "CA", "AU", "ZA", "GH", "CD", "BR", "CO", "PH")


def make_crowd(organisations: int, initiatives: int, *, seed: int = 1) -> None:
    """All published and current; every answer may be missing."""
    random, now = Random(seed), clock.now()
    owners = _write(
        Organisation(
            name=f"WIM {number:04}",
            name_folded=f"wim {number:04}",
            slug=f"wim-{number:04}",
            countries=(COUNTRIES[number % len(COUNTRIES)],),
            contact_email=f"contact@wim-{number:04}.example.org",
            verified_at=now,
        )
        for number in range(organisations)
    )
    _write(_record(owner, None, {"A10": {"value": "yes"}, "K4": {"value": _consent(random)}}, now) for owner in owners)
    made = _write(
        Initiative(organisation=owners[number % organisations], code=f"crowd-{number:05}")
        for number in range(initiatives)
    )
    records = _write(_record(one.organisation, one, _answers(random, one.code), now) for one in made)
    _write(
        Edition(record=record, label=str(number), year=2020 + number, answers=_figures(random))
        for record in records
        for number in range(1, 1 + random.randrange(4))
    )


def _write(rows: Any) -> list[Any]:
    found = list(rows)
    model: type[Model] = type(found[0])
    return model._base_manager.bulk_create(found, batch_size=500)


def _record(organisation: Organisation, initiative: Initiative | None, answers: dict[str, Any], now: Any) -> Record:
    return Record(
        organisation=organisation,
        initiative=initiative,
        answers=answers,
        review="published",
        published_at=now,
        is_current=True,
        as_of=now.date(),
        **columns_of(answers),
    )


def _consent(random: Random) -> str:
    return random.choices(["yes", "aggregated", "no"], [8, 1, 1])[0]


def _answers(random: Random, code: str) -> dict[str, Any]:
    some = {
        "B1": f"Initiative {code}",
        "B2": random.sample(INITIATIVE_KIND.codes[:8], random.randint(1, 2)),
        "B3": random.choice(INITIATIVE_STATUS.codes),
        "B4": random.choice(["formal", "informal", "mixed"]),
        "B5": "What it is for, in two sentences. " * 3,
        "B8": "national",
        "C1": random.sample(SENIORITY_BAND.codes, 2),
        "C6": random.choice(["women_only", "both_open", "both_target"]),
        "E1": random.sample(MATCHING_METHOD.codes[:6], 1),
        "E3": random.choice(["both", "mentee_only", "mentor_only", "no"]),
        "F3": random.choice(["online", "in_person", "hybrid"]),
        "F4": random.sample(["es", "en", "fr", "id", "sw", "pt"], 2),
        "F5": {"mentors": random.choice(["compulsory", "none"]), "mentees": random.choice(["voluntary", "none"])},
        "F6": random.sample(["kick_off", "check_ins", "final_survey", "certificate"], 2),
        "G1": random.sample(FUNDING_KIND.codes, 2),
        "G2": {"mentee": random.choice([0, 0, 100]), "currency": "USD"},
        "J1": random.sample(SUCCESS_FACTOR.codes, 3),
        "J2": random.sample(CHALLENGE.codes, 3),
    }
    return {name: _maybe(random, value) if name != "B1" else {"value": value} for name, value in some.items()}


def _figures(random: Random) -> dict[str, Any]:
    places = random.randint(2, 60)
    mentees = random.randint(1, places)
    some = {
        "D2": places,
        "D3": {"received": places * 2, "eligible": places},
        "D5": mentees,
        "D6": {"total": mentees, "women": mentees // 2, "men": mentees - mentees // 2},
        "D7": mentees,
        "D9": {"completed": mentees * 3 // 4, "ended_early": mentees - mentees * 3 // 4},
        "E5": random.randint(5, 90),
        "E6": {"paid": random.randint(0, 20), "volunteer": random.randint(0, 80)},
        "F1": 6,
        "I2": {"mean": random.randint(30, 50) / 10, "maximum": 5, "answered": mentees, "asked": mentees},
    }
    return {name: _maybe(random, value) for name, value in some.items()}


def _maybe(random: Random, value: Any) -> dict[str, Any]:
    return {"value": value} if random.random() < 0.8 else {"state": random.choice(["unknown", "declined"])}
