"""A wave from its plan to its opening."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from inventory.waves.domain.letters import invite
from inventory.waves.models import Wave, WaveResponse
from inventory.waves.queries import organisations_to_ask
from programmes.audit.domain import record_event
from programmes.cohorts.domain.calendars import read_wall
from programmes.organisations.models import Organisation
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.codes.places import is_time_zone
from wimmentor.base.editing import save_version
from wimmentor.base.errors import DomainError
from wimmentor.base.languages import spoken
from wimmentor.base.transitions import Table, change_status

State = Wave.State
# What stands at the place of a code in addresses of staff and of the analysis.
RESERVED_CODES = frozenset({"new", "now"})
STEPS: Table = {State.DRAFT: frozenset({State.OPEN}), State.OPEN: frozenset({State.PUBLISHED})}


@transaction.atomic
def plan_wave(*, code: str, by: Actor, time_zone: str, opens: datetime, closes: datetime, **values: Any) -> Wave:
    """`opens`, `closes`: wall times in `time_zone`."""
    if code in RESERVED_CODES:
        raise DomainError(_("This word is part of our addresses. Choose another."), code="reserved", field="code")
    times = _times(time_zone, opens, closes)
    try:
        with transaction.atomic():
            wave = Wave.objects.create(code=code, **times, **values)
    except IntegrityError as error:
        raise DomainError(_("There is a wave of this name already."), code="code_taken", field="code") from error
    record_event("wave.planned", by=by, subject=wave)
    return wave


@transaction.atomic
def edit_wave(
    *, wave: Wave, seen: int, by: Actor, time_zone: str, opens: datetime, closes: datetime, **values: Any
) -> Wave:
    """The last day can be moved as long as the wave is not published; what was asked stays as it is."""
    if wave.state == State.PUBLISHED:
        raise DomainError(_("This wave is published and stays as it is."), code="published")
    save_version(wave, seen=seen, **_times(time_zone, opens, closes), **values)
    record_event("wave.edited", by=by, subject=wave)
    return wave


@transaction.atomic
def open_wave(*, wave: Wave, by: Actor) -> Wave:
    """Every organisation gets its response and the first letter with its link."""
    if wave.closes_at <= clock.database_now():
        raise DomainError(_("The last day of this wave is over. Change its dates first."), code="over")
    change_status(wave, State.OPEN, table=STEPS, field="state")
    for organisation in organisations_to_ask():
        invite(respond(wave, organisation), by=by)
    record_event("wave.opened", by=by, subject=wave)
    return wave


@transaction.atomic
def ask_organisation(*, wave: Wave, organisation: Organisation, by: Actor) -> WaveResponse:
    """One more, that was verified later or is of the sector."""
    if wave.state != State.OPEN:
        raise DomainError(_("Open the wave first."), code="not_open")
    response = respond(wave, organisation)
    invite(response, by=by)
    record_event("wave.asked", by=by, subject=response, organisation_id=organisation.pk)
    return response


def respond(wave: Wave, organisation: Organisation) -> WaveResponse:
    known = WaveResponse.objects.filter(wave=wave, organisation=organisation).first()
    if known is not None:
        return known
    before = _contact_before(organisation)
    made, _is_new = WaveResponse.objects.get_or_create(
        wave=wave,
        organisation=organisation,
        defaults={
            "contact_name": before.contact_name if before else organisation.contact_name,
            "contact_email": before.contact_email if before else organisation.contact_email,
            "language": before.language if before else _language(wave.languages, organisation.languages),
        },
    )
    return made


def _contact_before(organisation: Organisation) -> WaveResponse | None:
    return organisation.wave_responses.exclude(contact_email="").order_by("-pk").first()


def _language(asked: Iterable[str], known: Iterable[str]) -> str:
    """The first of the organisation's own in which the wave is asked."""
    asked = set(asked)
    return spoken(*(code for code in known if not asked or code in asked))


def _times(zone: str, opens: datetime, closes: datetime) -> dict[str, Any]:
    if not is_time_zone(zone):
        raise DomainError(_("Choose a time zone from the list."), code="no_such_zone", field="time_zone")
    opens_at, opens_wall = read_wall(opens, zone, field="opens")
    closes_at, closes_wall = read_wall(closes, zone, field="closes")
    if closes_at <= opens_at:
        raise DomainError(_("The wave must close after it opens."), code="closes_first", field="closes")
    return {
        "time_zone": zone,
        "opens_at": opens_at,
        "opens_wall": opens_wall,
        "closes_at": closes_at,
        "closes_wall": closes_wall,
    }
