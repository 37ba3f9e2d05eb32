import re
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.audit.domain import record_event
from programmes.organisations.models import Organisation
from wimmentor.base.actors import Actor
from wimmentor.base.editing import save_version
from wimmentor.base.errors import DomainError
from wimmentor.base.terms import STANDARD, Terms

LONGEST_TERM = 40
# What is put into sentences must not look like a placeholder or markup.
_WORDS = re.compile(r"[^\W_]([^\W_]|[ ’'·/-])*")


@transaction.atomic
def edit_terms(*, organisation: Organisation, terms: Terms, seen: int, by: Actor) -> Organisation:
    """`terms`: {language: {term: [singular, plural]}}; what is not in it has the site's own word."""
    kept: dict[str, dict[str, Any]] = {}
    for language, words in terms.items():
        for term, forms in words.items():
            kept.setdefault(language, {})[term] = _check_term(language, term, list(forms))
    save_version(organisation, seen=seen, terms=kept)
    record_event("organisation.terms_edited", by=by, subject=organisation, organisation_id=organisation.pk, terms=kept)
    return organisation


def _check_term(language: str, term: str, forms: list[str]) -> list[str]:
    if term not in STANDARD.get(language, {}) or len(forms) != 2:
        raise DomainError(_("There is no such term."), code="no_such_term")
    words = [" ".join(form.split()) for form in forms]
    for number, word in zip(("one", "many"), words, strict=True):
        field = f"{language}_{term}_{number}"
        if not word:
            raise DomainError(
                _("Write the word for one and the word for several, or leave both empty."),
                code="term_incomplete",
                field=field,
            )
        if len(word) > LONGEST_TERM or not _WORDS.fullmatch(word):
            raise DomainError(
                _("Write a word or two, with letters only, in at most %(number)s characters.")
                % {"number": LONGEST_TERM},
                code="no_word",
                field=field,
            )
    return words
