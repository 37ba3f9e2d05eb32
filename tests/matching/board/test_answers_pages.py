"""The page on which somebody says yes or no, without an account."""

from datetime import timedelta

import pytest
from django.test import Client

from matching.board.domain import answer_offer, expire_due_offers, withdraw_offer
from matching.board.models import Offer
from programmes.access.links import create_link
from programmes.applications.domain import withdraw_application
from programmes.audit.models import AuditEvent
from programmes.mentorships.models import Mentorship
from programmes.outbox.models import OutboxEmail
from tests.conftest import Clock
from tests.matching.board.cast import Cast, make_cast, offer_of, open_link, publish
from wimmentor.base.actors import Actor

HER = Actor.link("offer.mentee")


@pytest.fixture
def cast(db: None) -> Cast:
    made = make_cast()
    publish(made)
    return made


def page_of(client: Client, offer: Offer, side: str = "mentee") -> str:
    return str(open_link(client, f"offer.{side}", offer.pk).content.decode())


def test_opening_the_link_answers_nothing(cast: Cast, client: Client) -> None:
    offer = offer_of(cast, "Lucía")
    events = AuditEvent.objects.count()

    html = page_of(client, offer)
    client.get(f"/offer/{offer.pk}/mentee/?answer=yes")
    client.head(f"/offer/{offer.pk}/mentee/?answer=yes")

    offer.refresh_from_db()
    assert (offer.mentee_answer, offer.state, AuditEvent.objects.count()) == ("", "sent", events)
    assert html.count('name="answer"') == 2


def test_it_shows_what_the_other_agreed_to_and_no_way_to_reach_her(cast: Cast, client: Client) -> None:
    offer = offer_of(cast, "Lucía")
    mentor = offer.mentor

    html = page_of(client, offer)

    for words in (f"We think {mentor.first_name} could be your mentor", "Chile", "15 years", "Spanish, English"):
        assert words in html
    for secret in (mentor.last_name, mentor.email, mentor.phone, "Exploration manager"):
        assert secret not in html
    assert ("in Lima (UTC−5)" in html, "in Santiago" in html) == (True, True)


def test_who_has_not_agreed_is_a_first_name_only(cast: Cast, client: Client) -> None:
    offer = offer_of(cast, "Lucía")
    offer.mentor.consents.update(granted=False)

    html = page_of(client, offer)

    assert (offer.mentor.first_name in html, "15 years" in html, "Chile" in html) == (True, False, False)


def test_yes_is_thanked_and_said_once(cast: Cast, client: Client) -> None:
    offer = offer_of(cast, "Lucía")
    page_of(client, offer)

    first = client.post(f"/offer/{offer.pk}/mentee/", {"answer": "yes"}, follow=True).content.decode()
    second = client.post(f"/offer/{offer.pk}/mentee/", {"answer": "no"}, follow=True).content.decode()

    assert "Thank you, Lucía. You said yes." in first
    assert "You have answered this already: yes, on" in second
    assert offer_of(cast, "Lucía").mentee_answer == "yes"
    assert AuditEvent.objects.get(verb="offer.answered").actor_label == "offer.mentee"


def test_no_is_fine(cast: Cast, client: Client) -> None:
    offer = offer_of(cast, "Lucía")
    page_of(client, offer)

    html = client.post(f"/offer/{offer.pk}/mentee/", {"answer": "no"}, follow=True).content.decode()

    assert ("You said no. That is fine." in html, "15 years" in html) == (True, False)


def test_an_empty_press_changes_nothing(cast: Cast, client: Client) -> None:
    offer = offer_of(cast, "Lucía")
    page_of(client, offer)

    html = client.post(f"/offer/{offer.pk}/mentee/", {"answer": "perhaps"}, follow=True).content.decode()

    assert ("Choose yes or no." in html, offer_of(cast, "Lucía").mentee_answer) == (True, "")


def test_the_second_yes_opens_the_pairs_page(cast: Cast, client: Client) -> None:
    offer = offer_of(cast, "Lucía")
    answer_offer(offer=offer, side="mentor", answer="yes", by=HER)
    page_of(client, offer)

    html = client.post(f"/offer/{offer.pk}/mentee/", {"answer": "yes"}, follow=True).content.decode()
    pair = Mentorship.objects.get()
    page = client.get(f"/pair/{pair.pk}/mentee/")

    assert f"/pair/{pair.pk}/mentee/" in html
    assert (page.status_code, client.get(f"/pair/{pair.pk}/mentor/").status_code) == (200, 404)


def test_the_other_side_does_not_learn_who_said_no(cast: Cast, client: Client) -> None:
    offer = offer_of(cast, "Lucía")
    answer_offer(offer=offer, side="mentor", answer="no", by=HER)

    html = page_of(client, offer)

    assert "This pair does not come about this time" in html
    assert (offer.mentor.first_name in html, "15 years" in html, 'name="answer"' in html) == (False, False, False)


def test_a_withdrawn_offer_is_told_kindly(cast: Cast, client: Client) -> None:
    offer = offer_of(cast, "Lucía")
    withdraw_offer(offer=offer, by=cast.by)

    assert "It is not about you. You keep your place" in page_of(client, offer)


@pytest.mark.parametrize("swept", [False, True])
def test_whoever_is_late_is_told_what_comes_next(cast: Cast, client: Client, clock: Clock, swept: bool) -> None:
    offer = offer_of(cast, "Lucía")
    answer_offer(offer=offer, side="mentor", answer="yes", by=HER)
    clock.shift(timedelta(days=7, minutes=1))
    if swept:
        expire_due_offers()

    late, waited = page_of(client, offer), page_of(client, offer, "mentor")
    pressed = client.post(f"/offer/{offer.pk}/mentee/", {"answer": "yes"}, follow=True).content.decode()

    assert ("The time to answer is over" in late, "no answer reached us" in waited) == (True, True)
    assert ("The time to answer is over." in pressed, offer_of(cast, "Lucía").mentee_answer) == (True, "")


def test_after_a_withdrawal_her_link_is_dead(cast: Cast, client: Client) -> None:
    offer = offer_of(cast, "Lucía")
    link = create_link(purpose="offer.mentee", subject_id=offer.pk).removeprefix("http://127.0.0.1:8000")

    withdraw_application(application=offer.mentee, by=HER)

    assert client.get(link).status_code == 404


def test_an_expired_link_is_sent_anew_to_her(cast: Cast, client: Client, clock: Clock) -> None:
    offer = offer_of(cast, "Lucía")
    link = create_link(purpose="offer.mentee", subject_id=offer.pk).removeprefix("http://127.0.0.1:8000")
    clock.shift(timedelta(days=61))

    shown = client.get(link).content.decode()
    client.post(link)

    keys = [key for key in _keys() if key.startswith(f"offer.link:{offer.pk}:mentee")]
    assert ("l…@wim-cordillera.example.org" in shown, len(keys)) == (True, 1)


def _keys() -> list[str]:
    return list(OutboxEmail.objects.values_list("event_key", flat=True))
