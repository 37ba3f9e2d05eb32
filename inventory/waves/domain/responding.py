"""What an organisation does in a wave. Writing answers is the same as outside of one (initiatives.domain); here it
says that nothing changed, that it has none, and sends."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.domain import open_record, open_sheet, save_sheet, submit_record
from inventory.initiatives.models import Initiative, Record
from inventory.waves.changes import Standing, missing_of_sheet, standings_of
from inventory.waves.models import ResponseEntry, Wave, WaveResponse
from inventory.waves.queries import held_by
from programmes.audit.domain import record_event
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError
from wimmentor.base.phrases import quote, say_list
from wimmentor.base.transitions import Table, change_status

State, Change = WaveResponse.State, ResponseEntry.Change
STEPS: Table = {
    State.DRAFT: frozenset({State.SUBMITTED, State.MERGED}),
    State.SUBMITTED: frozenset({State.IN_REVIEW, State.RETURNED, State.ACCEPTED, State.MERGED}),
    State.IN_REVIEW: frozenset({State.RETURNED, State.ACCEPTED, State.MERGED}),
    State.RETURNED: frozenset({State.SUBMITTED, State.MERGED}),
    State.ACCEPTED: frozenset({State.RETURNED, State.PUBLISHED}),
    State.MERGED: frozenset({State.DRAFT}),
}


def mark_started(organisation_id: int, by: Actor) -> None:
    """Called when an organisation writes anything: from then on its response has been begun."""
    found = WaveResponse.objects.filter(organisation=organisation_id, state=State.DRAFT, started_at=None)
    found.filter(wave__state=Wave.State.OPEN).update(started_at=clock.now())


@transaction.atomic
def confirm_unchanged(*, response: WaveResponse, initiative: Initiative, by: Actor) -> None:
    """One tap: as it was told last time, so it is still. Pressed twice it is the same."""
    refuse_unless_open(response)
    record = open_record(initiative)
    ResponseEntry.objects.update_or_create(response=response, record=record, defaults={"change": Change.UNCHANGED})
    mark_started(response.organisation_id, by)
    record_event("wave.unchanged", by=by, subject=record, organisation_id=response.organisation_id)


@transaction.atomic
def confirm_all_unchanged(*, response: WaveResponse, by: Actor) -> int:
    """Those that nobody has looked at yet and that have their short form answered."""
    found = [standing for standing in standings_of(response) if standing.can_be_unchanged]
    for standing in found:
        if standing.record.initiative is not None:
            confirm_unchanged(response=response, initiative=standing.record.initiative, by=by)
    return len(found)


@transaction.atomic
def declare_none(*, response: WaveResponse, idea: bool, by: Actor) -> None:
    """ "We have none", or only an idea: a valid answer."""
    refuse_unless_open(response)
    sheet = open_sheet(response.organisation)
    beside = {name: text for name, text in sheet.answers.get("A10", {}).items() if name in ("words", "comment")}
    answer = {**beside, "value": "planned" if idea else "no"}
    save_sheet(organisation=response.organisation, given={"A10": answer}, by=by)


@transaction.atomic
def submit_response(*, response: WaveResponse, confirmed: bool, by: Actor, unchanged: bool = False) -> WaveResponse:
    """Sheet and records go to IWiM together. `confirmed`: whoever sends may answer for the organisation (K5).
    `unchanged`: what nobody has looked at yet is as it was."""
    refuse_unless_open(response)
    if unchanged:
        confirm_all_unchanged(response=response, by=by)
    standings = standings_of(response)
    _refuse_incomplete(response, standings)
    if not confirmed:
        said = _("Say that you may answer for your organisation.")
        raise DomainError(said, code="not_confirmed", field="confirmed")
    save_sheet(organisation=response.organisation, given={"K5": {"value": True}}, by=by)
    sheet = open_sheet(response.organisation)
    for standing in standings:
        ResponseEntry.objects.update_or_create(
            response=response, record=standing.record, defaults={"change": standing.change}
        )
    for record in [sheet, *(standing.record for standing in standings)]:
        _submit(record, by)
    values: dict[str, Any] = {"sheet": sheet, "submitted_at": clock.now(), "submitted_by_id": by.user_id}
    change_status(response, State.SUBMITTED, table=STEPS, field="state", **values)
    record_event("wave.submitted", by=by, subject=response, organisation_id=response.organisation_id)
    return response


def _submit(record: Record, by: Actor) -> None:
    """One that was sent by itself before is with IWiM already."""
    if record.can_be_changed:
        submit_record(record=record, by=by)


def _refuse_incomplete(response: WaveResponse, standings: list[Standing]) -> None:
    if missing := missing_of_sheet(response):
        names = say_list(quote(question.text) for question in missing)
        raise DomainError(
            _("Still open about your organisation: %(questions)s.") % {"questions": names},
            code="sheet_open",
            field="sheet",
        )
    if waiting := [standing for standing in standings if not standing.is_settled]:
        names = say_list(quote(standing.record) for standing in waiting)
        raise DomainError(
            _("Say for each whether something changed: %(names)s.") % {"names": names}, code="not_looked_at"
        )


def _refuse_while_read(response: WaveResponse) -> None:
    other = held_by(response)
    if other is not None:
        raise DomainError(
            _("Your answers to “%(wave)s” are still with IWiM. You can answer this wave once they are published.")
            % {"wave": other.wave.name},
            code="held",
        )


def refuse_unless_open(response: WaveResponse) -> None:
    """Compared once, with the database's clock. What was written before the end is kept in the draft."""
    response.refresh_from_db(fields=["state"])
    _refuse_while_read(response)
    if response.state == State.RETURNED:
        return  # IWiM waits for a reply, also after the last day
    if response.state != State.DRAFT:
        raise DomainError(_("Your answers are with IWiM already."), code="already_sent")
    wave = Wave.objects.get(pk=response.wave_id)
    if not wave.takes_answers(clock.database_now()):
        raise DomainError(
            _("This wave is closed. What you wrote is kept, and counts for the next one."),
            code="wave_closed",
        )
