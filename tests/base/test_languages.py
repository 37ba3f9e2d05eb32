"""Which language is spoken, with whose terms, and that it is over afterwards."""

from threading import Thread

import pytest
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, pgettext

from wimmentor.base.languages import say_terms, speak, spoken, spoken_among
from wimmentor.base.pseudo import lengthen

OWN = {"en": {"mentee": ["protégée", "protégées"], "application": ["registration", "registrations"]}}


@pytest.mark.parametrize(
    ("wanted", "found"), [(("es",), "es"), (("es-mx",), "es"), (("pt", "fr"), "fr"), (("pt", ""), "en"), ((), "en")]
)
def test_language_that_the_site_speaks(wanted: tuple[str, ...], found: str) -> None:
    assert spoken(*wanted) == found


def test_languages_in_the_order_of_the_site() -> None:
    assert [spoken_among(codes) for codes in (("fr", "qu", "es", "fr"), ("qu",), ())] == [["es", "fr"], ["en"], ["en"]]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("One mentee and two Mentees", "One protégée and two Protégées"),
        ("MENTEE", "PROTÉGÉE"),
        ("A mentee sends an application.", "A protégée sends a registration."),
        ("An application", "A registration"),
        ("%(mentee)s, {mentee}, [[link:mentee]]", "%(mentee)s, {mentee}, [[link:mentee]]"),
        ('<a href="/mentee/">mentee</a>', '<a href="/mentee/">protégée</a>'),
        ("mentees' menteeship", "protégées' menteeship"),
    ],
)
def test_terms_are_put_into_whole_words(sentence: str, told: str) -> None:
    with speak("en", OWN):
        assert gettext(sentence) == told


def test_terms_in_plurals_contexts_and_lazy_sentences() -> None:
    lazy = gettext_lazy("A mentor for this mentee")

    with speak("en", OWN):
        told = [
            *(ngettext("%(number)d mentee", "%(number)d mentees", number) for number in (1, 2)),
            pgettext("role", "mentee"),
            str(lazy),
            str(OWN["en"]["mentee"][0]),
        ]

    assert told == [
        *("%(number)d protégée", "%(number)d protégées"),
        *("protégée", "A mentor for this protégée", "protégée"),
    ]
    assert str(lazy) == "A mentor for this mentee"


def test_one_word_for_two() -> None:
    with speak("es", {"es": {"mentor": ["tutora", "tutoras"]}}):
        assert gettext("Una mentora o mentor, y las mentoras y mentores") == "Una tutora, y las tutoras"


def test_speaking_inside_another_organisation_gives_back_its_terms() -> None:
    with speak("en", OWN):
        with speak("en", {"en": {"mentee": ["sister", "sisters"]}}):
            inner = gettext("mentee")
        with speak("es"):
            other = (get_language(), gettext("mentee no traducido"))
        outer = gettext("mentee")

    assert (inner, other, outer, gettext("mentee")) == (
        "sister",
        ("es", "mentee no traducido"),
        "protégée",
        "mentee",
    )


def test_nothing_stands_around_the_translation_without_terms() -> None:
    with speak("en"):
        before = gettext.__module__, get_language()
        say_terms({})
        say_terms({"es": {"mentee": ["mentorizada", "mentorizadas"]}})
        assert (gettext("mentee"), before[1]) == ("mentee", "en")


def test_terms_of_one_thread_are_not_those_of_another() -> None:
    heard: list[str] = []

    with speak("en", OWN):
        thread = Thread(target=lambda: heard.append(gettext("mentee")))
        thread.start()
        thread.join()

    assert heard == ["mentee"]


def test_pseudo_keeps_what_is_filled_in() -> None:
    assert lengthen('Save %(name)s in <a href="/a">{place}</a> &amp; 3 %d') == (
        '⟦Šååvéé %(name)s îîñ <a href="/a">{place}</a> &amp; 3 %d⟧'
    )
