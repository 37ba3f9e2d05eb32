"""The same message in each language of the people who get it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.cohorts.blueprints import LETTERS
from programmes.cohorts.letters import Letter, WordedLetters
from wimmentor.base.codes.places import language_name, language_word
from wimmentor.base.forms import PlainForm
from wimmentor.base.ordering import join_words

_MISSING = _("Write something here, or send no message now.")


@dataclass(frozen=True)
class LetterSlot:
    """One kind of letter in one language: how many people read it so, and the words that it begins with."""

    kind: str
    language: str
    readers: int
    wording: Letter

    def field(self, part: str) -> str:
        return f"{self.kind}_{self.language}_{part}"

    @property
    def language_name(self) -> str:
        return language_name(self.language)


class LettersForm(PlainForm):
    """Adds a subject and a body for each slot. Whoever changes a message in one language and not in another is told
    once which still have the usual words."""

    rows = 12
    as_it_is = forms.BooleanField(required=False, initial="", widget=forms.HiddenInput)

    def __init__(self, *args: Any, slots: Sequence[LetterSlot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slots = list(slots)
        for slot in self.slots:
            missing = {"required": _MISSING}
            self.fields[slot.field("subject")] = forms.CharField(
                label=_("Subject"), max_length=200, initial=slot.wording.subject, error_messages=missing
            )
            self.fields[slot.field("body")] = forms.CharField(
                label=_("Letter"),
                max_length=10_000,
                initial=slot.wording.body,
                widget=forms.Textarea(attrs={"rows": self.rows, "lang": slot.language}),
                error_messages=missing,
            )

    def sections(self) -> Iterator[dict[str, Any]]:
        for slot in self.slots:
            yield {"slot": slot, "subject": self[slot.field("subject")], "body": self[slot.field("body")]}

    def letters(self) -> WordedLetters:
        """As they stand in the form, whether it is complete or not."""
        return {(slot.kind, slot.language): self._typed(slot) for slot in self.slots}

    def changed_letters(self) -> dict[str, str]:
        """What she wrote, by letter and language: it would be gone with the page."""
        changed = [(slot, self._typed(slot)) for slot in self.slots if self._is_changed(slot)]
        return {
            f"{LETTERS[slot.kind].name} ({slot.language_name})": f"{letter.subject}\n\n{letter.body}"
            for slot, letter in changed
        }

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        left = self.left_as_they_were()
        if left and not self.cleaned_data.get("as_it_is"):
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data["as_it_is"] = "on"  # type: ignore[index]
            names = join_words(dict.fromkeys(language_word(slot.language) for slot in left))
            raise forms.ValidationError(
                _(
                    "You changed the message in one language only. Still in the usual words: %(languages)s. "
                    "Change it there too, or press once more to send it so."
                ),
                params={"languages": names},
                code="left_as_they_were",
            )
        return cleaned

    def left_as_they_were(self) -> list[LetterSlot]:
        touched = {slot.kind for slot in self.slots if self._is_changed(slot)}
        return [slot for slot in self.slots if slot.kind in touched and not self._is_changed(slot)]

    def _is_changed(self, slot: LetterSlot) -> bool:
        return self._typed(slot) != slot.wording

    def _typed(self, slot: LetterSlot) -> Letter:
        if not self.is_bound:
            return slot.wording
        subject, body = (str(self.data.get(slot.field(part), "")) for part in ("subject", "body"))
        return Letter(subject, body.replace("\r\n", "\n"))
