"""What others were written about her goes with her; the frozen input never held her own words."""

import pytest

from matching.board.domain import answer_offer
from matching.runs.pages import part_rows
from matching.runs.people import own_word, person_of, words_of
from programmes.applications.domain import withdraw_application
from programmes.outbox.models import OutboxEmail
from tests.matching.board.cast import accept, make_cast, offer_of, publish, run_matching
from wimmentor.base.actors import Actor

HER = Actor.link("test")


@pytest.mark.django_db
def test_letters_that_told_her_mentor_about_her_are_blank_once_she_withdraws() -> None:
    cast = make_cast()
    publish(cast)
    for side in ("mentee", "mentor"):
        answer_offer(offer=offer_of(cast, "Lucía"), side=side, answer="yes", by=HER)
    mentor = offer_of(cast, "Lucía").mentor
    told = OutboxEmail.objects.filter(body__contains="Lucía", recipient=mentor.email)
    kinds = sorted(told.values_list("kind", flat=True))

    withdraw_application(application=cast["Lucía"], by=HER)

    assert kinds == ["offer_mentor", "pair_confirmed"]
    about_her = OutboxEmail.objects.filter(recipient=mentor.email, body__contains="Lucía")
    assert list(about_her) == []
    assert OutboxEmail.objects.get(recipient=mentor.email, kind="pair_ended").state == "queued"
    others = OutboxEmail.objects.filter(kind="offer_mentee").exclude(body="")
    assert sorted(others.values_list("recipient_name", flat=True)) == ["Ana Quispe", "Inés Salas"]


@pytest.mark.django_db
def test_a_language_in_her_own_words_is_frozen_as_a_digest_and_shown_in_her_words() -> None:
    cast = make_cast()
    word = "the Quechua of my grandmother"
    paula = accept(cast.cohort, "Paula Vega", "mentee", languages=("es", word))

    assert person_of(paula).languages == {"es", own_word(word)}
    assert words_of([paula])[own_word(word)] == word
    assert "grandmother" not in str(run_matching(cast.cohort).input)
    shared = {"criterion": "language", "weight": 10, "score": 100, "points": 1000, "code": "language.shared"}
    rows = part_rows([{**shared, "values": {"shared": [own_word(word)]}}], [paula])
    assert rows[0]["sentence"] == f"They share {word}."
