"""A wave and what organisations do in it."""

from datetime import datetime, timedelta
from typing import Any

from inventory.initiatives.domain import save_sheet
from inventory.waves.domain import accept_response, confirm_all_unchanged, open_wave, plan_wave, submit_response
from inventory.waves.models import Wave, WaveResponse
from programmes.organisations.models import Organisation
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM

SHORT = {"A10": {"value": "yes"}, "K4": {"value": "yes"}}


def wall(days: float) -> datetime:
    return (clock.now() + timedelta(days=days)).replace(tzinfo=None, second=0, microsecond=0)


def make_wave(
    code: str = "2027", *, opens: float = -1, closes: float = 30, is_open: bool = True, **values: Any
) -> Wave:
    given = {"name": f"Survey {code}", "languages": ("en", "es"), "time_zone": "UTC", **values}
    wave = plan_wave(code=code, opens=wall(opens), closes=wall(closes), by=SYSTEM, **given)
    return open_wave(wave=wave, by=SYSTEM) if is_open else wave


def response_of(organisation: Organisation, wave: Wave) -> WaveResponse:
    found = WaveResponse.objects.select_related("wave", "organisation", "sheet")
    return found.get(organisation=organisation, wave=wave)


def answer(organisation: Organisation, wave: Wave, **sheet: Any) -> WaveResponse:
    """Its sheet in short, nothing changed, sent."""
    response = response_of(organisation, wave)
    save_sheet(organisation=organisation, given={**SHORT, **sheet}, by=SYSTEM)
    confirm_all_unchanged(response=response, by=SYSTEM)
    return submit_response(response=response, confirmed=True, by=SYSTEM)


def accept(response: WaveResponse) -> WaveResponse:
    return accept_response(response=response, by=SYSTEM)
