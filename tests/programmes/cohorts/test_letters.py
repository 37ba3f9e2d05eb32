import pytest

from programmes.cohorts import domain
from programmes.cohorts.blueprints import LETTERS
from programmes.cohorts.letters import Letter, compose_letter, preview_letter
from programmes.cohorts.models import Cohort
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError


def test_letter_is_filled_but_for_its_link(cohort: Cohort) -> None:
    letter = compose_letter(cohort=cohort, kind="application_received", language="en", values={"first_name": "Lucía"})

    assert letter.subject == "Lucía, your application is with us"
    assert "Your application to Primera Veta, Cohort 2091, is with us." in letter.body
    assert "When you hear from us: Thursday 25 January 2091." in letter.body
    assert "[[link:status]]" in letter.body
    assert "{" not in letter.body


def test_own_wording_wins_and_other_languages_fall_back(cohort: Cohort, by: Actor) -> None:
    domain.edit_letter(
        cohort=cohort, kind="offer_ended", subject="Hello  {first_name}\n", body=" Again.\r\n\r\nSoon. ", seen=1, by=by
    )

    letter = compose_letter(cohort=cohort, kind="offer_ended", language="es", values={"first_name": "Itzel"})

    assert letter == Letter("Hello Itzel", "Again.\n\nSoon.")


def test_letter_that_the_cohort_has_no_row_for(cohort: Cohort) -> None:
    cohort.letters.filter(kind="offer_ended").delete()

    letter = compose_letter(cohort=cohort, kind="offer_ended", language="en", values={"first_name": "Itzel"})

    assert letter.subject == "Primera Veta: we look again"


def test_what_somebody_wrote_is_not_filled_again(cohort: Cohort) -> None:
    letter = compose_letter(cohort=cohort, kind="offer_ended", language="en", values={"first_name": "{programme}"})

    assert letter.body.startswith("Hello {programme},")


def test_day_that_is_not_set(cohort: Cohort) -> None:
    cohort.kickoff_on = None

    letter = compose_letter(
        cohort=cohort, kind="pair_confirmed", language="en", values={"first_name": "A", "other_first_name": "B"}
    )

    assert "Kick-off: we will tell you the day." in letter.body


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("Hello {firstname} [[link:confirm]]", "unknown_placeholder"),
        ("Hello {first_name}", "link_missing"),
        ("[[link:confirm]] [[link:status]]", "unknown_link"),
        ("[[link:confirm]] [[secret:code]]", "unknown_link"),
    ],
)
def test_wording_that_would_reach_people_broken(cohort: Cohort, by: Actor, body: str, code: str) -> None:
    with pytest.raises(DomainError) as caught:
        domain.edit_letter(cohort=cohort, kind="application_confirm", subject="S", body=body, seen=1, by=by)

    assert caught.value.code == code
    assert cohort.letters.get(kind="application_confirm").subject == LETTERS["application_confirm"].texts["en"][0]


def test_stale_letter_is_a_conflict(cohort: Cohort, by: Actor) -> None:
    domain.edit_letter(cohort=cohort, kind="offer_ended", subject="One", body="One", seen=1, by=by)

    with pytest.raises(Conflict):
        domain.edit_letter(cohort=cohort, kind="offer_ended", subject="Two", body="Two", seen=1, by=by)

    assert cohort.letters.get(kind="offer_ended").subject == "One"


def test_preview_shows_words_for_the_link(cohort: Cohort) -> None:
    preview = preview_letter(cohort, Letter("For {first_name}", "Press: [[link:confirm]]"))

    assert preview == Letter("For Lucía", "Press: (her own link)")
