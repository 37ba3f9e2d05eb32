"""Answers that come in a spreadsheet: IWiM looks at what would be written, then says that it goes in."""

from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from inventory.waves.domain.import_writing import write_target
from inventory.waves.domain.responding import submit_response
from inventory.waves.importing import Note, Plan
from inventory.waves.models import AnswerImport, Wave, WaveResponse
from inventory.waves.targets import Target, find_targets
from programmes.audit.domain import record_event
from programmes.organisations.models import Organisation
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError

NAME_LENGTH = 200


@dataclass
class Report:
    """What became of a plan. `left_out`: rows; `refused` has single answers as well. `not_sent`: organisations whose
    answers are not complete, and why."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    left_out: int = 0
    sent: int = 0
    refused: list[Note] = field(default_factory=list)
    flagged: list[Note] = field(default_factory=list)
    not_sent: list[tuple[str, str]] = field(default_factory=list)


@transaction.atomic
def prepare_import(*, wave: Wave, plan: Plan, file_name: str, by: Actor) -> AnswerImport:
    """Writes no answer yet."""
    _refuse_published(wave)
    prepared = AnswerImport.objects.create(
        wave=wave, file_name=file_name[:NAME_LENGTH], plan=plan.as_json(), made_by_id=by.user_id
    )
    record_event("wave.import_prepared", by=by, subject=prepared, rows=plan.rows)
    return prepared


@transaction.atomic
def apply_import(*, prepared: AnswerImport, by: Actor, submit: bool = False) -> AnswerImport:
    """`submit`: they go to review as well; else organisations find them in their drafts. What cannot be written now is
    left out, and said. Pressed twice it is done once."""
    prepared = AnswerImport.objects.select_for_update().get(pk=prepared.pk)
    if prepared.applied_at is not None:
        return prepared
    wave = prepared.wave
    _refuse_published(wave)
    plan = Plan.from_json(prepared.plan)
    report = Report(plan.rows, refused=plan.refused, flagged=plan.flagged)
    told = [target for target in find_targets(plan, wave) if _write(target, wave, by, report)]
    if submit:
        _submit({each.organisation.pk: each.organisation for each in told if each.organisation}, wave, by, report)
    prepared.plan, prepared.report, prepared.applied_at = {}, asdict(report), clock.now()
    prepared.save()
    counts = {name: getattr(report, name) for name in ("rows", "new", "changed", "same", "left_out", "sent")}
    record_event("wave.imported", by=by, subject=prepared, refused=len(report.refused), **counts)
    return prepared


@transaction.atomic
def discard_import(*, prepared: AnswerImport, by: Actor) -> None:
    prepared = AnswerImport.objects.select_for_update().get(pk=prepared.pk)
    if prepared.applied_at is not None:
        raise DomainError(_("This is in already and cannot be thrown away any more."), code="applied")
    record_event("wave.import_discarded", by=by, subject=prepared)
    prepared.delete()


def _write(target: Target, wave: Wave, by: Actor, report: Report) -> bool:
    """Whether it is in now, also where it was before."""
    if not target.refusal:
        try:
            with transaction.atomic():
                write_target(target, wave, by)
        except DomainError as error:
            target.refusal = str(error.message)
    if target.refusal:
        report.refused.append(Note(target.planned.sheet, target.planned.row, "", target.refusal))
    setattr(report, target.outcome, getattr(report, target.outcome) + 1)
    return not target.refusal


def _submit(organisations: dict[int, Organisation], wave: Wave, by: Actor, report: Report) -> None:
    responses = WaveResponse.objects.filter(wave=wave, organisation__in=organisations)
    for response in responses.select_related("wave", "organisation").order_by("organisation__name_folded", "pk"):
        try:
            with transaction.atomic():
                submit_response(response=response, confirmed=True, by=by)
            report.sent += 1
        except DomainError as error:
            report.not_sent.append((response.organisation.name, str(error.message)))


def _refuse_published(wave: Wave) -> None:
    if wave.state == Wave.State.PUBLISHED:
        raise DomainError(_("This wave is published and stays as it is."), code="published")
