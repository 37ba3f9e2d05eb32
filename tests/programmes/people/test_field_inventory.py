"""Every model is somebody's holding or has a reason why not, every column is exported or has a reason why not."""

import json

import pytest
from django.apps import apps
from django.conf import settings

from matching.board.domain import answer_offer, lock_pair
from matching.board.models import Offer
from programmes.audit.models import AuditEvent
from programmes.people.exports import as_json, export_personal_data, exported_columns, to_read
from programmes.people.holdings import Person, all_holdings, not_personal
from programmes.people.models import User
from tests.matching.board.cast import Cast, make_cast, offer_of, publish
from wimmentor.base.actors import Actor

HER = Actor.link("test")
MARKS = {"Lucía": "canary-lucia", "Carmen": "canary-carmen", "Elena": "canary-elena", "Ana": "canary-ana"}
TEXTS = ("last_name", "preferred_name", "city", "employer", "job_title", "goals_words", "not_with", "notes", "phone")


def test_every_model_is_covered() -> None:
    held = {holding.model._meta.label for holding in all_holdings()}
    everything = {model._meta.label for model in apps.get_models(include_auto_created=True)}

    assert held & set(not_personal()) == set()
    assert everything - held == set(not_personal())


def test_every_reason_names_a_column() -> None:
    wrong = [
        f"{holding.name}.{name}"
        for holding in all_holdings()
        for name, reason in holding.left_out.items()
        if name not in {column.name for column in holding.model._meta.concrete_fields} or not reason
    ]
    assert wrong == []


def test_no_column_that_names_another_person_is_exported() -> None:
    exported = [
        f"{holding.name}.{column.name}"
        for holding in all_holdings()
        for column in holding.model._meta.concrete_fields
        if column.related_model is User and column.name in exported_columns(holding)
    ]
    assert (exported, settings.AUTH_USER_MODEL) == ([], "programmes.User")


def mark(cast: Cast, first_name: str) -> None:
    """Every text of hers holds her canary, before anything is written to anybody."""
    person = cast[first_name]
    for name in TEXTS:
        setattr(person, name, f"{MARKS[first_name]} {name}")
    person.answers = {"why_apply": f"{MARKS[first_name]} answers"}
    person.save()


@pytest.fixture
def cast() -> Cast:
    made = make_cast()
    for name in MARKS:
        mark(made, name)
    lucia = made["Lucía"]
    reason = f"{MARKS['Elena']} and {MARKS['Lucía']} know each other"
    proposed = made.run.proposals.get(mentee=lucia)
    lock_pair(cohort=made.cohort, mentee=lucia, mentor=proposed.mentor, reason=reason, by=made.by)
    publish(made)
    for side in ("mentee", "mentor"):
        answer_offer(offer=offer_of(made, "Lucía"), side=side, answer="yes", by=HER)
    return made


def give_account(cast: Cast, first_name: str) -> User:
    person = cast[first_name]
    person.user = User.objects.create_user(person.email, name=f"{MARKS[first_name]} account")
    person.save()
    return person.user


@pytest.mark.django_db
def test_her_export_holds_every_column_of_hers_and_nobody_elses_words(cast: Cast) -> None:
    user = give_account(cast, "Lucía")
    parts = export_personal_data(person=Person.of(user), subject=user, form="json", by=Actor.of(user))
    text = as_json(parts, site="http://127.0.0.1:8000").decode()
    data = json.loads(text)["data"]

    for name in (*TEXTS, "answers"):
        assert f"{MARKS['Lucía']} {name}" in text
    for other in ("Carmen", "Elena", "Ana"):
        assert MARKS[other] not in text
    assert cast[offer_of(cast, "Lucía").mentor.first_name].email not in text
    assert {"account", "applications", "consents", "pairs_as_mentee", "offers_as_mentee", "proposals_as_mentee"} <= set(
        data
    )
    assert data["offers_as_mentee"][0]["mentee_answer"] == "yes"
    assert "mentor_answer" not in data["offers_as_mentee"][0]
    assert data["applications"][0]["programme"] == "Primera Veta"
    for holding in all_holdings():
        for row in data.get(holding.name, ()):
            assert set(exported_columns(holding)) <= set(row)
    read = str(to_read(parts))
    assert f"{MARKS['Lucía']} goals_words" in read
    assert AuditEvent.objects.get(verb="person.exported").details == {
        "form": "json",
        "rows": sum(len(part.rows) for part in parts),
    }


@pytest.mark.django_db
def test_the_mentor_finds_none_of_her_mentees_words(cast: Cast) -> None:
    mentor = Offer.objects.get(state="confirmed").mentor
    user = give_account(cast, mentor.first_name)
    parts = export_personal_data(person=Person.of(user), subject=user, form="json", by=Actor.of(user))
    text = as_json(parts, site="").decode()

    assert MARKS[mentor.first_name] in text
    assert [name for name in ("Lucía", "Ana") if MARKS[name] in text or name in text] == []
    assert json.loads(text)["data"]["other_letters"][0]["kind"] == "offer_mentor"
