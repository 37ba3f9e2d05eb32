"""Sentences that are kept say in each language what they said when they were kept."""

import json
from dataclasses import asdict

from wimmentor.base.languages import speak
from wimmentor.base.phrases import Named, Phrase, recall
from wimmentor.base.phrases import phrase as _

WHOLE = _("The column was left out: %(reason)s") % {"reason": _("The column is hidden.")}


def kept(sentence: Phrase) -> Phrase:
    again = recall(json.loads(json.dumps(asdict(sentence))))
    assert again == sentence
    return again  # type: ignore[no-any-return]


def test_a_sentence_within_a_sentence_is_said_in_the_readers_language() -> None:
    again = kept(WHOLE)

    assert str(again) == "The column was left out: The column is hidden."
    with speak("es"):
        spanish = str(again)
    assert spanish != str(again)
    assert "hidden" not in spanish


def test_names_and_numbers_are_those_of_the_language() -> None:
    said = kept(_("“%(text)s” was read as “%(label)s”.") % {"text": "100 %", "label": Named("country", "PE")})
    years = kept(_("“%(text)s” was read as %(years)s years.") % {"text": "x", "years": Named("number", "3.5")})

    assert (str(said), str(years)) == ("“100 %” was read as “Peru”.", "“x” was read as 3.5 years.")
    with speak("es"):
        assert "Perú" in str(said)
        assert "3,5" in str(years)


def test_codes_of_lists_fields_and_hours() -> None:
    names = [
        Named("goals", "leadership"),
        Named("import_field", "years_experience"),
        Named("week", "mon 18-20"),
        Named("language", "es"),
    ]

    english = [str(name) for name in names]
    with speak("es"):
        spanish = [str(name) for name in names]

    assert english[1:] == ["Years of experience", "Mon 18-20", "Spanish"]
    assert spanish[2:] == ["lun 18-20", "Español"]
    assert [name for name, before in zip(spanish, english, strict=True) if name == before] == []


def test_what_no_kind_knows_and_what_was_kept_as_text_stay_as_they_are() -> None:
    assert str(Named("gone", "mm")) == "mm"
    assert recall("A name is needed.") == "A name is needed."
    assert str(Phrase("100 % of them.")) == "100 % of them."
