"""Controls of a question, by its kind: which fields it has, and how its answer is read from them.

A field is named `CODE`, or `CODE__part`, or for the third of several rows `CODE__2__part`.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.questionnaire import Part, Places, Question
from wimmentor.base.name_fields import countries_field, languages_field

SPARE_ROWS = 2
MOST_ROWS = 20
Fields = dict[str, forms.Field]


def fields_of(question: Question, value: Any, posted: Mapping[str, Any] | None = None) -> Fields:
    """With what is answered already as their first content. Of rows as many as are `posted`, also where a colleague
    has shortened the list meanwhile."""
    if question.kind == "rows":
        return _row_fields(question, value or [], _count_posted(question, posted or {}))
    if question.kind == "parts":
        return {f"{question.code}__{part.name}": _part_field(part, value or {}) for part in question.parts}
    if question.kind == "ranked":
        places = list(value or ())
        return {
            f"{question.code}__{place}": _choice(
                _("Place %(number)s") % {"number": place}, question.choices, initial=_at(places, place - 1)
            )
            for place in range(1, question.most + 1)
        }
    field = _single_field(question)
    field.initial = value
    return {question.code: field}


def read_value(question: Question, cleaned: Mapping[str, Any]) -> Any:
    """Of cleaned fields; None: nothing was given."""
    code = question.code
    if question.kind == "ranked":
        return [cleaned[name] for name in _names(cleaned, code) if cleaned.get(name)] or None
    if question.kind == "parts":
        return _read_parts(question, cleaned, f"{code}__") or None
    if question.kind == "rows":
        rows = [_read_parts(question, cleaned, f"{code}__{number}__") for number in range(MOST_ROWS)]
        return [row for row in rows if row] or None
    value = cleaned.get(code)
    return list(value) or None if isinstance(value, (list, tuple)) else value or (0 if value == 0 else None)


def _read_parts(question: Question, cleaned: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    given = {part.name: cleaned.get(prefix + part.name) for part in question.parts}
    return {name: value for name, value in given.items() if value not in (None, "", False)}


def _names(cleaned: Mapping[str, Any], code: str) -> list[str]:
    return sorted(name for name in cleaned if name.startswith(f"{code}__") and name.rpartition("__")[2].isdigit())


def _single_field(question: Question) -> forms.Field:
    label = question.text
    common: dict[str, Any] = {"required": False, "help_text": question.help}
    if isinstance(question.choices, Places):
        return _places(question)
    if question.kind == "one":
        return _choice(label, question.choices, help_text=question.help)
    if question.kind == "many":
        boxes = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(label=label, choices=_options(question.choices), widget=boxes, **common)
    if question.kind == "confirm":
        return forms.BooleanField(label=label, **common)
    if question.kind in ("text", "long_text", "url"):
        shape = forms.Textarea(attrs={"rows": 4}) if question.kind == "long_text" else forms.TextInput()
        return forms.CharField(label=label, max_length=question.max_length, widget=shape, **common)
    return _number(label, question.kind, help_text=question.help)


def _places(question: Question) -> forms.Field:
    make = countries_field if getattr(question.choices, "name", "") == "country" else languages_field
    hint = " ".join(map(str, filter(None, [question.help, _("Parted by commas.")])))
    return make(label=question.text, required=False, help_text=hint)


def _count_posted(question: Question, posted: Mapping[str, Any]) -> int:
    numbers = [name.split("__")[1] for name in posted if name.startswith(f"{question.code}__") and posted[name]]
    return max((int(number) + 1 for number in numbers if number.isdecimal() and len(number) <= 2), default=0)


def _row_fields(question: Question, rows: list[Mapping[str, Any]], posted: int) -> Fields:
    number = max(len(rows) + SPARE_ROWS, posted)
    shown = [*rows, *({} for _spare in range(number - len(rows)))][:MOST_ROWS]
    return {
        f"{question.code}__{number}__{part.name}": _part_field(part, row)
        for number, row in enumerate(shown)
        for part in question.parts
    }


def _part_field(part: Part, row: Mapping[str, Any]) -> forms.Field:
    initial = row.get(part.name)
    match part.kind:
        case "one":
            return _choice(part.label, part.choices, initial=initial)
        case "yes":
            return forms.BooleanField(label=part.label, required=False, initial=bool(initial))
        case "integer" | "decimal":
            return _number(part.label, part.kind, initial=initial)
        case "date":
            shape = forms.TextInput(attrs={"placeholder": "2026-09", "autocomplete": "off"})
            return forms.CharField(label=part.label, required=False, initial=initial, max_length=20, widget=shape)
        case _:
            return forms.CharField(label=part.label, required=False, initial=initial, max_length=300)


def _choice(label: Any, choices: Any, *, initial: Any = None, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[("", "—"), *choices.choices], required=False, initial=initial or "", help_text=help_text
    )


def _number(label: Any, kind: str, *, initial: Any = None, help_text: Any = "") -> forms.Field:
    common: dict[str, Any] = {"label": label, "required": False, "initial": initial, "help_text": help_text}
    if kind == "decimal":
        return forms.DecimalField(min_value=0, max_digits=12, decimal_places=2, **common)
    return forms.IntegerField(min_value=0, max_value=1_000_000_000, **common)


def _options(choices: Any) -> list[tuple[str, Any]]:
    return list(choices.choices)


def _at(values: list[str], place: int) -> str:
    return values[place] if place < len(values) else ""
