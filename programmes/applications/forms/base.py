"""A step of the form: its own fields, then the questionnaire's questions of the step."""

from typing import Any, ClassVar

from django.utils.translation import get_language

from programmes.applications.models import Application
from programmes.applications.steps import STEPS
from programmes.questionnaires.forms import answers_of, initial_answers, question_fields
from wimmentor.base.forms import PlainForm


class StepForm(PlainForm):
    """`application` may be unsaved: the first step is shown before there is one."""

    step: ClassVar[str]
    # Fields that come after the questionnaire's questions.
    last: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        self.application = application
        initial = {**self.read_initial(), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.adapt_fields()
        questions = question_fields(application.questionnaire, step=self.step, language=get_language() or "en")
        self.fields.update(questions)
        self.order_fields([name for name in self.fields if name not in self.last] + list(self.last))

    @property
    def is_mentor(self) -> bool:
        return self.application.role == Application.Role.MENTOR

    def read_initial(self) -> dict[str, Any]:
        columns = {column: getattr(self.application, column) for column in STEPS[self.step].columns}
        return {**columns, **initial_answers(self.application.answers)}

    def adapt_fields(self) -> None:
        """Words and fields that depend on role and cohort."""

    def column_values(self) -> dict[str, Any]:
        """What the step writes: column of Application -> value."""
        columns = STEPS[self.step].columns
        return {name: value for name, value in self.cleaned_data.items() if name in columns}

    def given_answers(self) -> dict[str, Any]:
        return answers_of(self.cleaned_data)

    def given_consents(self) -> dict[str, bool] | None:
        return None
