"""The wording of a cohort's e-mails: the organisation's own, else the blueprint's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from programmes.cohorts.blueprints import LETTERS
from programmes.cohorts.models import Cohort, CohortLetter
from programmes.outbox.rendering import MARK, PLACEHOLDER, fill
from wimmentor.base.errors import DomainError

FALLBACK_LANGUAGE = "en"


@dataclass(frozen=True)
class Letter:
    subject: str
    body: str


def compose_letter(*, cohort: Cohort, kind: str, language: str, values: Mapping[str, object]) -> Letter:
    """Filled but for its [[link:...]] marks. Programme, cohort, organisation and dates are filled unasked."""
    wording = find_wording(cohort, kind, language)
    with override(language):
        known = {**values_of(cohort), **values}
    subject = " ".join(fill(wording.subject, known).split())
    return Letter(subject=subject[:200], body=fill(wording.body, known))


def find_wording(cohort: Cohort, kind: str, language: str) -> Letter:
    """In `language` if the cohort or the blueprint has it, else in English."""
    rows = {row.language: row for row in CohortLetter.objects.filter(cohort=cohort, kind=kind)}
    texts = LETTERS[kind].texts
    for wanted in (language, FALLBACK_LANGUAGE):
        if wanted in rows:
            return Letter(rows[wanted].subject, rows[wanted].body)
        if wanted in texts:
            return Letter(*texts[wanted])
    raise LookupError(kind)


def values_of(cohort: Cohort) -> dict[str, object]:
    return {
        "programme": cohort.programme.name,
        "cohort": cohort.name,
        "organisation": cohort.programme.organisation.name,
        "kickoff": _name_day(cohort.kickoff_on),
        "decisions_on": _name_day(cohort.decisions_on),
    }


def sample_values(cohort: Cohort) -> dict[str, object]:
    """For previews: nobody real."""
    return {
        **values_of(cohort),
        "first_name": "Lucía",
        "other_first_name": "Carmen",
        "about_other": _("Carmen is a mine planner in Chile and speaks Spanish and English."),
        "why": _("She moved from geology to mine planning, as you want to."),
        "deadline": _name_day(cohort.answers_by),
    }


def preview_letter(cohort: Cohort, wording: Letter) -> Letter:
    """As it reads for somebody invented; a link shows as words."""
    values = sample_values(cohort)
    body = MARK.sub(lambda found: _("(her own link)"), fill(wording.body, values))
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
