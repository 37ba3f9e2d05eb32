"""Whether an answer fits its question. Forms, spreadsheets and packages all pass here before anything is kept."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.questionnaire import Part, Question
from wimmentor.base.errors import DomainError

STATES = ("unknown", "not_applicable", "declined")
MOST_ROWS = 20
LONGEST_PART = 300
LONGEST_WORDS = 2000
LARGEST = 1_000_000_000
PARTIAL_DATE = re.compile(r"(before )?(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
Answer = dict[str, Any]


def clean_answer(question: Question, answer: Mapping[str, Any] | None) -> Answer | None:
    """As it is kept; None: not answered. Raises DomainError that names the question and the reason."""
    if not answer:
        return None
    kept: Answer = {}
    value = answer.get("value")
    if value not in (None, "", [], (), {}):
        kept["value"] = _CLEAN[question.kind](question, value)
        kept |= _clean_main(question, answer.get("main"), kept["value"])
    elif answer.get("state") in STATES:
        kept["state"] = answer["state"]
    for name in ("words", "comment"):
        if text := _clean_text(question, answer.get(name) or "", "long_text", LONGEST_WORDS):
            kept[name] = text
    return kept or None


def _clean_main(question: Question, main: Any, value: Any) -> Answer:
    if not main or not question.has_main:
        return {}
    if main not in value:
        raise _refusal(question, _("The main one must be among those that are ticked."))
    return {"main": main}


def _clean_own_text(question: Question, value: Any) -> str:
    return _clean_text(question, value, question.kind, question.max_length)


def _clean_one(question: Question, value: Any) -> str:
    return _clean_code(question, value, question.choices)


def _clean_codes(question: Question, value: Any) -> list[str]:
    codes = list(dict.fromkeys(str(code) for code in value))
    if question.most and len(codes) > question.most:
        raise _refusal(question, _("At most %(most)s fit here.") % {"most": question.most})
    return [_clean_code(question, code, question.choices) for code in codes]


def _clean_figure(question: Question, value: Any) -> int | float:
    return _clean_number(question, value, question.kind)


def _clean_rows(question: Question, value: Any) -> list[Answer]:
    rows = [_clean_parts(question, row) for row in value]
    if len(rows) > MOST_ROWS:
        raise _refusal(question, _("At most %(most)s fit here.") % {"most": MOST_ROWS})
    return [row for row in rows if row]


def _clean_parts(question: Question, value: Any) -> Answer:
    if not isinstance(value, Mapping):
        raise _refusal(question, _("This does not fit the question."))
    known = {part.name: part for part in question.parts}
    if stray := set(value) - set(known):
        raise _refusal(question, _("“%(name)s” is not asked here.") % {"name": ", ".join(sorted(map(str, stray)))})
    return {
        name: _clean_part(question, known[name], given)
        for name, given in value.items()
        if given not in (None, "") and given is not False
    }


def _clean_part(question: Question, part: Part, value: Any) -> Any:
    if part.kind == "one":
        return _clean_code(question, value, part.choices)
    if part.kind in ("integer", "decimal"):
        return _clean_number(question, value, part.kind, part)
    if part.kind == "yes":
        return True
    if part.kind == "date":
        text = str(value).strip()
        if not PARTIAL_DATE.fullmatch(text):
            raise _refusal(question, _("Write a year, a month or a day: 2026, 2026-09 or 2026-09-29."), part)
        return text
    return _clean_text(question, value, part.kind, LONGEST_PART, part)


def _clean_text(question: Question, value: Any, kind: str, longest: int, part: Part | None = None) -> str:
    text = str(value).replace("\x00", "").strip()
    if len(text) > longest:
        raise _refusal(question, _("That is %(count)s signs; %(most)s fit.") % _count(text, longest), part)
    try:
        if kind == "url":
            URLValidator(schemes=["http", "https"])(text)
        elif kind == "email":
            validate_email(text)
    except ValidationError as error:
        said = _("Write a whole web address, such as https://example.org.")
        raise _refusal(question, said if kind == "url" else error.message, part) from error
    return text


def _clean_code(question: Question, value: Any, choices: Any) -> str:
    if str(value) not in choices:
        raise _refusal(question, _("“%(code)s” is not offered here.") % {"code": value})
    return str(value)


def _clean_number(question: Question, value: Any, kind: str, part: Part | None = None) -> int | float:
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise _refusal(question, _("“%(value)s” is no number.") % {"value": value}, part) from error
    least, most = _limits(question, kind, part)
    if not math.isfinite(number) or not least <= number <= most:
        said = _("Write a number from %(least)s to %(most)s.") % {"least": least, "most": most}
        raise _refusal(question, said, part)
    if kind != "decimal" and number != int(number):
        raise _refusal(question, _("Write a whole number."), part)
    return int(number) if number == int(number) else round(number, 2)


def _limits(question: Question, kind: str, part: Part | None) -> tuple[int, int]:
    if kind == "year" or (part and part.name == "first_year"):
        return 1900, 2100
    if kind == "scale":
        return 1, 5
    if question.code == "C7" or (part and part.name == "percent"):
        return 0, 100
    return 0, LARGEST


def _count(text: str, longest: int) -> dict[str, int]:
    return {"count": len(text), "most": longest}


def _refusal(question: Question, said: Any, part: Part | None = None) -> DomainError:
    return DomainError(said, code="unfit_answer", field=f"{question.code}__{part.name}" if part else question.code)


_CLEAN: dict[str, Callable[[Question, Any], Any]] = {
    **dict.fromkeys(("text", "long_text", "url"), _clean_own_text),
    **dict.fromkeys(("integer", "decimal", "year", "scale"), _clean_figure),
    **dict.fromkeys(("many", "ranked"), _clean_codes),
    "one": _clean_one,
    "parts": _clean_parts,
    "rows": _clean_rows,
    "confirm": lambda _question, _value: True,
}
