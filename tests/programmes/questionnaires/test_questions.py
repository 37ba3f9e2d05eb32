import pytest
from django import forms

from programmes.questionnaires.domain import clean_answers
from programmes.questionnaires.forms import answers_of, initial_answers, question_fields
from programmes.questionnaires.models import QuestionnaireVersion
from programmes.questionnaires.queries import read_answer, wording
from wimmentor.base.errors import DomainError

QUESTIONS = [
    {
        "code": "why_now",
        "kind": "long_text",
        "label": {"en": "Why now?", "es": "¿Por qué ahora?"},
        "help": {"en": "In any language."},
        "required": True,
        "max_length": 20,
        "step": "goals",
        "who_sees": "coordinators",
    },
    {
        "code": "style",
        "kind": "choices",
        "label": {"en": "How you like to work"},
        "choices": [
            {"code": "plan", "label": {"en": "With a plan"}},
            {"code": "talk", "label": {"en": "By talking", "es": "Conversando"}},
        ],
        "step": "goals",
        "who_sees": "pair",
    },
    {"code": "trained", "kind": "yes_no", "label": {"es": "¿Ha sido mentora?"}, "step": "work"},
]


def version() -> QuestionnaireVersion:
    return QuestionnaireVersion(key="mentee", questions=QUESTIONS)


def test_a_step_asks_its_own_questions_in_the_readers_language() -> None:
    fields = question_fields(version(), step="goals", language="es")

    assert list(fields) == ["q_why_now", "q_style"]
    assert [str(field.label) for field in fields.values()] == ["¿Por qué ahora?", "How you like to work"]
    assert fields["q_style"].choices == [("plan", "With a plan"), ("talk", "Conversando")]
    assert [field.required for field in fields.values()] == [True, False]


def test_who_reads_an_answer_is_said_at_the_question() -> None:
    fields = question_fields(version(), step="goals", language="en")

    assert str(fields["q_why_now"].who_sees).startswith("Only the coordinators")
    assert "the person we propose" in str(fields["q_style"].who_sees)


def test_no_version_asks_nothing() -> None:
    assert question_fields(None, step="goals", language="en") == {}


def test_answers_travel_through_a_form_and_back() -> None:
    fields = question_fields(version(), step="work", language="en")
    form = type("StepForm", (forms.Form,), fields)({"q_trained": "no"})

    assert form.is_valid()
    stored = clean_answers(version(), answers_of(form.cleaned_data))
    assert stored == {"trained": False}
    assert initial_answers(stored) == {"q_trained": "no"}


def test_a_question_left_open_is_no_answer() -> None:
    assert clean_answers(version(), {"why_now": "", "style": [], "trained": None}) == {}


def test_unknown_questions_are_left_out_and_long_text_is_cut() -> None:
    assert clean_answers(version(), {"other": "x", "why_now": "a" * 30}) == {"why_now": "a" * 20}


def test_a_choice_that_is_not_offered_is_refused_at_its_field() -> None:
    with pytest.raises(DomainError) as refusal:
        clean_answers(version(), {"style": ["plan", "shout"]})

    assert (refusal.value.code, refusal.value.field) == ("unknown_choice", "q_style")


def test_an_answer_reads_as_its_label() -> None:
    assert read_answer(QUESTIONS[1], ["talk", "plan"], "es") == "Conversando, With a plan"
    assert read_answer(QUESTIONS[0], "Now.", "en") == "Now."


def test_wording_falls_back_to_what_there_is() -> None:
    assert [wording({"es": "sí"}, "fr"), wording({}, "fr"), wording(None, "fr")] == ["sí", "", ""]
