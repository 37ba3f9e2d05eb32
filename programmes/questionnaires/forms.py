"""Form fields from the questions of a version. Field names are `q_` and the question's code."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.questionnaires.models import QuestionnaireVersion
from programmes.questionnaires.queries import Question, questions_of_step, wording

PREFIX = "q_"
LONG_TEXT = 2000
SHORT_TEXT = 300
WHO_SEES = {
    "coordinators": _("Only the coordinators read this. It is never shown to the person we propose."),
    "pair": _("The coordinators read this, and the person we propose to you."),
}


def question_fields(version: QuestionnaireVersion | None, *, step: str, language: str) -> dict[str, forms.Field]:
    return {
        PREFIX + question["code"]: _question_field(question, language) for question in questions_of_step(version, step)
    }


def answers_of(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """question code -> answer, out of a form's cleaned data."""
    return {name.removeprefix(PREFIX): value for name, value in cleaned.items() if name.startswith(PREFIX)}


def initial_answers(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Field name -> value as the widget wants it, out of the stored answers."""
    return {PREFIX + code: _as_choice(value) for code, value in answers.items()}


def _as_choice(value: Any) -> Any:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _read_yes_no(value: str) -> bool | None:
    return {"yes": True, "no": False}.get(value)


def _question_field(question: Question, language: str) -> forms.Field:
    field = _bare_field(question, language)
    field.label = wording(question["label"], language)
    field.help_text = wording(question.get("help"), language)
    field.required = bool(question.get("required"))
    field.widget.is_required = field.required
    field.who_sees = WHO_SEES.get(question.get("who_sees", ""), "")  # type: ignore[attr-defined]
    return field


def _bare_field(question: Question, language: str) -> forms.Field:
    choices = [(choice["code"], wording(choice["label"], language)) for choice in question.get("choices", [])]
    match question["kind"]:
        case "long_text":
            length = question.get("max_length") or LONG_TEXT
            return forms.CharField(max_length=length, widget=forms.Textarea(attrs={"rows": 5}))
        case "choice":
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)
        case "choices":
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple)
        case "yes_no":
            return forms.TypedChoiceField(
                choices=[("yes", _("Yes")), ("no", _("No"))],
                coerce=_read_yes_no,
                empty_value=None,
                widget=forms.RadioSelect,
            )
        case _:
            return forms.CharField(max_length=question.get("max_length") or SHORT_TEXT)
