"""The link of a letter: where it leads, and how an expired one is sent anew to the same contact."""

from django.urls import reverse

from inventory.initiatives.guards import ANSWER
from inventory.waves.emails import send_link_again
from inventory.waves.models import WaveResponse
from inventory.waves.pages import wave_link
from inventory.waves.queries import standing_wave
from programmes.access.links import Purpose
from programmes.access.renewals import Renewal
from programmes.organisations.models import Organisation
from wimmentor.base import clock


def _standing(organisation_id: int) -> WaveResponse | None:
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    return standing_wave(organisation) if organisation else None


def _target(organisation_id: int) -> str:
    response = _standing(organisation_id)
    if response is not None:
        return wave_link(response)
    slug = Organisation.objects.values_list("slug", flat=True).get(pk=organisation_id)
    return reverse("initiatives-list", args=[slug])


def _address(organisation_id: int) -> str:
    response = _standing(organisation_id)
    return response.contact_email if response else ""


def _send(organisation_id: int) -> None:
    response = _standing(organisation_id)
    if response is not None:
        send_link_again(response, minute=int(clock.now().timestamp()) // 60)


# As long as a wave with its questions lasts.
ANSWER_LINK = Purpose(ANSWER, _target, days=120)
ANSWER_RENEWAL = Renewal(address=_address, send=_send)
