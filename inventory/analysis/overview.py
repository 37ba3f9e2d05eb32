"""The first look at what was told: kinds of support, what was told and what not, whom it is for.

The results of a wave, the public directory and the analysis show it by the same parts of pages
(`templates/inventory/analysis/_*.html`), which take what `overview_of` gives.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from inventory.analysis.derived import MATCHING
from inventory.analysis.field import Field, field_of
from inventory.analysis.levels import Level, Survey, survey_for
from inventory.analysis.pages.sheets import Sheet, bars_of, make_told_bar
from inventory.analysis.pages.words import say_count, say_list, say_number, say_of, shorten
from inventory.analysis.tables import Tally, tally
from inventory.analysis.telling import telling
from inventory.initiatives.questionnaire import QUESTIONS
from inventory.initiatives.questionnaire.question import Label
from inventory.initiatives.rows import Bundle

# What the working group asked of every programme, and what it needs to be found.
ASKED: dict[str, Promise] = {
    "B3": gettext_lazy("Whether it runs, starts or ends"),
    "C1": gettext_lazy("Seniority of the mentees"),
    "C6": gettext_lazy("Women or men as mentors"),
    "D7": gettext_lazy("How many pairs"),
    "E1": gettext_lazy("How pairs are made"),
    "F4": gettext_lazy("In which languages"),
}
# All answers that the first look is made of.
READ = ("B2", *ASKED)
EVERYBODY = "all"


@dataclass(frozen=True)
class Part:
    """One chart with its sentence; `meta`: beside the heading."""

    sheet: Sheet
    sentence: str
    meta: str = ""


@dataclass(frozen=True)
class Overview:
    """`figures`: (what, number) for the head of a page; `lead`: the same in a sentence."""

    lead: str
    figures: list[tuple[str, str]]
    kinds: Part
    told: Part
    for_whom: Part
    left_out: int
    hides: bool


def overview_of(rows: Bundle, level: Level) -> Overview:
    return make_overview(survey_for(rows, level))


def make_overview(survey: Survey) -> Overview:
    kinds = tally(survey.initiatives, field_of(QUESTIONS["B2"]), survey.level)
    bands = tally(survey.initiatives, field_of(QUESTIONS["C1"]), survey.level)
    methods = tally(survey.initiatives, MATCHING, survey.level)
    parts = show_kinds(kinds), show_told(survey, _asked()), show_bands(bands)
    figures = [
        (_("initiatives"), say_number(len(survey.initiatives))),
        (_("organisations heard"), say_number(len(survey.organisations))),
        (_("one-to-one programmes"), say_count(kinds.counts["mentoring_1to1"])),
        (_("say how they make pairs"), say_count(methods.told)),
    ]
    return Overview(_lead(survey), figures, *parts, survey.left_out, any(part.sheet.hides for part in parts))


def show_kinds(found: Tally) -> Part:
    sheet = bars_of(found, "kinds", caption=_("Initiatives by kind"), unit=_("Initiatives"))
    sentence = ""
    if sheet.lines:
        most = sheet.lines[0]
        count = say_of(found.counts[most.code], found.total)
        sentence = _("Most often: %(kind)s, in %(count)s initiatives.") % {"kind": most.label, "count": count}
    return Part(sheet, sentence, _("an initiative can be several"))


def show_bands(found: Tally) -> Part:
    """From those who begin to those who lead; all levels stand last."""
    caption = _("Initiatives by seniority of mentees")
    sheet = bars_of(found, "scope", caption=caption, unit=_("Initiatives"), zeros=True, in_order=True)
    counts = {code: found.counts[code] for code in found.codes}
    most = max((count.known for count in counts.values()), default=0)
    largest = [shorten(found.field.word(code)) for code, count in counts.items() if most and count.known == most]
    none = [code for code, count in counts.items() if count.number == 0 and code != EVERYBODY]
    nobody = [shorten(found.field.word(code)) for code in none]
    sentences = [_("Most are for: %(bands)s.") % {"bands": say_list(largest)}] if largest else []
    if nobody and largest and counts[EVERYBODY].number == 0:
        sentences.append(_("No initiative names: %(bands)s.") % {"bands": say_list(nobody, most=12)})
    said = _("%(count)s initiatives say so") % {"count": say_of(found.told, found.total)}
    return Part(sheet, " ".join(sentences) or _("No initiative says whom it is for."), said)


def _asked() -> list[tuple[Field, Label]]:
    return [(field, label) for code, label in ASKED.items() for field in telling(code)]


def show_told(survey: Survey, asked: Iterable[tuple[Field, Label]]) -> Part:
    """Of each question: how many initiatives answer it, of those it is asked of."""
    tallies = [(tally(survey.initiatives, field, survey.level), str(label)) for field, label in asked]
    lines = [make_told_bar(found, label) for found, label in tallies]
    never = [label for found, label in tallies if found.told.number == 0]
    sentence = _("Not told by any: %(questions)s.") % {"questions": say_list(never)} if never else ""
    head = [_("Question"), _("Initiatives that answer it")]
    hides = any(found.told.is_hidden for found, _label in tallies)
    caption = _("Questions, and how many initiatives answer them")
    sheet = Sheet("told", caption, head, lines, raw_head=[*head, _("Asked of")], hides=hides)
    return Part(sheet, sentence)


def _lead(survey: Survey) -> str:
    number, heard = len(survey.initiatives), len(survey.organisations)
    initiatives = ngettext("%(number)s initiative", "%(number)s initiatives", number) % {"number": say_number(number)}
    organisations = ngettext("%(number)s organisation", "%(number)s organisations", heard) % {
        "number": say_number(heard)
    }
    return _("%(initiatives)s; %(organisations)s heard. Unknown is not no.") % {
        "initiatives": initiatives,
        "organisations": organisations,
    }
