"""A pair's own page: by link, or signed in as the person."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from programmes.access.links import create_link
from programmes.mentorships.domain import end_mentorship
from programmes.mentorships.models import Mentorship
from programmes.mentorships.registry import reasons_of
from programmes.outbox.models import OutboxEmail
from programmes.people.models import User
from tests.conftest import Clock
from tests.matching.board.cast import open_link, places_taken
from tests.programmes.mentorships.pairs import make_pair_cast, pair_of
from wimmentor.base.actors import SYSTEM


def read(page: HttpResponse) -> str:
    """A long address may break after its @."""
    return page.content.decode().replace("<wbr>", "")


@pytest.mark.django_db
def test_each_sees_the_other_as_the_other_agreed(client: Client) -> None:
    cast = make_pair_cast()
    pair, carmen, lucia = pair_of(cast), cast["Carmen"], cast["Lucía"]
    lucia.consents.filter(purpose="contact_email").update(granted=False)

    hers = read(open_link(client, "mentorship.mentee", pair.pk))
    mentors = read(open_link(Client(), "mentorship.mentor", pair.pk))

    assert ("You and Carmen" in hers, carmen.email in hers, carmen.phone in hers) == (True, True, False)
    assert ("You and Lucía" in mentors, lucia.email in mentors, lucia.phone in mentors) == (True, False, False)
    for words in ("Both work in", "Kick-off", "calendar.ics", "hello@wim-cordillera.example.org", "End this pair"):
        assert words in hers


@pytest.mark.django_db
def test_each_reads_the_reasons_as_told_to_her_and_the_coordinator_about_both() -> None:
    pair = pair_of(make_pair_cast())

    mentee, mentor, coordinator = (" ".join(reasons_of(pair, side)) for side in ("mentee", "mentor", ""))

    assert (" you " in mentee, "Lucía" in mentee, "Carmen" in mentee) == (True, False, True)
    assert ("You offer" in mentor, "Lucía" in mentor, "Carmen" in mentor) == (True, True, False)
    assert (" you" in coordinator.casefold(), "Lucía" in coordinator, "Carmen" in coordinator) == (False, True, True)


@pytest.mark.django_db
def test_a_link_opens_its_own_side_of_its_own_pair(client: Client) -> None:
    cast = make_pair_cast(pairs=3)
    hers, other = pair_of(cast), pair_of(cast, "Ana")
    open_link(client, "mentorship.mentee", hers.pk)

    answers = [
        client.get(path).status_code
        for path in (
            f"/pair/{hers.pk}/mentee/",
            f"/pair/{hers.pk}/mentor/",
            f"/pair/{other.pk}/mentee/",
            f"/pair/{other.pk}/mentee/calendar.ics",
            f"/pair/{other.pk}/mentee/end/",
        )
    ]

    assert answers == [200, 404, 404, 404, 404]


@pytest.mark.django_db
def test_signed_in_she_needs_no_link_and_finds_it_on_her_page(client: Client) -> None:
    cast = make_pair_cast()
    pair, lucia = pair_of(cast), cast["Lucía"]
    lucia.user = User.objects.create_user(lucia.email)
    lucia.save()
    client.force_login(lucia.user)

    account = client.get("/account/").content.decode()

    assert f"/pair/{pair.pk}/mentee/" in account
    assert [client.get(f"/pair/{pair.pk}/{side}/").status_code for side in ("mentee", "mentor")] == [200, 404]


@pytest.mark.django_db
def test_the_calendar_comes_as_a_file(client: Client) -> None:
    pair = pair_of(make_pair_cast())
    open_link(client, "mentorship.mentor", pair.pk)

    answer = client.get(f"/pair/{pair.pk}/mentor/calendar.ics")

    assert (answer["Content-Type"], answer.content[:15]) == ("text/calendar; charset=utf-8", b"BEGIN:VCALENDAR")


@pytest.mark.django_db
def test_either_side_may_end_it_after_a_page_that_asks(client: Client) -> None:
    cast = make_pair_cast()
    pair = pair_of(cast)
    open_link(client, "mentorship.mentor", pair.pk)

    asked = client.get(f"/pair/{pair.pk}/mentor/end/").content.decode()
    before = Mentorship.objects.get().state
    ended = read(client.post(f"/pair/{pair.pk}/mentor/end/", follow=True))
    again = client.post(f"/pair/{pair.pk}/mentor/end/", follow=True).content.decode()

    assert ("You need give no reason" in asked, before) == (True, "active")
    assert ("This pair has ended" in ended, cast["Lucía"].email in ended) == (True, False)
    assert "This pair has ended already." in again
    assert (Mentorship.objects.get().state, places_taken(cast)) == ("ended", {"Carmen": 0})


@pytest.mark.django_db
def test_an_ended_pair_shows_nobodys_contact_and_has_no_calendar(client: Client) -> None:
    cast = make_pair_cast()
    pair = pair_of(cast)
    end_mentorship(mentorship=pair, by=SYSTEM)

    html = read(open_link(client, "mentorship.mentee", pair.pk))

    assert (cast["Carmen"].email in html, "Carmen" in html) == (False, False)
    assert client.get(f"/pair/{pair.pk}/mentee/calendar.ics").status_code == 404


@pytest.mark.django_db
def test_an_expired_link_is_sent_anew(client: Client, clock: Clock) -> None:
    cast = make_pair_cast()
    pair = pair_of(cast)
    link = create_link(purpose="mentorship.mentee", subject_id=pair.pk).removeprefix("http://127.0.0.1:8000")
    clock.shift(timedelta(days=241))

    client.post(link)

    mail = OutboxEmail.objects.get(kind="pair_link")
    assert (mail.recipient, mail.links["pair"]["purpose"]) == (cast["Lucía"].email, "mentorship.mentee")
