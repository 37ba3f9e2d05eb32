"""Letters of a wave: when one may go, to whom, and when they end; the board of the silent says the same."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from inventory.waves.domain import change_contact, open_wave, send_letters
from inventory.waves.domain.letters import why_not
from inventory.waves.models import WaveLetter, WaveResponse
from inventory.waves.pages import silent_rows
from inventory.waves.queries import not_answered
from programmes.access.links import create_link
from programmes.access.models import PurposeLink
from programmes.outbox.domain import send_email
from programmes.outbox.models import OutboxEmail
from tests.inventory.cast import make_member, make_organisation, signed_in
from tests.inventory.waves.cast import answer, make_wave, response_of
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM
from wimmentor.base.errors import DomainError

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("days", "address", "can_write"), [(1, "", False), (15, "", True), (1, "new@example.org", True)]
)
def test_the_board_offers_a_letter_where_one_may_go(days: int, address: str, can_write: bool) -> None:
    andes = make_organisation("andes")
    wave = make_wave(closes=60)
    response = response_of(andes, wave)
    if address:
        change_contact(response=response, name="", email=address, language="en", note="", by=SYSTEM)

    with clock.shifted(timedelta(days=days)):
        (row,) = silent_rows(list(not_answered(wave)), clock.now())
        refusal = why_not(response)

    assert (row["can_write"], refusal is None) == (can_write, can_write)


def test_letters_wait_their_days_and_end() -> None:
    andes = make_organisation("andes")
    wave = make_wave(closes=300, most_letters=2, letter_days=14)
    response = response_of(andes, wave)

    with pytest.raises(DomainError) as early:
        send_letters(responses=[response], by=SYSTEM)
    with clock.shifted(timedelta(days=15)):
        second = send_letters(responses=[response], by=SYSTEM, text="Dear all,")
    with clock.shifted(timedelta(days=60)), pytest.raises(DomainError) as spent:
        send_letters(responses=[response], by=SYSTEM)

    assert (early.value.code, second, spent.value.code) == ("too_soon", 1, "too_many")
    bodies = [letter.email.body for letter in WaveLetter.objects.order_by("number") if letter.email]
    assert bodies[1] == "Dear all,\n\n[[link:answer]]"


def test_who_has_answered_gets_no_letter() -> None:
    andes, norte = make_organisation("andes"), make_organisation("norte")
    wave = make_wave(closes=300)
    answer(andes, wave)

    with clock.shifted(timedelta(days=20)):
        number = send_letters(responses=list(wave.responses.order_by("pk")), by=SYSTEM)

    assert number == 1
    assert list(WaveLetter.objects.filter(number=2).values_list("response__organisation", flat=True)) == [norte.pk]


def test_another_address_ends_the_link_of_the_first() -> None:
    andes = make_organisation("andes")
    wave = make_wave()
    client = Client()
    link = create_link(purpose="inventory.answer", subject_id=andes.pk)
    page = reverse("wave-answer", kwargs={"organisation": "andes", "code": "2027"})
    client.get(link)
    before = client.get(page).status_code

    response = response_of(andes, wave)
    change_contact(response=response, name="", email="new@example.org", language="es", note="", by=SYSTEM)

    assert (before, client.get(page).status_code) == (200, 302)


def test_opened_ahead_of_its_first_day_letters_wait_for_it() -> None:
    andes = make_organisation("andes")
    wave = make_wave(opens=3)

    letter = OutboxEmail.objects.get()
    page = signed_in(make_member(andes, "owner")).get(reverse("wave-answer", args=["andes", "2027"])).content.decode()

    assert (letter.send_after, WaveLetter.objects.get().at) == (wave.opens_at, wave.opens_at)
    assert ("It opens on" in page, "is closed" in page) == (True, False)


def test_an_invitation_is_not_sent_to_who_has_answered() -> None:
    andes = make_organisation("andes")
    wave = make_wave(is_open=False)
    WaveResponse.objects.create(wave=wave, organisation=andes, state="accepted", contact_email="a@example.org")
    open_wave(wave=wave, by=SYSTEM)
    assert WaveLetter.objects.count() == 0


def test_a_letter_that_still_waits_gives_the_old_address_no_link() -> None:
    andes = make_organisation("andes")
    wave = make_wave()
    values = {"name": "", "email": "new@example.org", "language": "en", "note": ""}
    change_contact(response=response_of(andes, wave), by=SYSTEM, **values)
    send_email(email_id=OutboxEmail.objects.get().pk)
    assert PurposeLink.objects.filter(purpose="inventory.answer", revoked_at=None).count() == 0


def test_whoever_is_asked_instead_can_be_written_to() -> None:
    andes = make_organisation("andes")
    wave = make_wave()
    values = {"name": "", "email": "new@example.org", "language": "en", "note": ""}
    change_contact(response=response_of(andes, wave), by=SYSTEM, **values)
    assert why_not(response_of(andes, wave)) is None
