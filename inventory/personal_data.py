"""The inventory is about organisations. Whoever answers for one is named for IWiM alone: as the contact of a response,
and in the organisation's sheet (A9)."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.models import Record
from inventory.waves.models import AnswerImport, WaveResponse
from programmes.audit.domain import record_event
from programmes.people.holdings import Holding, Person
from programmes.people.retention import Rule, Term, in_chunks
from wimmentor.base.actors import Actor

_ABOUT_IT = "About the organisation, not about her."
_OF_RESPONSE = {"id", "contact_name", "contact_email", "language"}
_OF_SHEET = {"id", "as_of"}

NOT_PERSONAL = {
    "inventory.AnswerImport": "What a spreadsheet would write, and what became of it; gone after some days.",
    "inventory.Initiative": "What an organisation does.",
    "inventory.Edition": "Numbers of an initiative.",
    "inventory.EvidenceFile": "What an organisation shares about an initiative, without participants.",
    "inventory.Inquiry": "What IWiM asks an organisation, and its reply.",
    "inventory.Statement": "What an organisation said.",
    "inventory.Wave": "The survey of one year.",
    "inventory.Merger": "Which organisation goes on as which.",
    "inventory.WaveResponse_statements": "Which statements belong to a wave.",
    "inventory.ResponseEntry": "Which records belong to a wave.",
    "inventory.Package": "Open data: what organisations agreed to publish.",
    "inventory.PackageFile": "Open data, as it is sent.",
    "inventory.WaveLetter": "When an organisation was written to.",
}


def responses_naming(person: Person) -> QuerySet[WaveResponse]:
    found = WaveResponse.objects.filter(contact_email=person.email)
    return found if person.user else found.none()


def sheets_naming(person: Person) -> QuerySet[Record]:
    found = Record.objects.filter(initiative=None, answers__A9__value__email=person.email)
    return found if person.user else found.none()


def forget_contact(person: Person, by: Actor) -> None:
    """With her account: what the organisation told stays, and names her no more."""
    for response in responses_naming(person):
        response.contact_name = response.contact_email = ""
        response.save(update_fields=["contact_name", "contact_email"])
        record_event("wave.contact_erased", by=by, subject=response, organisation_id=response.organisation_id)
    for sheet in sheets_naming(person):
        _take_contact_out(sheet)
        record_event("record.contact_erased", by=by, subject=sheet, organisation_id=sheet.organisation_id)


def expire_contacts(before: datetime, dry_run: bool) -> int:
    """Of waves that ended a year ago, and of sheets that were replaced by then."""
    ended = WaveResponse.objects.filter(wave__closes_at__lt=before).exclude(contact_email="", contact_name="")
    replaced = Record.objects.filter(initiative=None, is_current=False, changed_at__lt=before)
    replaced = replaced.filter(review__in=Record.CLOSED, answers__has_key="A9")
    return in_chunks(ended, _clear_contacts, dry_run) + in_chunks(replaced, _clear_sheets, dry_run)


def expire_imports(before: datetime, dry_run: bool) -> int:
    return in_chunks(AnswerImport.objects.filter(created_at__lt=before), _drop_imports, dry_run)


def _drop_imports(ids: list[int]) -> int:
    AnswerImport.objects.filter(pk__in=ids).delete()
    return len(ids)


def _clear_contacts(ids: list[int]) -> int:
    return WaveResponse.objects.filter(pk__in=ids).update(contact_name="", contact_email="")


def _clear_sheets(ids: list[int]) -> int:
    sheets = list(Record.objects.filter(pk__in=ids))
    for sheet in sheets:
        _take_contact_out(sheet)
    return len(sheets)


def _take_contact_out(sheet: Record) -> None:
    answers = {code: answer for code, answer in sheet.answers.items() if code != "A9"}
    Record.objects.filter(pk=sheet.pk).update(answers=answers)


def _names_organisation(row: Any) -> dict[str, Any]:
    return {"organisation_name": row.organisation.name}


def _contact_of_sheet(row: Any) -> dict[str, Any]:
    return {**_names_organisation(row), "contact": row.answers.get("A9", {}).get("value", {})}


def _all_but(model: Any, kept: set[str]) -> dict[str, str]:
    return {column.name: _ABOUT_IT for column in model._meta.concrete_fields if column.name not in kept}


HOLDINGS = (
    Holding(
        "survey_contact",
        _("Surveys that name you as an organisation's contact"),
        WaveResponse,
        responses_naming,
        _all_but(WaveResponse, _OF_RESPONSE),
        _names_organisation,
    ),
    Holding(
        "inventory_sheets",
        _("Inventory sheets in which you answer for an organisation"),
        Record,
        sheets_naming,
        _all_but(Record, _OF_SHEET),
        _contact_of_sheet,
    ),
)
RULES = (
    Rule(
        "survey_contacts",
        Term(months=12),
        expire_contacts,
        _("Who answers the survey of the Alliance for an organisation"),
        _("%(number)d months after the survey, or after somebody else took over"),
    ),
    Rule("answer_imports", Term(days=7), expire_imports),
)
