"""The letters of a cohort by language: who reads which, and what was changed in one language only."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from programmes.cohorts.blueprints import LETTERS, LetterKind
from programmes.cohorts.letters import Letter, standard_wording
from programmes.cohorts.models import Cohort
from programmes.cohorts.registry import readers_of
from wimmentor.base.codes.places import language_name, language_word
from wimmentor.base.errors import Conflict
from wimmentor.base.languages import spoken, spoken_among
from wimmentor.base.ordering import join_words

# (kind, language) -> what the organisation wrote.
OwnLetters = dict[tuple[str, str], Letter]


@dataclass(frozen=True)
class LanguageTab:
    code: str
    name: str
    readers: int
    missing: int  # letters changed in another language and not in this one


@dataclass(frozen=True)
class LetterRow:
    """`missing`: says that it was changed in other languages, while this one has the standard wording."""

    kind: LetterKind
    subject: str
    is_own: bool
    missing: str


def languages_of(cohort: Cohort) -> dict[str, int]:
    """Those its people read, and those the programme is held in; language -> how many read it now."""
    readers = readers_of(cohort)
    programme = cohort.programme
    named = spoken_among([*programme.languages, *(() if programme.languages else programme.organisation.languages)])
    counted: dict[str, int] = dict.fromkeys(named, 0)
    for code, number in readers.items():
        counted[spoken(code)] = counted.get(spoken(code), 0) + number
    if not readers:
        return counted
    # A language of the programme that nobody reads stays: the first applicant may come tomorrow.
    return dict(sorted(counted.items(), key=lambda entry: -entry[1]))


def choose_language(request: HttpRequest, languages: dict[str, int]) -> str:
    """The one that the address names, else the one that most read. What is written must not go to another letter."""
    wanted = request.GET.get("language", "")
    if request.method == "POST" and wanted and wanted not in languages:
        raise Conflict(_("Nobody here reads this language any more. Nothing was changed."), kept=_written(request))
    return wanted if wanted in languages else next(iter(languages))


def _written(request: HttpRequest) -> dict[str, str]:
    fields = {"subject": _("Subject"), "body": _("Letter")}
    return {label: request.POST[name] for name, label in fields.items() if name in request.POST}


def language_tabs(languages: dict[str, int], own: OwnLetters) -> list[LanguageTab]:
    changed = {kind for kind, language in own if language in languages}
    return [
        LanguageTab(code, language_name(code), number, sum((kind, code) not in own for kind in changed))
        for code, number in languages.items()
    ]


def letter_rows(cohort: Cohort, language: str, languages: dict[str, int], own: OwnLetters) -> list[LetterRow]:
    return [_letter_row(cohort, kind, language, languages, own) for kind in LETTERS.values()]


def own_letters(cohort: Cohort) -> OwnLetters:
    return {(row.kind, row.language): Letter(row.subject, row.body) for row in cohort.letters.all()}


def _letter_row(
    cohort: Cohort, kind: LetterKind, language: str, languages: dict[str, int], own: OwnLetters
) -> LetterRow:
    letter = own.get((kind.code, language))
    others = [other for other in languages if other != language and (kind.code, other) in own]
    return LetterRow(
        kind=kind,
        subject=(letter or standard_wording(cohort, kind.code, language)).subject,
        is_own=letter is not None,
        missing="" if letter else _say_missing(others, language),
    )


def _say_missing(others: list[str], language: str) -> str:
    if not others:
        return ""
    return _("Changed in %(others)s. %(language)s still has the standard wording.") % {
        "others": join_words(language_word(code) for code in others),
        "language": language_name(language),
    }
