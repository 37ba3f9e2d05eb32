from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.forms.answers import AnswersForm
from inventory.initiatives.merging import Answer, name_as_answers
from inventory.initiatives.questionnaire import Question
from inventory.initiatives.rows import Answers


class EditionForm(AnswersForm):
    label = forms.CharField(label=_("Edition (name or number)"), max_length=120)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1950, max_value=2100)
    field_order = ("label", "year")

    def __init__(
        self,
        data: Any = None,
        *,
        questions: Iterable[Question],
        answers: Answers,
        about: Answers,
        label: str = "",
        year: int | None = None,
        **kwargs: Any,
    ) -> None:
        self.name = name_as_answers(label, year)
        super().__init__(data, questions=questions, answers=answers, about=about, **kwargs)
        self.fields["label"].initial, self.fields["year"].initial = label, year

    def named(self) -> dict[str, Answer | None]:
        return {**self.name}
