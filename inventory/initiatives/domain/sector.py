"""Initiatives of companies, industry bodies, NGOs and governments: the same record, another type of organisation."""

from typing import Any

from django.db import transaction

from inventory.initiatives.domain.entering import create_initiative
from inventory.initiatives.models import Record
from programmes.organisations.domain import enter_organisation
from programmes.organisations.models import Organisation
from wimmentor.base import clock
from wimmentor.base.actors import Actor

NOT_TOLD = {"state": "unknown"}


@transaction.atomic
def add_sector_initiative(
    *,
    by: Actor,
    initiative: str,
    source: str,
    organisation: Organisation | None = None,
    proposed_by: Organisation | None = None,
    **values: Any,
) -> Record:
    """`values`: of a new organisation. What nobody told is not known; IWiM fills in the rest as it reads."""
    owner = organisation or enter_organisation(by=by, **values)
    answers: dict[str, Any] = dict.fromkeys(("B2", "B3", "C1", "C6", "E1"), NOT_TOLD)
    answers["B1"] = {"value": initiative}
    record = create_initiative(organisation=owner, by=by, answers=answers, proposed_by=proposed_by)
    record.source, record.as_of = source, clock.now().date()
    record.save(update_fields=["source", "as_of"])
    return record
