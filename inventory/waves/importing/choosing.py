"""Codes from what people write: a code, or its label in any language of the site."""

import re
from functools import cache

from django.conf import settings
from django.utils.translation import gettext as _

from inventory.initiatives.questionnaire import Places
from programmes.applications.importing.doubts import shorten
from programmes.applications.importing.words import parse_yes
from wimmentor.base.codes import CodeList
from wimmentor.base.codes.codelist import match_key
from wimmentor.base.codes.places import (
    is_ambiguous_country,
    match_country,
    match_country_nearly,
    match_language,
    match_language_nearly,
)
from wimmentor.base.languages import speak
from wimmentor.base.phrases import quote, say_list

Choices = CodeList | Places
# Where a label says more than a name: "Planned: decided, start date set", "Graduate (0-2 years)".
_BEHIND_A_NAME = re.compile(r"\s*[:(/].*", re.DOTALL)
_LONGEST_RUN = 6


class UnfitCell(ValueError):
    """The message says to a person why this is no answer."""


def read_choice(choices: Choices, text: str) -> str:
    """Raises UnfitCell; what is only nearly a choice is named and never taken."""
    code = match_choice(choices, text)
    if code is None:
        raise UnfitCell(_say_unknown(choices, text))
    return code


def read_choices(choices: Choices, text: str) -> list[str]:
    """Parted by `;` or by lines; by commas where every piece is a choice, since labels hold commas too."""
    pieces = [piece.strip() for piece in re.split(r"[;\n]", text) if piece.strip()]
    found = [code for piece in pieces for code in _read_piece(choices, piece)]
    return list(dict.fromkeys(found))


def match_choice(choices: Choices, text: str) -> str | None:
    if isinstance(choices, Places):
        return match_country(text) if choices.name == "country" else match_language(text)
    found = choices.match(text)
    if found is None and {"yes", "no"} <= set(choices.codes):
        answer = parse_yes(text)
        found = None if answer is None else ("yes" if answer else "no")
    return found or _one_of(_names(choices).get(match_key(text), frozenset()))


def _read_piece(choices: Choices, piece: str) -> list[str]:
    if code := match_choice(choices, piece):
        return [code]
    parts = [part.strip() for part in piece.split(",")]
    codes: list[str] = []
    start = 0
    while start < len(parts):
        end = min(len(parts), start + _LONGEST_RUN)
        while end > start and not match_choice(choices, ", ".join(parts[start:end])):
            end -= 1
        if end == start:
            # Of a list of known ones only the unknown one is named.
            raise UnfitCell(_say_unknown(choices, parts[start] if codes or start else piece))
        codes.append(read_choice(choices, ", ".join(parts[start:end])))
        start = end
    return codes


def _say_unknown(choices: Choices, text: str) -> str:
    said = _("%(text)s is none of the choices.") % {"text": quote(shorten(text))}
    meant = _meant(choices, text)
    if len(meant) == 1:
        return said + " " + _("Is %(label)s meant?") % {"label": quote(choices.label(meant[0]))}
    if meant:
        said = _("%(text)s can be one of these: %(labels)s. Write which.")
        labels = say_list(quote(choices.label(code)) for code in meant)
        return said % {"text": quote(shorten(text)), "labels": labels}
    return said


def _meant(choices: Choices, text: str) -> list[str]:
    if isinstance(choices, Places):
        if choices.name == "country" and is_ambiguous_country(text):
            return [code for code, name in choices.choices if match_key(text) in match_key(name)]
        near = match_country_nearly(text) if choices.name == "country" else match_language_nearly(text)
        return [near] if near else []
    several = _names(choices).get(match_key(text))
    if several:
        return [code for code in choices.codes if code in several]
    nearly = choices.match_nearly(text)
    return [nearly] if nearly else []


@cache
def _names(choices: CodeList) -> dict[str, frozenset[str]]:
    """The first words of labels, and whose they are."""
    found: dict[str, set[str]] = {}
    for language, _name in settings.LANGUAGES:
        with speak(language):
            for code in choices.codes:
                name = match_key(_BEHIND_A_NAME.sub("", choices.label(code)))
                found.setdefault(name, set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


def _one_of(codes: frozenset[str]) -> str | None:
    return next(iter(codes)) if len(codes) == 1 else None
