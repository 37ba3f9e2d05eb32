from typing import Any

import pytest

from programmes.cohorts import domain
from programmes.cohorts.letters import Letter, compose_letter, find_wording, preview_letter
from programmes.cohorts.models import Cohort
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError


def edit_letter(cohort: Cohort, by: Actor, language: str, **values: Any) -> None:
    told = {"kind": "offer_ended", "subject": "S", "body": "B", "seen": 1, **values}
    domain.edit_letter(cohort=cohort, by=by, language=language, **told)


def test_letter_is_filled_but_for_its_link(cohort: Cohort) -> None:
    letter = compose_letter(cohort=cohort, kind="application_received", language="en", values={"first_name": "Lucía"})

    assert letter.subject == "Lucía, your application is with us"
    assert "Your application to Primera Veta, Cohort 2091, is with us." in letter.body
    assert "When you hear from us: Thursday 25 January 2091." in letter.body
    assert "[[link:status]]" in letter.body
    assert "{" not in letter.body


def test_own_wording_wins_in_its_language_only(cohort: Cohort, by: Actor) -> None:
    edit_letter(cohort, by, "es", subject="Hola  {first_name}\n", body=" Otra vez.\r\n\r\nPronto. ")

    letters = [
        compose_letter(cohort=cohort, kind="offer_ended", language=language, values={"first_name": "Itzel"})
        for language in ("es", "es-mx", "pt")
    ]

    assert letters[:2] == [Letter("Hola Itzel", "Otra vez.\n\nPronto.")] * 2
    assert letters[2].subject == "Primera Veta: we look again"


def test_letter_that_nobody_changed(cohort: Cohort) -> None:
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
        edit_letter(cohort, by, "en", kind="application_confirm", body=body)

    assert caught.value.code == code
    assert not cohort.letters.exists()


def test_stale_letter_is_a_conflict(cohort: Cohort, by: Actor) -> None:
    edit_letter(cohort, by, "en", subject="One")

    with pytest.raises(Conflict):
        edit_letter(cohort, by, "en", subject="Two")

    assert cohort.letters.get(kind="offer_ended").subject == "One"


def test_preview_shows_words_for_the_link(cohort: Cohort) -> None:
    preview = preview_letter(cohort, Letter("For {first_name}", "Press: [[link:confirm]]"), "en")

    assert preview == Letter("For Lucía", "Press: (her own link)")


def test_standard_wording_again(cohort: Cohort, by: Actor) -> None:
    edit_letter(cohort, by, "en", subject="Ours")

    domain.reset_letter(cohort=cohort, kind="offer_ended", language="en", by=by)
    domain.reset_letter(cohort=cohort, kind="offer_ended", language="en", by=by)

    assert find_wording(cohort, "offer_ended", "en").subject == "{programme}: we look again"
