"""Who may read which answer of an application. The table is the rule; pages, calendars and letters are held to it."""

from typing import Any

import pytest

from programmes.models import Application, Mentorship, OutboxEmail, QuestionnaireVersion
from tests.matrix import world
from tests.matrix.crawl import crawl
from tests.matrix.visitors import STRANGERS, client_of
from tests.security.canaries import Canaries, is_text

pytestmark = pytest.mark.django_db
# What the other one of a pair may read, once it is shown to her. Every other text of an application is read only by
# herself, by the coordinators and by matching: not_with, line_manager_email, notes, phone without consent, ...
PAIR_READS = {
    *("first_name", "last_name", "preferred_name", "city", "employer", "job_title", "function", "goals"),
    *("goals_words", "email"),
}
# What not even she reads on her own pages would be a mistake: her own answers are hers.
NEVER_OF_THE_OTHER = {"not_with", "line_manager_email", "notes", "phone"}
# Of the questions only those that say so.
SEEN_BY_PAIR = "pair"


@pytest.fixture(scope="module")
def spoken(populated: None) -> tuple[Mentorship, dict[str, Canaries]]:
    """The two of a pair, each with tokens of her own in every text and in every answer."""
    pair = Mentorship.objects.get(cohort=world.peru())
    people = {"mentor": pair.mentor, "mentee": Application.objects.get(mentorships_as_mentee__mentorship=pair)}
    return pair, {side: plant_answers(person, number) for number, (side, person) in enumerate(people.items())}


def plant_answers(person: Application, number: int) -> Canaries:
    canaries = Canaries(start=number * 1000)
    for field in Application._meta.concrete_fields:
        if is_text(Application, field) and field.name not in {"email", "answers", "goals"}:
            setattr(person, field.name, canaries.make(field.name) + ("@example.org" if "email" in field.name else ""))
    person.goals = (canaries.make("goals"),)
    person.answers = {
        question["code"]: canaries.make(f"answer for {question.get('who_sees', 'coordinators')}")
        for question in questions_of(person)
        if question.get("kind") in {"text", "long", "words"}
    }
    person.save()
    return canaries


def questions_of(person: Application) -> list[dict[str, Any]]:
    version = QuestionnaireVersion.objects.filter(pk=person.questionnaire_id).first()
    return list(version.questions) if version else []


def read_by(email: str) -> bytes:
    """Everything that somebody opens and gets: pages, files, letters."""
    pages = crawl(client_of(email), of_each=4).answers.values()
    letters = OutboxEmail.objects.filter(recipient=email).values_list("subject", "body", "reply_to")
    return b"".join(answer.content for answer in pages if not answer.streaming) + repr(list(letters)).encode()


@pytest.mark.parametrize(("reader", "other"), [("mentee", "mentor"), ("mentor", "mentee")])
def test_one_side_reads_of_the_other_what_the_table_says(
    spoken: tuple[Mentorship, dict[str, Canaries]], reader: str, other: str
) -> None:
    pair, canaries = spoken
    person = Application.objects.get(user__email=STRANGERS[reader], cohort=pair.cohort)

    content = read_by(person.email)

    read = canaries[other].heard(content)
    assert read - PAIR_READS - {f"answer for {SEEN_BY_PAIR}"} == set()
    assert read & NEVER_OF_THE_OTHER == set()
    assert {"first_name", "last_name"} <= read  # they are shown to each other at all
    assert {"first_name", "last_name"} <= canaries[reader].heard(content)


def test_letters_to_one_side_carry_no_more_than_pages(spoken: tuple[Mentorship, dict[str, Canaries]]) -> None:
    """A letter is written anew with the present answers; neither side's private ones are in its text."""
    pair, canaries = spoken
    coordinator = client_of("coordinator@wimperu.example.org")
    path = f"/o/wim-peru/mentoring/fourth-edition/pairs/{pair.pk}/end/"
    coordinator.post(path, {"reason": "other", "note": "Words"})

    letters = repr(list(OutboxEmail.objects.filter(cohort_id=pair.cohort_id).values_list("subject", "body"))).encode()

    for side in ("mentor", "mentee"):
        assert canaries[side].heard(letters) & NEVER_OF_THE_OTHER == set()
