"""What a column of a package means: its type, its words, and the code list that its codes are from."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.questionnaire import Places
from inventory.waves.columns import Column
from wimmentor.base.codes import CodeList

Label = str | Promise

_TYPES = {"integer": "integer", "scale": "integer", "decimal": "number", "year": "year"}
_SEVERAL = frozenset({"many", "ranked"})
_HOW_WRITTEN = {
    "many": _("Several codes are joined by “;”."),
    "ranked": _("The codes are in order, the first one first, joined by “;”."),
    "rows": _("Several are joined by “;”, the parts of each by “|”. Within a name a backslash stands before these."),
    "date": _("A year, a month or a day, as 2021, 2021-09 or 2021-09-29. “before” may stand in front of it."),
}
_BESIDE = {
    "main": _("%(question)s (the main one)"),
    "words": _("%(question)s (in the organisation's own words)"),
}


@dataclass(frozen=True, kw_only=True)
class Field:
    """`code_list`: where its codes are from; `several`: joined by `;`; `codes`: all that a single code may be."""

    name: str
    title: Label
    description: Label = ""
    type: str = "string"
    code_list: str = ""
    several: bool = False
    codes: tuple[str, ...] = ()
    required: bool = False
    question: str = ""


def field_of(column: Column) -> Field:
    """In the active language."""
    question, choices = column.question, _choices(column)
    several = column.aspect == "value" and column.kind in _SEVERAL
    return Field(
        name=column.name,
        title=_title(column),
        description=_describe(column),
        type=_TYPES.get(column.kind, "string"),
        code_list=choices.name if choices else "",
        several=several,
        codes=choices.codes if isinstance(choices, CodeList) and not several else (),
        question=question.code,
    )


def _choices(column: Column) -> CodeList | Places | None:
    if column.aspect == "words":
        return None
    return column.part.choices if column.part else column.question.choices


def _title(column: Column) -> str:
    text = str(column.question.text)
    if column.part:
        return gettext("%(question)s: %(part)s") % {"question": text, "part": column.part.label}
    return str(_BESIDE[column.aspect]) % {"question": text} if column.aspect in _BESIDE else text


def _describe(column: Column) -> str:
    if column.aspect != "value":
        return ""
    return " ".join(filter(None, (str(column.question.help), str(_HOW_WRITTEN.get(column.kind, "")))))
