"""What no page of ours sends is refused or does nothing; it is never an error of ours."""

import pytest
from django.urls import reverse

from inventory.waves.models import ResponseEntry
from tests.inventory.cast import editor, make_organisation, make_published, reviewer
from tests.inventory.waves.cast import answer, make_wave, response_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "versions", ["[" * 4_900, '{"1": Infinity}', '{"1": NaN}', '{"x": 1}', '{"1": null}', "[1]", "1" * 4400]
)
def test_forged_versions_are_no_error(versions: str) -> None:
    andes = make_organisation("andes")
    make_published(andes)
    wave = make_wave()
    response = answer(andes, wave)
    staff = reviewer()
    url = reverse("staff-wave-response", args=[wave.code, response.pk])

    for decision in ("accept", "return", "take_up", ""):
        assert staff.post(url, {"versions": versions, "decision": decision, "note": "x"}).status_code < 500


@pytest.mark.parametrize("chosen", ["²", "٣", "9" * 30, "-1", "\x00", "1" * 5000])
def test_an_odd_initiative_is_not_found(chosen: str) -> None:
    andes = make_organisation("andes")
    make_published(andes)
    wave = make_wave()
    url = reverse("wave-unchanged", args=["andes", wave.code])

    response = editor(andes).post(url, {"initiative": chosen})

    assert (response.status_code, ResponseEntry.objects.count()) == (404, 0)


@pytest.mark.parametrize("decision", ["return", "accept", "take_up"])
def test_a_note_on_a_response_that_nobody_began_is_refused(decision: str) -> None:
    andes = make_organisation("andes")
    wave = make_wave()
    url = reverse("staff-wave-response", args=[wave.code, response_of(andes, wave).pk])

    status = reviewer().post(url, {"note": "x", "decision": decision}).status_code

    assert (status < 500, response_of(andes, wave).state) == (True, "draft")
