"""What a question of the inventory is. Shapes of values, by kind:

text, long_text, url, one: str. integer, decimal, year, scale: a number. many: list of codes. ranked: list of codes in
order. confirm: True. parts: {name of the part: number, str or True}. rows: list of such mappings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from inventory.initiatives.questionnaire.names import NAMES
from wimmentor.base.codes import CodeList
from wimmentor.base.codes.places import country_choices, country_name, language_choices, language_word

Kind = Literal[
    "text",
    "long_text",
    "url",
    "one",
    "integer",
    "decimal",
    "year",
    "scale",
    "many",
    "ranked",
    "confirm",
    "parts",
    "rows",
]
PartKind = Literal["integer", "decimal", "text", "email", "url", "one", "date", "yes"]
Level = Literal["organisation", "initiative", "edition"]
Visibility = Literal["public", "alliance", "iwim"]
# Django's form fields take lazy texts by a type that only the stubs know.
Label = Any


class Places:
    """Countries or languages, which are too many for a code list of ours."""

    def __init__(self, name: Literal["country", "language"]) -> None:
        self.name = name

    @property
    def choices(self) -> list[tuple[str, str]]:
        return country_choices() if self.name == "country" else language_choices()

    def label(self, code: str) -> str:
        return country_name(code) if self.name == "country" else language_word(code)

    def __contains__(self, code: object) -> bool:
        return any(code == known for known, _label in self.choices)


COUNTRIES, LANGUAGES = Places("country"), Places("language")


@dataclass(frozen=True)
class Part:
    name: str
    label: Label
    kind: PartKind = "integer"
    choices: CodeList | None = None
    is_count: bool = True  # of people, where the question is about people


@dataclass(frozen=True, kw_only=True)
class Question:
    """`column`: its name in tables. `asked`: when (conditions.ASKED), `needed`: when an answer is wanted
    (conditions.NEEDED). `people`: its figures count people, so that 1 to 4 are not shown outside IWiM."""

    code: str
    text: Label
    kind: Kind
    column: str
    level: Level = "initiative"
    choices: CodeList | Places | None = None
    parts: tuple[Part, ...] = ()
    help: Label = ""
    visibility: Visibility = "public"
    asked: str = ""
    needed: str = ""
    short: bool = False
    has_main: bool = False
    has_words: bool = False
    people: bool = False
    total_is_public: bool = False  # of its parts, whoever reads the parts
    most: int = 0
    max_length: int = 600

    @property
    def name(self) -> Label:
        return NAMES[self.code]

    @property
    def section(self) -> str:
        return self.code[0]

    def part(self, name: str) -> Part:
        return next(part for part in self.parts if part.name == name)

    def label_of(self, code: str) -> str:
        return self.choices.label(code) if self.choices is not None else code


Table = Mapping[str, Question]
