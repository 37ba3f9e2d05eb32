"""An organisation's own words for mentee and the like."""

import pytest
from django.test import Client

from programmes.organisations import domain
from programmes.organisations.models import Organisation
from programmes.people.models import User
from tests.programmes.organisations.conftest import Cast
from wimmentor.base.actors import SYSTEM
from wimmentor.base.errors import Conflict, DomainError

PAGE = "/o/wim-andes/terms/"


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_owner_gives_her_words_and_takes_them_back(cast: Cast) -> None:
    client = sign_in(cast.ana)
    version = Organisation.objects.get(slug="wim-andes").version
    words = {"es_mentee_one": "mentorizada", "es_mentee_many": "mentorizadas"}

    saved = client.post(PAGE, {"version": version, **words})
    kept = Organisation.objects.get(slug="wim-andes").terms
    shown = client.get(PAGE).content.decode()
    client.post(PAGE, {"version": version + 1})

    assert (saved.status_code, kept) == (302, {"es": {"mentee": ["mentorizada", "mentorizadas"]}})
    assert 'value="mentorizadas"' in shown
    assert Organisation.objects.get(slug="wim-andes").terms == {}


def test_only_owners_may(cast: Cast) -> None:
    assert [sign_in(user).get(PAGE).status_code for user in (cast.ana, cast.rosa, cast.noemi)] == [200, 403, 404]


@pytest.mark.parametrize(
    ("forms", "code", "field"),
    [
        (["mentorizada", ""], "term_incomplete", "es_mentee_many"),
        (["{first_name}", "x"], "no_word", "es_mentee_one"),
        (["<b>a</b>", "x"], "no_word", "es_mentee_one"),
        (["100%s", "x"], "no_word", "es_mentee_one"),
        (["a" * 41, "x"], "no_word", "es_mentee_one"),
    ],
)
def test_what_is_no_word_is_refused(cast: Cast, forms: list[str], code: str, field: str) -> None:
    with pytest.raises(DomainError) as refusal:
        domain.edit_terms(organisation=cast.andes, terms={"es": {"mentee": forms}}, seen=cast.andes.version, by=SYSTEM)

    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert Organisation.objects.get(pk=cast.andes.pk).terms == {}


def test_refusal_stands_beside_its_field_with_the_text_kept(cast: Cast) -> None:
    page = sign_in(cast.ana).post(PAGE, {"version": cast.andes.version, "es_mentee_one": "mentorizada"})

    html = page.content.decode()
    assert page.status_code == 200
    assert "leave both empty" in html
    assert 'value="mentorizada"' in html


def test_unknown_terms_and_languages_are_refused(cast: Cast) -> None:
    for terms in ({"es": {"boss": ["a", "b"]}}, {"tlh": {"mentee": ["a", "b"]}}):
        with pytest.raises(DomainError):
            domain.edit_terms(organisation=cast.andes, terms=terms, seen=cast.andes.version, by=SYSTEM)


def test_the_slower_of_two_sees_both(cast: Cast) -> None:
    seen = cast.andes.version
    domain.edit_terms(organisation=cast.andes, terms={"en": {"pair": ["duo", "duos"]}}, seen=seen, by=SYSTEM)

    with pytest.raises(Conflict):
        domain.edit_terms(organisation=cast.andes, terms={}, seen=seen, by=SYSTEM)
