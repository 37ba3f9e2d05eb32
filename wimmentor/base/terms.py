"""An organisation's own words for what the site calls mentee, mentor, ...: put into translated sentences.

A translation object stands around the active one and changes whole words in what it answers. Nobody's own words
pass through it, since they are never translated.
"""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

# language -> term -> [singular, plural]
Terms = Mapping[str, Mapping[str, list[str]]]
Words = Mapping[str, list[str]]

# The words of the catalogues, (singular, plural); the first is the one that is shown as the site's own.
STANDARD: dict[str, dict[str, list[tuple[str, str]]]] = {
    "en": {
        "mentee": [("mentee", "mentees")],
        "mentor": [("mentor", "mentors")],
        "cohort": [("cohort", "cohorts")],
        "application": [("application", "applications")],
        "pair": [("pair", "pairs")],
        "coordinator": [("coordinator", "coordinators")],
    },
    "es": {
        "mentee": [("mentee", "mentees")],
        "mentor": [("mentora o mentor", "mentoras y mentores"), ("mentora", "mentoras"), ("mentor", "mentores")],
        "cohort": [("edición", "ediciones")],
        "application": [("postulación", "postulaciones")],
        "pair": [("dupla", "duplas")],
        "coordinator": [("coordinación", "coordinaciones")],
    },
    "fr": {
        "mentee": [
            ("mentoré·e", "mentoré·es"),
            ("personne mentorée", "personnes mentorées"),
            ("mentorée", "mentorées"),
            ("mentoré", "mentorés"),
        ],
        "mentor": [("mentor·e", "mentor·es"), ("mentore", "mentores"), ("mentor", "mentors")],
        "cohort": [("cohorte", "cohortes")],
        "application": [("candidature", "candidatures")],
        "pair": [("binôme", "binômes")],
        "coordinator": [("coordination", "coordinations")],
    },
}
# What is filled in or is markup, and never a word: %(mentee)s, {mentee}, [[link:pair]], <a href="/pair/">.
_NOT_WORDS = r"%\([^)]*\)|\{[^}]*\}|\[\[[^\]]*\]\]|<[^>]*>"
# "mentora o mentor" becomes one word where an organisation has one for both.
_SAID_TWICE = re.compile(r"\b([^\W\d_]{3,}) (?:o|u|y|e|ou|et|or|and) \1\b", re.IGNORECASE)
_CONTEXT = "\x04"
_MEMORY = 4096


class TermedTranslation:
    """Answers as `inner` does, with other words. Only what gettext asks for is its own."""

    def __init__(self, inner: Any, language: str, words: Words) -> None:
        self._inner = inner
        self._words = dict(_replacements(language, words))
        longest = "|".join(re.escape(word) for word in sorted(self._words, key=len, reverse=True))
        article = r"(?:\b(?P<article>[Aa]n?) )?" if language == "en" else ""
        self._pattern = re.compile(rf"{_NOT_WORDS}|{article}(?<![\w·])(?P<word>{longest})(?![\w·])", re.IGNORECASE)
        self.put_terms = lru_cache(maxsize=_MEMORY)(self._put_terms)

    def gettext(self, message: str) -> str:
        # Without its context an untranslated sentence is found too: Django would drop what is put into it.
        return self.put_terms(self._inner.gettext(message).rpartition(_CONTEXT)[2])

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        found: str = self._inner.ngettext(singular, plural, number)
        return found if _CONTEXT in found else self.put_terms(found)

    def _put_terms(self, text: str) -> str:
        return _SAID_TWICE.sub(r"\1", self._pattern.sub(self._put_term, text))

    def _put_term(self, found: re.Match[str]) -> str:
        if not found["word"]:
            return found[0]
        word = _in_case(found["word"], self._words[found["word"].lower()])
        article = found.groupdict().get("article")
        if not article:
            return word
        fitting = "an" if word[0].lower() in "aeiou" else "a"
        return f"{_in_case(article, fitting) if len(article) > 1 else article + fitting[1:]} {word}"

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def _replacements(language: str, words: Words) -> list[tuple[str, str]]:
    return [
        (old, new)
        for term, own in words.items()
        for forms in STANDARD.get(language, {}).get(term, [])
        for old, new in zip(forms, own, strict=True)
    ]


def _in_case(pattern: str, word: str) -> str:
    if pattern.isupper() and len(pattern) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if pattern[0].isupper() else word


def use_words(inner: Any, language: str, words: Words) -> TermedTranslation:
    return _termed(inner, language, json.dumps({term: list(own) for term, own in words.items()}, sort_keys=True))


@lru_cache(maxsize=128)
def _termed(inner: Any, language: str, words: str) -> TermedTranslation:
    return TermedTranslation(inner, language, json.loads(words))
