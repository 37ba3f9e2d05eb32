"""Codes in one column: what goes in comes out, and a search finds whole codes only, on both databases."""

import pytest

from programmes.cohorts.models import Programme
from programmes.organisations.models import Organisation
from wimmentor.base.fields import CodesField, has_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return Organisation.objects.create(name="Field", name_folded="field", slug="field", contact_email="a@example.org")


def keep(organisation: Organisation, *codes: str, slug: str = "one") -> Programme:
    return Programme.objects.create(organisation=organisation, name=slug, slug=slug, regions="", languages=codes)


def found(code: str) -> list[str]:
    return list(Programme.objects.filter(has_code("languages", code)).order_by("slug").values_list("slug", flat=True))


@pytest.mark.parametrize("codes", [(), ("es",), ("es", "en"), ("zh-hans", "pt-br"), ("mis propias palabras, ñ 矿",)])
def test_codes_come_back_in_their_order(organisation: Organisation, codes: tuple[str, ...]) -> None:
    kept = keep(organisation, *codes)

    assert Programme.objects.get(pk=kept.pk).languages == codes
    assert Programme.objects.values_list("languages", flat=True).get(pk=kept.pk) == codes


def test_repeated_codes_are_kept_once(organisation: Organisation) -> None:
    kept = keep(organisation, "es", "en", "es")

    assert Programme.objects.get(pk=kept.pk).languages == ("es", "en")


def test_update_writes_codes_too(organisation: Organisation) -> None:
    kept = keep(organisation, "es")

    Programme.objects.filter(pk=kept.pk).update(languages=["fr", "en"])

    assert Programme.objects.get(pk=kept.pk).languages == ("fr", "en")


def test_no_codes_are_an_empty_column(organisation: Organisation) -> None:
    keep(organisation)

    assert Programme.objects.filter(languages="").count() == 1


def test_search_finds_whole_codes_only(organisation: Organisation) -> None:
    keep(organisation, "es", "en", slug="both")
    keep(organisation, "est", slug="other")
    keep(organisation, "test", "rest", slug="inside")

    assert [found(code) for code in ("es", "est", "st", "s|en", "")] == [["both"], ["other"], [], [], []]


@pytest.mark.parametrize("code", ["%", "_s", "e_", "\\"])
def test_search_takes_signs_of_patterns_as_they_are(organisation: Organisation, code: str) -> None:
    keep(organisation, "es", slug="plain")
    keep(organisation, code, slug="sign")

    assert found(code) == ["sign"]


def test_bar_in_own_words_divides_nothing(organisation: Organisation) -> None:
    kept = keep(organisation, "safety|law", "es", slug="words")
    keep(organisation, "safety", "law", slug="codes")

    assert Programme.objects.get(pk=kept.pk).languages == ("safety law", "es")
    assert (found("safety|law"), found("safety")) == (["words"], ["codes"])


def test_dump_and_load_give_the_same_codes() -> None:
    field = Programme._meta.get_field("languages")
    assert isinstance(field, CodesField)

    text = field.value_to_string(Programme(languages=("es", "en")))

    assert (text, field.to_python(text)) == ("|es|en|", ("es", "en"))
