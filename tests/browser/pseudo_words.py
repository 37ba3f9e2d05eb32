"""Prints, as JSON, what may stand on a page without being in the catalogues: what people wrote, and names and
numbers of the world. Runs in a process of the pseudo site.

The rule: a piece of text (parted at punctuation) is excused if it is, whole, a piece of a stored value that is no code
of ours; a name of a country, language, time zone or of the site; an address; or if it holds no word of two letters.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from programmes.models import Application, ImportBatch
from wimmentor.base.codes.places import country_choices, language_choices, time_zone_choices
from wimmentor.base.terms import STANDARD

PARTED = re.compile(r"[\s]*[·|,;:()\[\]“”\"«»—–/?!.]+[\s]*|\n+")
CODE = re.compile(r"[a-z0-9_.]+")
# Of the files that tests/matrix/world.py brings in.
HEADINGS = {"first_name", "email", "mentor e-mail", "mentee e-mail"}
AREAS = ("programmes", "matching", "inventory")


def main() -> None:
    stored = {piece for value in stored_values() for piece in pieces_of(value)}
    named = [*country_choices(), *language_choices()]
    named += [(zone, name) for _region, zones in time_zone_choices() for zone, name in zones]
    stored |= {piece for code, name in named for piece in pieces_of(f"{code}|{name}")}
    stored |= {piece for _code, name in settings.LANGUAGES for piece in pieces_of(name)}
    stored |= {piece for name in ImportBatch.objects.values_list("file_name", flat=True) for piece in pieces_of(name)}
    people = Application.objects.values_list("first_name", "last_name")
    stored |= {piece for names in people for piece in pieces_of(" ".join(names))}
    # As the board shortens them: Grace O.
    stored |= {f"{first} {last[:1]}".casefold() for first, last in people}
    stored |= HEADINGS
    # The words that are shown beside the field for an organisation's own.
    stored |= {word for words in STANDARD.values() for rows in words.values() for row in rows for word in row}
    print(json.dumps(sorted(stored)))  # noqa: T201 - the answer


def pieces_of(text: str) -> list[str]:
    return [piece.strip().casefold() for piece in PARTED.split(text) if piece.strip()]


def stored_values() -> Iterator[str]:
    for area in AREAS:
        for model in apps.get_app_config(area).get_models():
            fields = [field for field in model._meta.concrete_fields if written_by_people(field)]
            for row in model._default_manager.values_list(*(field.attname for field in fields)):
                yield from (text for value in row for text in leaves(value) if not CODE.fullmatch(text))


def written_by_people(field: Any) -> bool:
    return isinstance(field, (models.CharField, models.TextField, models.JSONField)) and not field.choices


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (text for each in value.values() for text in leaves(each))
    elif isinstance(value, (list, tuple)):
        yield from (text for each in value for text in leaves(each))
    elif isinstance(value, str) and value:
        yield value
