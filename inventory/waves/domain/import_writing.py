"""One row of a plan, written as if its organisation had written it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.domain import create_initiative, open_record, save_answers, save_edition, save_sheet
from inventory.initiatives.models import Initiative, Record, Statement
from inventory.waves.domain.waves import respond
from inventory.waves.importing import PlannedInitiative, PlannedOrganisation, PlannedStatement
from inventory.waves.models import Wave
from inventory.waves.targets import Target, find_edition
from programmes.organisations.models import Organisation
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError

CODE_LENGTH = 40


def write_target(target: Target, wave: Wave, by: Actor) -> None:
    """What is as it was is not written, and belongs to the wave all the same."""
    organisation, planned = target.organisation, target.planned
    if organisation is None:
        return
    response = respond(wave, organisation)
    match planned:
        case PlannedOrganisation() if target.outcome != "same":
            save_sheet(organisation=organisation, given=planned.answers, by=by)
        case PlannedInitiative() if target.is_new:
            _keep_source(_create(organisation, planned, by), planned.about)
        case PlannedInitiative() if target.initiative is not None:
            _change(target.initiative, planned, target, by)
        case PlannedStatement():
            response.statements.add(_state(organisation, planned))


def _create(organisation: Organisation, planned: PlannedInitiative, by: Actor) -> Record:
    editions = [{"label": each.label, "year": each.year, "answers": each.answers} for each in planned.editions]
    code = planned.id if _may_be_code(planned.id) else ""
    return create_initiative(organisation=organisation, answers=planned.answers, editions=editions, code=code, by=by)


def _change(initiative: Initiative, planned: PlannedInitiative, target: Target, by: Actor) -> None:
    if target.changes:
        save_answers(initiative=initiative, given={code: planned.answers[code] for code in target.changes}, by=by)
    if target.outcome == "same":
        return
    record = open_record(initiative)
    for told in planned.editions:
        if told.label not in target.editions:
            continue
        known = find_edition(record, told.label)
        label, year = (known.label, known.year) if known else (told.label, None)
        save_edition(
            initiative=initiative,
            label=label,
            year=year if told.year is None else told.year,
            given=told.answers,
            before=known,
            by=by,
        )
    _keep_source(record, planned.about)


def _state(organisation: Organisation, planned: PlannedStatement) -> Statement:
    """Public once its wave is published; what is public already is not written over."""
    about = planned.about
    told = {"value": planned.value, "evidence": about.get("evidence", ""), "remarks": about.get("remarks", "")}
    key = {"topic": planned.topic, "as_of": _day_of(about)}
    known = Statement.objects.filter(organisation=organisation, **key).first()
    if known is None:
        return Statement.objects.create(organisation=organisation, **key, **told)
    if {name: getattr(known, name) for name in told} == told:
        return known
    if known.is_public:
        raise DomainError(
            _("A statement of this topic and day is published with other words. Give this one another day."),
            code="published",
        )
    Statement.objects.filter(pk=known.pk).update(**told)
    return known


def _keep_source(record: Record, about: dict[str, str]) -> None:
    """Where the file says it came from, beside what the organisation tells."""
    record.evidence = about.get("evidence", record.evidence)
    record.remarks = about.get("remarks", record.remarks)
    record.source = about.get("source", record.source)
    record.as_of = _day_of(about) or record.as_of
    record.save(update_fields=["evidence", "remarks", "source", "as_of", "changed_at"])


def _day_of(about: dict[str, str]) -> date | None:
    return date.fromisoformat(about["as_of"]) if about.get("as_of") else None


def _may_be_code(text: str) -> bool:
    try:
        validate_slug(text)
    except ValidationError:
        return False
    return len(text) <= CODE_LENGTH
