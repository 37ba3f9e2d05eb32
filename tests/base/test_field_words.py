"""Fields say what to do, in our own words; a form's own words stay."""

import pytest
from django import forms

from wimmentor.base.forms import PlainForm


class Everything(PlainForm):
    name = forms.CharField(max_length=5)
    email = forms.EmailField(required=False)
    count = forms.IntegerField(required=False, min_value=1, max_value=9)
    kind = forms.ChoiceField(choices=[("a", "A")], error_messages={"invalid_choice": "No such kind."})
    kinds = forms.MultipleChoiceField(choices=[("a", "A")], required=False)


GOOD = {"name": "Ana", "kind": "a"}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "We need this answer."),
        ("name", "Analuisa", "Too long: this has 8 characters, and 5 fit."),
        ("name", "A\x00", "This holds a sign that cannot be kept. Write it again."),
        ("email", "ana@", "Write a whole address, such as ana@example.org."),
        ("count", "many", "Write a whole number."),
        ("count", "0", "Write 1 or more."),
        ("count", "10", "Write 9 or less."),
        ("kind", "", "Choose one."),
        ("kind", "b", "No such kind."),
        ("kinds", ["b"], "Choose one of those that are offered."),
    ],
)
def test_what_a_field_says(field: str, value: object, words: str) -> None:
    form = Everything({**GOOD, field: value})

    assert form.errors == {field: [words]}
