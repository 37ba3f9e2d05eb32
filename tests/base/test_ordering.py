import pytest
from django.utils import translation

from wimmentor.base.codes import MINING_FUNCTION
from wimmentor.base.codes.places import country_choices
from wimmentor.base.ordering import join_words, sort_key


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("es", ["Nora", "Nuria", "Ñandú", "Olga"]),
        ("en", ["Nadia", "Ñandú", "Nora", "Olga"]),
        ("fr", ["cote", "coté", "Côte", "cotés", "Œuvre", "Oeuvres", "of"]),
        ("es", ["álamo", "Alba", "árbol", "Zoé"]),
        ("en", ["Anna", "anna Bee", "ﬁne", "Fire"]),
    ],
)
def test_names_are_sorted_as_the_language_sorts(language: str, names: list[str]) -> None:
    assert sorted(set(names), key=lambda name: sort_key(name, language)) == names


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        ("en", ["a", "b", "c"], "a, b and c"),
        ("es", ["Chile", "Perú", "Italia"], "Chile, Perú e Italia"),
        ("es", ["cobre", "hierro"], "cobre y hierro"),
        ("es", ["Ana", "Inés"], "Ana e Inés"),
        ("fr", ["Lima", "Paris"], "Lima et Paris"),
        ("fr", ["Lima"], "Lima"),
        ("es", [], ""),
    ],
)
def test_words_are_listed_as_the_language_lists_them(language: str, words: list[str], said: str) -> None:
    with translation.override(language):
        assert join_words(words) == said


def test_either() -> None:
    with translation.override("es"):
        assert join_words(["siete", "ocho"], either=True) == "siete u ocho"


def test_countries_are_named_and_sorted_for_the_reader() -> None:
    with translation.override("es"):
        names = [name for _code, name in country_choices()]
    with translation.override("fr"):
        french = dict(country_choices())

    assert names == sorted(names, key=lambda name: sort_key(name, "es"))
    assert names.index("España") < names.index("Estados Unidos")
    assert (french["DE"], french["PE"]) == ("Allemagne", "Pérou")


def test_functions_are_sorted_with_other_last() -> None:
    choices = MINING_FUNCTION.sorted_choices()
    names = [str(name) for _code, name in choices]

    assert choices[-1][0] == "other"
    assert names[:-1] == sorted(names[:-1], key=sort_key)
    assert {code for code, _name in choices} == set(MINING_FUNCTION.codes)
