"""The wording of a cohort's e-mails: the organisation's own, else the blueprint's."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from programmes.cohorts.blueprints import LETTERS
from programmes.cohorts.models import Cohort, CohortLetter
from programmes.outbox.rendering import MARK, PLACEHOLDER, fill
from wimmentor.base.errors import DomainError
from wimmentor.base.languages import speak, spoken


@dataclass(frozen=True)
class Letter:
    subject: str
    body: str


# (kind, language) -> wording with its placeholders.
WordedLetters = Mapping[tuple[str, str], Letter]


def compose_letter(*, cohort: Cohort, kind: str, language: str, values: Mapping[str, object]) -> Letter:
    """Filled but for its [[link:...]] marks. Programme, cohort, organisation and dates are filled unasked."""
    wording = find_wording(cohort, kind, language)
    with speak_for(cohort, language):
        known = {**values_of(cohort), **values}
    subject = " ".join(fill(wording.subject, known).split())
    return Letter(subject=subject[:200], body=fill(wording.body, known))


def find_wording(cohort: Cohort, kind: str, language: str) -> Letter:
    """Her organisation's own wording in that language, else the standard one in that language: what was changed in
    another language never goes instead."""
    row = CohortLetter.objects.filter(cohort=cohort, kind=kind, language=spoken(language)).first()
    return Letter(row.subject, row.body) if row else standard_wording(cohort, kind, language)


def standard_wording(cohort: Cohort, kind: str, language: str) -> Letter:
    with speak_for(cohort, language):
        return Letter(str(LETTERS[kind].subject), str(LETTERS[kind].body))


def first_language(cohort: Cohort) -> str:
    """In which somebody is written to of whom no language is known."""
    return spoken(*cohort.programme.languages, *cohort.programme.organisation.languages)


def speak_for(cohort: Cohort, language: str) -> AbstractContextManager[None]:
    """In the language of a recipient, with the terms of the organisation that writes."""
    return speak(language, cohort.programme.organisation.terms)


def values_of(cohort: Cohort) -> dict[str, object]:
    return {
        "programme": cohort.programme.name,
        "cohort": cohort.name,
        "organisation": cohort.programme.organisation.name,
        "kickoff": _name_day(cohort.kickoff_on),
        "decisions_on": _name_day(cohort.decisions_on),
    }


def sample_values(cohort: Cohort) -> dict[str, object]:
    """For previews, in the active language: nobody real."""
    return {
        **values_of(cohort),
        "first_name": "Lucía",
        "other_first_name": "Carmen",
        "about_other": _("Carmen is a mine planner in Chile and speaks Spanish and English."),
        "why": _("She moved from geology to mine planning, as you want to."),
        "deadline": _name_day(cohort.answers_by),
    }


def preview_letter(cohort: Cohort, wording: Letter, language: str) -> Letter:
    """As it reads for somebody invented; a link shows as words."""
    with speak_for(cohort, language):
        values, link = sample_values(cohort), _("(her own link)")
    body = MARK.sub(lambda found: link, fill(wording.body, values))
    return Letter(fill(wording.subject, values), body)


def check_wording(kind: str, wording: Letter) -> None:
    """Refuses what would reach people as a stray brace or without its link."""
    known = LETTERS[kind]
    strange = [
        f"{{{name}}}"
        for name in PLACEHOLDER.findall(wording.subject + wording.body)
        if name not in known.placeholders and name not in COHORT_VALUES
    ]
    if strange:
        raise DomainError(
            _("%(names)s is not filled in this letter. It knows: %(known)s.")
            % {"names": ", ".join(strange), "known": ", ".join(f"{{{name}}}" for name in known.placeholders)},
            code="unknown_placeholder",
            field="body",
        )
    _check_links(known.links, wording)


def check_letters(letters: WordedLetters) -> None:
    """As `check_wording`; the refusal names the field of `LettersForm`."""
    for (kind, language), letter in letters.items():
        try:
            check_wording(kind, letter)
        except DomainError as error:
            raise DomainError(error.message, code=error.code, field=f"{kind}_{language}_body") from error


COHORT_VALUES = frozenset({"programme", "cohort", "organisation", "kickoff", "decisions_on"})


def _check_links(links: tuple[str, ...], wording: Letter) -> None:
    wanted = {("link", name) for name in links}
    found = set(MARK.findall(wording.body))
    if missing := sorted(wanted - found):
        marks = ", ".join(f"[[link:{name}]]" for _kind, name in missing)
        raise DomainError(
            _("The letter needs %(marks)s: it becomes her own link.") % {"marks": marks},
            code="link_missing",
            field="body",
        )
    if strange := sorted((found | set(MARK.findall(wording.subject))) - wanted):
        marks = ", ".join(f"[[{kind}:{name}]]" for kind, name in strange)
        raise DomainError(
            _("%(marks)s has no place in this letter.") % {"marks": marks}, code="unknown_link", field="body"
        )


def _name_day(day: date | None) -> str:
    return date_format(day, pgettext("date format", "l j F Y")) if day else _("we will tell you the day")
