"""How a language puts a label before a value and words between quotation marks; and sentences that are kept as what
they say, to be worded in the language of whoever reads them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext, pgettext

from wimmentor.base.codes import GOALS, INTERESTS, MINING_FUNCTION
from wimmentor.base.codes.places import country_name, language_name


def say_fact(label: object, value: object) -> str:
    return gettext("%(label)s: %(value)s") % {"label": label, "value": value}


def quote(words: object) -> str:
    return gettext("“%(words)s”") % {"words": words}


def say_list(items: Iterable[object]) -> str:
    """One after the other, each of which may hold commas of its own."""
    return pgettext("between two items of a list", "; ").join(map(str, items))


@dataclass(frozen=True)
class Named:
    """A value that every language says in its own way: a code of some kind, a number."""

    kind: str
    code: str

    def __str__(self) -> str:
        name = _NAMES.get(self.kind)
        return name(self.code) if name else self.code


@dataclass(frozen=True)
class Phrase:
    """English words and what goes into them: text, whole numbers, names, other phrases. `asdict` makes JSON of it, of
    which `recall` makes it again; `str` says it in the active language."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __mod__(self, values: Mapping[str, Any]) -> "Phrase":
        return Phrase(self.text, values)

    def __str__(self) -> str:
        return gettext(self.text) % self.values if self.values else gettext(self.text)


def phrase(text: str) -> Phrase:
    """Import it as `_`, which makemessages finds."""
    return Phrase(text)


def recall(stored: Any) -> Any:
    """A phrase or name from its JSON. All else stays: what was kept before sentences were kept so is text."""
    match stored:
        case {"text": str(text), "values": dict(values)}:
            return Phrase(text, {name: recall(value) for name, value in values.items()})
        case {"kind": str(kind), "code": str(code)}:
            return Named(kind, code)
    return stored


_NAMES: dict[str, Callable[[str], str]] = {
    "country": country_name,
    "language": language_name,
    "number": number_format,
    **{choices.name: choices.label for choices in (GOALS, INTERESTS, MINING_FUNCTION)},
}


def register_names(kind: str, name: Callable[[str], str]) -> None:
    """For codes that only a higher room knows."""
    _NAMES[kind] = name
