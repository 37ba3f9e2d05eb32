"""The form of some questions of one record, made from the questionnaire."""

import json
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.checking import clean_answer
from inventory.initiatives.forms.controls import fields_of, read_value
from inventory.initiatives.merging import LONGEST_SEEN, Answer, Merge, digest_answer, read_digests
from inventory.initiatives.questionnaire import QUESTIONS, Question, is_asked
from inventory.initiatives.rows import Answers
from inventory.initiatives.wording import read_answer
from wimmentor.base.codes import ANSWER_STATE
from wimmentor.base.errors import DomainError
from wimmentor.base.forms import PlainForm

# Why an answer is empty; a given answer says "answered" by itself.
EMPTY_STATES = [("pending", "—"), *(c for c in ANSWER_STATE.choices if c[0] not in ("answered", "pending"))]
WHO_SEES = {
    "alliance": _("Read by members of the Alliance, never published by name."),
    "iwim": _("Read by IWiM only."),
}
IN_FIGURES = _("Others see it only in figures of five organisations or more.")
FIGURES = frozenset({"integer", "decimal", "scale", "one", "many", "ranked"})


@dataclass(frozen=True)
class Block:
    """One question as it stands on the page. `is_group`: several controls under one question."""

    question: Question
    fields: list[BoundField]
    beside: list[BoundField]  # main one, own words
    state: BoundField
    comment: BoundField
    is_group: bool
    rows: list[list[BoundField]]

    @property
    def has_more(self) -> bool:
        """What is folded away holds something."""
        return bool(self.comment.value() or self.state.value() not in (None, "", "pending"))

    @property
    def who_sees(self) -> Any:
        if self.question.total_is_public:
            return _("The total is public, the rest is read by members of the Alliance only.")
        if self.question.visibility == "public":
            return ""
        kinds = {self.question.kind, *(part.kind for part in self.question.parts)}
        said = WHO_SEES[self.question.visibility]
        return format_lazy("{} {}", said, IN_FIGURES) if kinds & FIGURES else said


class AnswersForm(PlainForm):
    """`seen` travels hidden: what the form showed, so that two people can write at once (see `merging`). What comes
    back is read as it was shown, whatever is asked by then.

    `questions`: all that may stand on it; `about`: answers that say which of them are asked, where some may not be.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST_SEEN)
    own: ClassVar[tuple[str, ...]] = ("seen",)

    def __init__(
        self,
        data: Any = None,
        *,
        questions: Iterable[Question],
        answers: Answers,
        about: Answers | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        questions, seen = list(questions), read_digests((data or {}).get("seen") or "")
        asked = [question for question in questions if about is None or is_asked(question, about)]
        self.questions = [question for question in questions if question.code in seen] or asked
        self.controls: dict[str, list[str]] = {}
        for question in self.questions:
            self._add_question(question, answers.get(question.code, {}))
        # Everything may stay open here: a word beside each field would say nothing.
        for name, field in self.fields.items():
            field.unmarked = name not in ("label", "year")  # type: ignore[attr-defined]
        shown = {**self.named(), **{question.code: answers.get(question.code) for question in self.questions}}
        digests = {code: digest_answer(code, answer) for code, answer in shown.items()}
        self.fields["seen"].initial = json.dumps(digests)

    def named(self) -> dict[str, Answer | None]:
        """What else the form shows that two may write at once."""
        return {}

    def _add_question(self, question: Question, answer: Mapping[str, Any]) -> None:
        code = question.code
        controls = fields_of(question, answer.get("value"), self.data)
        self.controls[code] = list(controls)
        self.fields.update(controls)
        if question.has_main:
            choices = [("", "—"), *question.choices.choices] if question.choices else []
            self.fields[f"{code}_main"] = forms.ChoiceField(
                label=_("Which is the main one?"), choices=choices, required=False, initial=answer.get("main", "")
            )
        if question.has_words or answer.get("words"):
            self.fields[f"{code}_words"] = forms.CharField(
                label=_("In your own words"),
                required=False,
                max_length=2000,
                initial=answer.get("words", ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.fields[f"{code}_state"] = forms.ChoiceField(
            label=_("If it is empty, why?"),
            choices=EMPTY_STATES,
            required=False,
            initial=answer.get("state", "pending"),
        )
        self.fields[f"{code}_comment"] = forms.CharField(
            label=_("A comment for IWiM"),
            required=False,
            max_length=2000,
            initial=answer.get("comment", ""),
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    @property
    def blocks(self) -> Iterator[Block]:
        for question in self.questions:
            code = question.code
            fields = [self[name] for name in self.controls[code]]
            beside = [self[name] for name in (f"{code}_main", f"{code}_words") if name in self.fields]
            width = len(question.parts) if question.kind == "rows" else len(fields)
            yield Block(
                question,
                fields,
                beside,
                self[f"{code}_state"],
                self[f"{code}_comment"],
                question.kind in ("parts", "rows", "ranked"),
                [fields[start : start + width] for start in range(0, len(fields), width or 1)],
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.given: dict[str, Any] = {}
        for question in self.questions:
            if not any(name in self.errors for name in self.controls[question.code]):
                self._read(question, cleaned)
        return cleaned

    def _read(self, question: Question, cleaned: Mapping[str, Any]) -> None:
        code = question.code
        answer = {"value": _plain(read_value(question, cleaned)), "state": cleaned.get(f"{code}_state")}
        answer |= {name: cleaned.get(f"{code}_{name}") for name in ("main", "words", "comment")}
        try:
            self.given[code] = clean_answer(question, answer)
        except DomainError as error:
            self.add_refusal(error)

    def add_refusal(self, error: DomainError) -> None:
        """A group without a field of that name says it at its first control."""
        names = self.controls.get((error.field or "").partition("__")[0], [])
        known = error.field if error.field in self.fields else next(iter(names), None)
        self.add_error(known, str(error.message))

    def seen_digests(self) -> dict[str, str]:
        return read_digests(self.cleaned_data.get("seen") or "")

    def show_conflicts(self, merge: Merge, who: str) -> None:
        """What she wrote stays in her form; what is there now is said beside it. Saved once more, hers counts."""
        for code, answer in merge.conflicting.items():
            said = gettext("%(who)s wrote meanwhile: “%(theirs)s”. Save again to put yours in its place.")
            self.add_error(self._first_control(code), said % {"who": who, "theirs": self._word(code, answer)})
        data: Any = copy(self.data)  # a QueryDict's copy can be changed
        data["seen"] = json.dumps(
            {**self.seen_digests(), **{code: digest_answer(code, one) for code, one in merge.conflicting.items()}}
        )
        self.data = data

    def _first_control(self, code: str) -> str:
        return next(iter(self.controls.get(code, [])), code)

    def _word(self, code: str, answer: Answer) -> str:
        return read_answer(QUESTIONS[code], {code: answer}).answer if code in QUESTIONS else str(answer["value"] or "—")


def _plain(value: Any) -> Any:
    """As JSON has it: form fields give Decimal and tuples."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return float(value) if hasattr(value, "as_tuple") else value
