"""What no page of ours would post."""

import pytest

from matching.board.models import Offer
from tests.matching.board.cast import address, coordinate, make_cast
from tests.matching.board.test_offers_pages import form_of


@pytest.mark.parametrize("strange", ["9" * 19, "9" * 30, "-" + "9" * 30, "9" * 5000, "one"])
@pytest.mark.django_db
def test_an_id_that_no_pair_can_have_is_no_choice(strange: str) -> None:
    cast = make_cast()
    client = coordinate(cast)
    body = form_of(cast, client)

    page = client.post(address("offers-publish", cast.cohort), {**body, "proposals": [*body["proposals"], strange]})

    assert (page.status_code, list(page.context["form"].errors)) == (200, ["proposals"])
    assert Offer.objects.count() == 0
