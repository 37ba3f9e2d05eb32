"""An invented survey of any size: organisations with initiatives and editions that look like answers, as rows and as
records. The same number always gives the same answers."""

import random
from typing import Any

from inventory.initiatives.models import Edition, Initiative, Record
from inventory.initiatives.questionnaire import QUESTIONS
from inventory.initiatives.questionnaire.lists import ACCEPTING, DEMAND, MILESTONES
from inventory.initiatives.rows import Bundle, EditionRow, InitiativeRow, OrganisationRow
from programmes.organisations.models import Organisation
from wimmentor.base import clock
from wimmentor.base.codes import (
    CHALLENGE,
    DELIVERY,
    FUNDING_KIND,
    INITIATIVE_KIND,
    INITIATIVE_STATUS,
    MATCHING_METHOD,
    MENTOR_TARGET_GENDER,
    MINING_FUNCTION,
    SENIORITY_BAND,
    SUCCESS_FACTOR,
)

COUNTRIES = ("AU", "BR", "CA", "CL", "CO", "EC", "GH", "ID", "KE", "MN", "MX", "NG", "PE", "PG", "SE", "TZ", "US", "ZA")
LANGUAGES = ("en", "es", "fr", "pt", "id")
Answers = dict[str, Any]


class Invention:
    """Draws; some answers are missing, each for its own reason."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def answer(self, value: Any, *, missing: float = 0.25) -> Answers | None:
        if self.chance.random() > missing:
            return {"value": value}
        state = self.chance.choice(["unknown", "declined", "not_applicable", None])
        return {"state": state} if state else None

    def some(self, codes: Any, most: int = 3) -> list[str]:
        known = list(codes)
        return self.chance.sample(known[: max(len(known) * 2 // 3, 1)], k=self.chance.randint(1, min(most, len(known))))

    def organisation(self) -> Answers:
        bands = {part.name: self.chance.choice(DEMAND.codes) for part in QUESTIONS["A11"].parts}
        return {"A11": self.answer(bands, missing=0.5)}

    def initiative(self, name: str) -> Answers:
        pick, some = self.chance.choice, self.some
        methods = some(MATCHING_METHOD, 2)
        told = {
            "B1": {"value": name},
            "B2": {"value": list(dict.fromkeys(["mentoring_1to1", *some(INITIATIVE_KIND, 2)]))},
            "B3": self.answer(pick(INITIATIVE_STATUS.codes), missing=0.1),
            "B4": self.answer(pick(["formal", "informal", "mixed"])),
            "C1": self.answer(some(SENIORITY_BAND)),
            "C3": self.answer(some(MINING_FUNCTION, 6)),
            "C6": self.answer(pick(MENTOR_TARGET_GENDER.codes)),
            "E1": {"value": methods, "main": methods[0]} if self.chance.random() > 0.2 else {"state": "unknown"},
            "E3": self.answer(pick(ACCEPTING.codes)),
            "F3": self.answer(pick(DELIVERY.codes)),
            "F4": self.answer(some(LANGUAGES, 2)),
            "F5": self.answer({"mentors": pick(["compulsory", "none"]), "mentees": pick(["voluntary", "none"])}),
            "F6": self.answer(some(MILESTONES, 6)),
            "G1": self.answer(some(FUNDING_KIND, 2)),
            "G2": self.answer({"mentee": pick([0, 0, 50, 750]), "currency": "AUD"}, missing=0.5),
            "H1": self.answer(pick(["yes", "no", "planned"])),
            "J1": self.answer(some(SUCCESS_FACTOR)),
            "J2": self.answer(some(CHALLENGE)),
        }
        return {code: answer for code, answer in told.items() if answer}

    def edition(self) -> Answers:
        number = self.chance.randint
        places, answered = number(10, 60), number(5, 40)
        pairs = number(places // 2, places)
        told = {
            "D2": self.answer(places),
            "D3": self.answer({"received": places * 2, "eligible": places + number(0, 10)}),
            "D5": self.answer(pairs),
            "D7": self.answer(pairs),
            "D9": self.answer({"completed": number(pairs // 2, pairs)}, missing=0.4),
            "D10": self.answer(number(0, 12), missing=0.6),
            "E5": self.answer(number(1, 60)),
            "E6": self.answer({"paid": number(0, 40), "volunteer": number(1, 80)}),
            "E7": self.answer({"amount": number(0, 900), "currency": self.chance.choice(["AUD", "USD"])}, missing=0.6),
            "I2": self.answer({"mean": number(30, 50) / 10, "maximum": 5, "answered": answered}, missing=0.4),
        }
        return {code: answer for code, answer in told.items() if answer}

    def countries(self) -> tuple[str, ...]:
        return tuple(self.chance.sample(COUNTRIES, k=self.chance.choice([1, 1, 1, 2])))


def invent_rows(
    initiatives: int, organisations: int, *, editions: int = 2, unnamed: float = 0.1, name: str = "crowd"
) -> Bundle:
    invention = Invention(2027)
    made = [_organisation_row(f"{name}-{number}", number + 1, invention, unnamed) for number in range(organisations)]
    rows = [_initiative_row(number, made[number % organisations], invention, editions) for number in range(initiatives)]
    return Bundle(made, rows, [])


def _organisation_row(name: str, number: int, invention: Invention, unnamed: float) -> OrganisationRow:
    given: Answers = {"countries": invention.countries(), "languages": tuple(invention.some(LANGUAGES, 2))}
    answers = {code: answer for code, answer in invention.organisation().items() if answer}
    named = invention.chance.random() >= unnamed
    return OrganisationRow(
        id=number + 1, slug=name, name=name, type="wim_national", named=named, answers=answers, **given
    )


def _initiative_row(number: int, of: OrganisationRow, invention: Invention, editions: int) -> InitiativeRow:
    told = tuple(EditionRow(label=str(n), year=2024 + n, answers=invention.edition()) for n in range(editions))
    return InitiativeRow(
        code=f"{of.slug}-{number}", organisation=of, answers=invention.initiative(f"Initiative {number}"), editions=told
    )


def keep_rows(bundle: Bundle) -> None:
    """The same as records that are public now."""
    now = clock.now()
    kept = {
        row.id: Organisation(
            name=row.name,
            name_folded=row.name,
            slug=row.slug,
            type=row.type,
            countries=row.countries,
            languages=row.languages,
            contact_email=f"{row.slug}@example.org",
            verified_at=now,
        )
        for row in bundle.organisations
    }
    Organisation.objects.bulk_create(kept.values())
    public = {"review": Record.Review.PUBLISHED, "published_at": now, "is_current": True}
    for row in bundle.organisations:
        consent = {} if row.named else {"K4": {"value": "aggregated"}}
        Record.objects.create(organisation=kept[row.id], answers={**row.answers, **consent}, **public)
    for one in bundle.initiatives:
        organisation = kept[one.organisation.id]
        initiative = Initiative.objects.create(code=one.code, organisation=organisation)
        record = Record.objects.create(
            organisation=organisation, initiative=initiative, answers=dict(one.answers), **public
        )
        Edition.objects.bulk_create(
            Edition(record=record, label=each.label, year=each.year, answers=dict(each.answers))
            for each in one.editions
        )
