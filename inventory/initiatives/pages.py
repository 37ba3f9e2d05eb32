"""Answers as people read them: unknown is not no, and never an empty cell."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from inventory.initiatives.models import Edition, Initiative
from wimmentor.base.codes import (
    ANSWER_STATE,
    INITIATIVE_KIND,
    INITIATIVE_STATUS,
    MATCHING_METHOD,
    MENTOR_TARGET_GENDER,
    REGION_SCOPE,
    SENIORITY_BAND,
)
from wimmentor.base.codes.codelist import CodeList
from wimmentor.base.codes.places import country_name


@dataclass(frozen=True)
class Answer:
    question: str
    text: str
    state: str

    @property
    def is_given(self) -> bool:
        return self.state == "answered"


def _answer(question: str, values: Iterable[str], codes: CodeList, state: str, words: str = "") -> Answer:
    text = ", ".join(codes.label(value) for value in values if value)
    if words:
        text = f"{text} (“{words}”)" if text else f"“{words}”"
    return Answer(question, text or ANSWER_STATE.label(state), state if not text else "answered")


def answers_of(initiative: Initiative) -> list[Answer]:
    i = initiative
    return [
        _answer(_("Kind"), i.kinds, INITIATIVE_KIND, i.kinds_state),
        _answer(_("Status"), [i.status], INITIATIVE_STATUS, i.status_state),
        _answer(_("For whom"), i.scope, SENIORITY_BAND, i.scope_state, i.scope_words),
        _answer(_("Matching"), i.matching_methods, MATCHING_METHOD, i.matching_state, i.matching_words),
        _answer(_("Mentors"), [i.mentor_target], MENTOR_TARGET_GENDER, i.mentor_target_state),
        _answer(_("Reach"), [i.reach], REGION_SCOPE, "unknown"),
        Answer(_("Start"), i.starts or ANSWER_STATE.label("unknown"), "answered" if i.starts else "unknown"),
    ]


def figures_of(edition: Edition) -> list[Answer]:
    names = {
        "mentee_count": _("Mentees"),
        "mentor_count": _("Mentors"),
        "pair_count": _("Pairs"),
        "months": _("Months"),
    }
    figures = []
    for name, label in names.items():
        value, state = getattr(edition, name), getattr(edition, f"{name}_state")
        figures.append(
            Answer(
                label,
                ANSWER_STATE.label(state) if value is None else f"{value:g}" if name == "months" else str(value),
                state,
            )
        )
    return figures


def entry_rows(initiatives: Iterable[Initiative]) -> list[dict[str, Any]]:
    return [
        {
            "initiative": initiative,
            "title": title_of(initiative),
            "countries": ", ".join(country_name(code) for code in initiative.organisation.countries),
            "answers": answers_of(initiative)[2:5],
            "kinds": answers_of(initiative)[0].text,
            "status": status_word(initiative),
            "editions": [(edition, figures_of(edition)) for edition in initiative.editions.all()],
        }
        for initiative in initiatives
    ]


def status_word(initiative: Initiative) -> str:
    """The first word of the status, for a badge; the page of the initiative has the whole sentence."""
    return INITIATIVE_STATUS.label(initiative.status).partition(":")[0].strip() if initiative.status else ""


def title_of(initiative: Initiative) -> str:
    """Its name; where the source gives none, what it is."""
    return initiative.name or ", ".join(INITIATIVE_KIND.label(kind) for kind in initiative.kinds) or initiative.code


HEADINGS = (
    *("id", "organisation", "country", "kinds", "status", "scope", "matching_method", "mentor_target", "reach"),
    *("edition", "year", "mentee_count", "mentor_count", "pair_count", "duration_months", "as_of", "source"),
)


def export_rows(initiatives: Iterable[Initiative]) -> Iterable[list[Any]]:
    """One row per edition, or one without figures; unknown is empty, codes are joined by `;`."""
    for initiative in initiatives:
        i = initiative
        head = [i.code, i.organisation.name, ";".join(i.organisation.countries), ";".join(i.kinds), i.status]
        head += [";".join(i.scope), ";".join(i.matching_methods), i.mentor_target, i.reach]
        editions: list[Edition | None] = [*i.editions.all()]
        for e in editions or [None]:
            figures = [e.label, e.year, e.mentee_count, e.mentor_count, e.pair_count, e.months] if e else [None] * 6
            yield [*head, *figures, i.as_of, i.source]
