"""Two people do the same thing in the same moment: one of them did it, and the other reads what happened."""

import pytest

from tests.badday.people import Form, Page, Person, at_once
from tests.badday.seed import ROUNDS
from tests.badday.stage import BadDay

pytestmark = pytest.mark.processes
rounds = pytest.mark.parametrize("number", range(ROUNDS))


def open_sending(day: BadDay, person: Person, cohort: str) -> Form:
    _pk, path = day.cohort(cohort)
    return person.open(f"/o/{path}/board/send/").form("deadline")


def count_offers(day: BadDay, cohort: str) -> tuple[int, int, int]:
    """Live offers, e-mails about them, places that they hold."""
    pk, _path = day.cohort(cohort)
    return (
        day.rows("SELECT count(*) FROM matching_offer WHERE cohort_id = ? AND state = 'sent'", pk)[0][0],
        day.rows(
            "SELECT count(*) FROM programmes_outboxemail "
            "WHERE cohort_id = ? AND kind IN ('offer_mentee', 'offer_mentor')",
            pk,
        )[0][0],
        day.rows("SELECT sum(places_taken) FROM programmes_application WHERE cohort_id = ?", pk)[0][0],
    )


@rounds
def test_two_coordinators_send_the_pairs_together(day: BadDay, number: int) -> None:
    cohort = f"race{number}"
    people = [day.coordinator(name) for name in ("rosa", "ines")]
    forms = [open_sending(day, person, cohort) for person in people]
    pairs = len([name for name, _value in forms[0].fields if name == "proposals"])

    pages: list[Page] = at_once(
        [lambda person=person, form=form: person.press(form) for person, form in zip(people, forms, strict=True)]
    )

    won, lost = sorted(pages, key=lambda page: page.status)
    assert (won.status, lost.status) == (200, 409)
    assert won.url.endswith("/offers/")
    assert "sent these offers at" in lost.html
    assert "Nothing was sent twice." in lost.html
    assert count_offers(day, cohort) == (pairs, 2 * pairs, pairs)


@rounds
def test_sending_pressed_twice_and_reloaded_is_sent_once(day: BadDay, number: int) -> None:
    cohort = f"twice{number}"
    rosa = day.coordinator("rosa")
    form = open_sending(day, rosa, cohort)
    pairs = len([name for name, _value in form.fields if name == "proposals"])

    pages = at_once([lambda tab=tab: tab.press(form) for tab in rosa.copies(2)])
    reloaded = rosa.press(form)

    assert [page.status for page in (*pages, reloaded)] == [200] * 3
    assert {page.url.rpartition("/o/")[2] for page in (*pages, reloaded)} == {f"{day.cohort(cohort)[1]}/offers/"}
    assert count_offers(day, cohort) == (pairs, 2 * pairs, pairs)


@rounds
def test_last_place_of_a_mentor_is_taken_once(day: BadDay, number: int) -> None:
    cohort = f"last{number}"
    people = [day.coordinator(name) for name in ("rosa", "ines")]
    forms = [open_sending(day, person, cohort) for person in people]
    first, second = (str(pk) for pk in day.seeded[cohort])

    pages: list[Page] = at_once(
        [
            lambda: people[0].press(forms[0], proposals=[first]),
            lambda: people[1].press(forms[1], proposals=[second]),
        ]
    )

    won, lost = sorted(pages, key=lambda page: page.status)
    assert (won.status, lost.status) == (200, 409)
    assert "has no free place any more" in lost.html
    assert count_offers(day, cohort) == (1, 2, 1)


@rounds
def test_two_clicks_on_run_matching_are_one_run(day: BadDay, number: int) -> None:
    cohort = f"click{number}"
    pk, path = day.cohort(cohort)
    people = [day.coordinator(name) for name in ("rosa", "ines")]
    forms = [person.open(f"/o/{path}/matching/").form("/matching/run/") for person in people]

    pages: list[Page] = at_once(
        [lambda person=person, form=form: person.press(form) for person, form in zip(people, forms, strict=True)]
    )

    runs = [row[0] for row in day.rows("SELECT id FROM matching_matchingrun WHERE cohort_id = ?", pk)]
    assert [page.status for page in pages] == [200, 200]
    assert [page.url for page in pages] == [f"{day.site.url}/o/{path}/matching/{runs[0]}/"] * 2
    assert len(runs) == 1
    day.wait_for_run(runs[0])
    assert people[1].open(f"/o/{path}/matching/{runs[0]}/").status == 200
