"""What IWiM verifies is what its reviewer has read."""

from collections.abc import Callable

import pytest
from django.test import Client

from programmes.organisations import domain
from programmes.outbox.models import OutboxEmail
from programmes.people.models import User
from tests.programmes.organisations.conftest import Cast
from wimmentor.base.actors import COMMAND, Actor

Browse = Callable[[User | None], Client]
DECISIONS = [{"decision": "verify"}, {"decision": "refuse", "reason": "Which region?"}]


def version_on(page: str) -> set[str]:
    return {part.partition('"')[0] for part in page.split('name="version" value="')[1:]}


def rename(cast: Cast) -> None:
    values = {"name": "World Mining Alliance", "website": "https://elsewhere.example.org", "countries": ("BO",)}
    domain.edit_organisation(organisation=cast.andes, seen=cast.andes.version, by=Actor.of(cast.ana), **values)


@pytest.mark.parametrize("decision", DECISIONS)
def test_what_was_changed_meanwhile_is_read_first(cast: Cast, browse: Browse, decision: dict[str, str]) -> None:
    ida, path = browse(cast.ida), f"/staff/organisations/{cast.andes.pk}/"
    page = ida.get(path).content.decode()
    assert (version_on(page), page.count('name="version"'), page.count('id="id_version"')) == ({"1"}, 2, 1)
    rename(cast)

    answer = ida.post(path, {**decision, "version": "1"})

    text = answer.content.decode()
    cast.andes.refresh_from_db()
    assert (answer.status_code, cast.andes.verified_at, cast.andes.refused_at) == (409, None, None)
    for words in ("World Mining Alliance", "https://elsewhere.example.org", "Bolivia", "Your decision"):
        assert words in text
    assert decision.get("reason", "") in text
    assert not OutboxEmail.objects.filter(organisation_id=cast.andes.pk).exists()


@pytest.mark.parametrize("version", ["", "9" * 30, "one"])
@pytest.mark.parametrize("decision", DECISIONS)
def test_whoever_does_not_say_what_she_read_decides_nothing(
    cast: Cast, browse: Browse, decision: dict[str, str], version: str
) -> None:
    answer = browse(cast.ida).post(f"/staff/organisations/{cast.andes.pk}/", {**decision, "version": version})

    cast.andes.refresh_from_db()
    assert (cast.andes.verified_at, cast.andes.refused_at) == (None, None)
    assert answer.status_code in (200, 409)


def test_read_again_it_is_verified(cast: Cast, browse: Browse) -> None:
    rename(cast)

    answer = browse(cast.ida).post(
        f"/staff/organisations/{cast.andes.pk}/", {"decision": "verify", "version": str(cast.andes.version)}
    )

    cast.andes.refresh_from_db()
    assert (answer.status_code, cast.andes.is_verified, cast.andes.name) == (302, True, "World Mining Alliance")


def test_a_colleagues_refusal_is_read_before_it_is_overruled(cast: Cast, browse: Browse) -> None:
    domain.refuse_organisation(organisation=cast.andes, reason="Which region?", by=COMMAND)

    answer = browse(cast.ida).post(f"/staff/organisations/{cast.andes.pk}/", {"decision": "verify", "version": "1"})

    assert (answer.status_code, "Which region?" in answer.content.decode()) == (409, True)
