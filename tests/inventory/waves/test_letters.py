"""The board of those who have not answered and the rule for letters say the same."""

from datetime import timedelta

import pytest

from inventory.waves.domain import change_contact
from inventory.waves.domain.letters import why_not
from inventory.waves.pages import silent_rows
from inventory.waves.queries import not_answered
from tests.inventory.cast import make_organisation
from tests.inventory.waves.cast import make_wave, response_of
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM

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
