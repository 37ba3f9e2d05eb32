"""Initiatives of companies, industry bodies, NGOs and governments: the same record, another type of organisation."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.domain.entering import create_initiative
from inventory.initiatives.models import Record
from programmes.audit.domain import record_event
from programmes.organisations.domain.registration import fold_name, free_slug
from programmes.organisations.models import Organisation
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError

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
    owner = organisation or _add_organisation(by=by, **values)
    answers: dict[str, Any] = dict.fromkeys(("B2", "B3", "C1", "C6", "E1"), NOT_TOLD)
    answers["B1"] = {"value": initiative}
    record = create_initiative(organisation=owner, by=by, answers=answers, proposed_by=proposed_by)
    record.source, record.as_of = source, clock.now().date()
    record.save(update_fields=["source", "as_of"])
    return record


def _add_organisation(*, by: Actor, name: str, type: str, countries: Any = (), website: str = "") -> Organisation:
    """Nobody is a member: it can open nothing, and IWiM vouches that it exists."""
    name = " ".join(name.split())
    try:
        with transaction.atomic():
            made = Organisation.objects.create(
                name=name,
                name_folded=fold_name(name),
                slug=free_slug(name),
                type=type,
                countries=tuple(countries),
                website=website,
                verified_at=clock.now(),
                verified_by_id=by.user_id,
            )
    except IntegrityError as error:
        said = _("There is an organisation of this name in this country. Choose it from the list.")
        raise DomainError(said, code="name_taken", field="name") from error
    record_event("organisation.entered", by=by, subject=made, organisation_id=made.pk)
    return made
