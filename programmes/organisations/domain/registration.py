from typing import Any

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from programmes.audit.domain import record_event
from programmes.organisations import emails
from programmes.organisations.models import Membership, Organisation
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.editing import save_version
from wimmentor.base.errors import DomainError
from wimmentor.base.text import fold

# What one person may have waiting at a time: enough for a network with chapters, too little for a flood.
MOST_WAITING = 5
TAKEN = _("An organisation of this name is registered in this country already. Ask its owners to invite you.")


@transaction.atomic
def register_organisation(*, name: str, by: Actor, slug: str = "", **values: Any) -> Organisation:
    """`values`: the other fields of Organisation. Whoever registers it becomes its owner."""
    if _waiting_of(by) >= MOST_WAITING:
        raise DomainError(
            _("%(number)s of your organisations wait to be verified. Register the next one after that.")
            % {"number": MOST_WAITING},
            code="too_many_waiting",
        )
    organisation = _create(name, TAKEN, slug=slug, **values)
    if by.user_id is not None:
        Membership.objects.create(user_id=by.user_id, organisation=organisation, role="owner")
    record_event("organisation.registered", by=by, subject=organisation, organisation_id=organisation.pk)
    emails.tell_reviewers(organisation)
    return organisation


@transaction.atomic
def enter_organisation(*, name: str, by: Actor, **values: Any) -> Organisation:
    """One that runs no programme here: nobody is a member, and IWiM vouches that it exists."""
    said = _("There is an organisation of this name in this country. Choose it from the list.")
    organisation = _create(name, said, verified_at=clock.now(), verified_by_id=by.user_id, **values)
    record_event("organisation.entered", by=by, subject=organisation, organisation_id=organisation.pk)
    return organisation


def _create(name: str, refusal: str | Promise, *, slug: str = "", **values: Any) -> Organisation:
    name = " ".join(name.split())
    try:
        with transaction.atomic():
            return Organisation.objects.create(
                name=name, name_folded=fold_name(name), slug=slug or free_slug(name), **values
            )
    except IntegrityError as error:
        raise DomainError(refusal, code="name_taken", field="name") from error


def _waiting_of(by: Actor) -> int:
    if by.user_id is None:
        return 0
    return Membership.objects.filter(
        user_id=by.user_id, role="owner", organisation__verified_at=None, organisation__refused_at=None
    ).count()


def fold_name(name: str) -> str:
    """Some signs become many when they are folded; the column has its room."""
    return fold(name)[:150]


def free_slug(name: str) -> str:
    stem = slugify(fold(name))[:50].strip("-") or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number = 1
    slug = stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


@transaction.atomic
def edit_organisation(*, organisation: Organisation, seen: int, by: Actor, **values: Any) -> Organisation:
    """Verified names stay: people trust them. After a refusal an edit asks to be looked at again."""
    if "name" in values:
        values["name"] = " ".join(values["name"].split())
        values["name_folded"] = fold_name(values["name"])
    _refuse_other_name(organisation, values)
    was_refused = organisation.refused_at is not None
    if was_refused:
        values |= {"refused_at": None, "refusal_reason": ""}
    try:
        with transaction.atomic():
            save_version(organisation, seen=seen, **values)
    except IntegrityError as error:
        raise DomainError(TAKEN, code="name_taken", field="name") from error
    record_event("organisation.edited", by=by, subject=organisation, organisation_id=organisation.pk)
    if was_refused:
        emails.tell_reviewers(organisation)
    return organisation


def _refuse_other_name(organisation: Organisation, values: dict[str, Any]) -> None:
    for name in ("name", "full_name") if organisation.is_verified else ():
        if values.get(name, getattr(organisation, name)) != getattr(organisation, name):
            raise DomainError(
                _("IWiM verified this name. Write to IWiM to have it changed."), code="name_verified", field=name
            )
