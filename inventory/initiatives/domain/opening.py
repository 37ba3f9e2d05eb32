"""The record that is being written: there is one, or it is carried forward from what was published last."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.models import Edition, Initiative, Record
from inventory.initiatives.queries import latest_closed, open_records
from programmes.organisations.models import Organisation
from wimmentor.base.errors import DomainError


@transaction.atomic
def open_record(initiative: Initiative) -> Record:
    """Without an event of its own: whoever opens it writes, confirms or sends something with it."""
    hold_organisation(initiative.organisation_id)
    initiative.refresh_from_db(fields=["organisation"])  # merged meanwhile, it belongs to another one
    found = open_records().filter(initiative=initiative).first()
    if found is not None:
        return found
    before = latest_closed().filter(initiative=initiative).first()
    if before is None:
        return Record.objects.create(organisation_id=initiative.organisation_id, initiative=initiative)
    return carry_record(before, organisation_id=initiative.organisation_id)


@transaction.atomic
def open_sheet(organisation: Organisation) -> Record:
    """The organisation's own sheet. The first begins with what the site knows about it."""
    hold_organisation(organisation.pk)
    found = open_records().filter(organisation=organisation, initiative=None).first()
    if found is not None:
        return found
    before = latest_closed().filter(organisation=organisation, initiative=None).first()
    if before is None:
        return Record.objects.create(organisation=organisation, answers=known_answers(organisation))
    return carry_record(before, organisation_id=organisation.pk)


def carry_record(before: Record, *, organisation_id: int) -> Record:
    """Answers and editions go on."""
    record = Record.objects.create(
        organisation_id=organisation_id,
        initiative_id=before.initiative_id,
        answers=carried_answers(before),
        carried_from=before,
    )
    Edition.objects.bulk_create(
        Edition(
            record=record,
            label=edition.label,
            year=edition.year,
            answers=edition.answers,
            cohort_id=edition.cohort_id,
            carried_from=edition,
        )
        for edition in before.editions.order_by("pk")
    )
    return record


def carried_answers(record: Record) -> dict[str, Any]:
    """As whoever writes finds them: of what is closed without comments, which were about their time, and without the
    confirmation, which is given anew."""
    if record.is_open:
        return dict(record.answers)
    answers = {
        code: {name: part for name, part in answer.items() if name != "comment"}
        for code, answer in record.answers.items()
        if code != "K5"
    }
    return {code: answer for code, answer in answers.items() if answer}


def known_answers(organisation: Organisation) -> dict[str, Any]:
    known = {
        "A1": organisation.name,
        "A2": organisation.full_name,
        "A3": organisation.type,
        "A4": list(organisation.countries),
        "A5": organisation.reach,
        "A8": list(organisation.languages),
    }
    return {code: {"value": value} for code, value in known.items() if value}


def lock_record(record: Record) -> Record:
    """As it is now, held until the end of the transaction; refuses where IWiM has it."""
    locked = Record.objects.select_for_update().get(pk=record.pk)
    if not locked.can_be_changed:
        raise DomainError(
            _("IWiM is reading this entry now. You can change it once they have answered."), code="in_review"
        )
    return locked


def hold_organisation(organisation_id: int) -> None:
    """Two who open at once: the second waits here until she can see what the first one made."""
    list(Organisation.objects.select_for_update(no_key=True).filter(pk=organisation_id).values_list("pk"))
