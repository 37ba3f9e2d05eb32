"""The form that strangers may post: plain bots stop, people lose nothing and are asked once at most."""

from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template.loader import render_to_string

from wimmentor.base.clock import shifted
from wimmentor.base.errors import DomainError
from wimmentor.base.forms import AddressField, GuardedForm, PlainForm
from wimmentor.base.text import fold_email


class Letter(GuardedForm):
    text = forms.CharField()


class Named(PlainForm):
    who_sees = {"text": "Only you", "gone": "Nobody"}
    text = forms.CharField(required=False)


def shown_form() -> dict[str, Any]:
    form = Letter()
    return {name: form[name].value() or "" for name in ("website", "shown")}


def post(data: dict[str, Any]) -> Letter:
    query = QueryDict(mutable=True)
    query.update(data)
    return Letter(query)


def hidden_of(form: Letter) -> dict[str, Any]:
    """What the page that is shown again would send."""
    return {name: form[name].value() for name in ("website", "shown", "text")}


def codes(form: Letter) -> list[str | None]:
    return [error.code for error in form.non_field_errors().as_data()]


def test_form_that_was_read_goes_through() -> None:
    with shifted(timedelta(seconds=-3)):
        hidden = shown_form()

    assert post({**hidden, "text": "Hola"}).is_valid()


def test_too_fast_asks_once_and_then_takes_the_same_text() -> None:
    form = post({**shown_form(), "text": "Una carta larga"})
    refused = codes(form)

    second = post(hidden_of(form))

    assert refused == ["too_fast"]
    assert second.is_valid()
    assert second.cleaned_data["text"] == "Una carta larga"


@pytest.mark.parametrize("shown", ["", "forged", "1:aaaa:bbbb"])
def test_time_that_is_missing_or_forged_asks_once(shown: str) -> None:
    form = post({"website": "", "shown": shown, "text": "Hola"})
    refused = codes(form)

    assert refused == ["too_fast"]
    assert post(hidden_of(form)).is_valid()


def test_form_that_was_open_for_days_goes_through() -> None:
    with shifted(timedelta(days=-9)):
        hidden = shown_form()

    assert post({**hidden, "text": "Hola"}).is_valid()


def test_field_that_only_bots_fill_stops_them_again_and_again() -> None:
    with shifted(timedelta(seconds=-3)):
        hidden = shown_form()
    filled = {**hidden, "website": "https://spam.example.org", "text": "Buy"}

    assert [codes(post(filled)) for _try in range(3)] == [["bot"]] * 3


def test_person_whose_browser_filled_that_field_gets_through_next() -> None:
    form = post({**shown_form(), "website": "https://me.example.org", "text": "Hola"})
    form.is_valid()

    assert post(hidden_of(form)).is_valid()


def test_only_answers_count_as_answers_to_mend() -> None:
    """The summary takes the focus without a script; that somebody was quick is no answer of hers."""
    quick = post({**shown_form(), "text": "Hola"})
    empty = post({**shown_form(), "text": ""})

    said = [render_to_string("components/error_summary.html", {"form": form}) for form in (quick, empty)]

    assert ["One answer needs a change" in text for text in said] == [False, True]
    assert ["This is not done yet" in text for text in said] == [True, False]
    assert ["That was very quick" in text for text in said] == [True, True]
    assert [text.count("autofocus") for text in said] == [1, 1]


def test_refusal_stands_beside_its_field_or_over_the_form() -> None:
    form = Named({"text": "x"})
    form.is_valid()

    form.add_refusal(DomainError("Taken.", field="text"))
    form.add_refusal(DomainError("Closed.", field="unknown"))
    form.add_refusal(DomainError("Late."))

    assert form.errors == {"text": ["Taken."], "__all__": ["Closed.", "Late."]}


def test_field_knows_who_reads_it() -> None:
    assert Named().fields["text"].who_sees == "Only you"  # type: ignore[attr-defined]


def test_an_address_is_kept_folded() -> None:
    assert AddressField().clean(" Ana@EXAMPLE.org ") == "ana@example.org"


def test_an_address_that_grows_too_long_when_folded_is_refused() -> None:
    """Each of these signs becomes four letters: the columns of the database end at 254."""
    grows = "a@" + ".".join(["\u337f" * 8] * 20) + ".org"
    assert len(grows) < 254 < len(fold_email(grows))

    with pytest.raises(ValidationError):
        AddressField().clean(grows)
