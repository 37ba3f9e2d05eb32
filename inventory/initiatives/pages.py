"""What pages show of records: as people read it, at the level that they may see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from inventory.initiatives.contradictions import Contradiction, find_contradictions
from inventory.initiatives.models import Edition, Inquiry, Record, fold_name
from inventory.initiatives.progress import Progress, level_of, progress_of
from inventory.initiatives.queries import edition_rows
from inventory.initiatives.questionnaire import QUESTIONS, SECTIONS, is_asked, questions_of, sections_of
from inventory.initiatives.readers import Reader, counts_few, is_few, tells_few
from inventory.initiatives.rows import part_of, state_of, value_of
from inventory.initiatives.wording import Told, read_answer, read_answers, word_number
from programmes.organisations.models import Organisation
from wimmentor.base.codes import INITIATIVE_KIND, INITIATIVE_STATUS
from wimmentor.base.codes.places import country_name

FIGURES = ("D5", "D6", "D7", "F1")


@dataclass(frozen=True)
class Chapter:
    """One section of the questionnaire with what is told."""

    code: str
    title: str
    told: list[Told]
    progress: Progress

    @property
    def given(self) -> list[Told]:
        return [one for one in self.told if one.is_given or one.words]

    @property
    def open(self) -> list[Told]:
        return [one for one in self.told if not (one.is_given or one.words)]


@dataclass(frozen=True)
class Figure:
    """One number of an edition; `text` says why there is none."""

    label: str
    text: str
    is_given: bool


def title_of(record: Record) -> str:
    """Its name; where the source gives none, what it is."""
    code = record.initiative.code if record.initiative else ""
    return record.name or ", ".join(INITIATIVE_KIND.label(kind) for kind in record.kinds) or code


def status_word(record: Record) -> str:
    """The first word of the status, for a badge; the page of the initiative has the whole sentence."""
    return INITIATIVE_STATUS.label(record.status).partition(":")[0].strip() if record.status else ""


def lead_of(record: Record, *, reader: Reader = "public") -> str:
    return str(value_of(record.answers, "B5") or ("" if _hides_words(record, reader) else record.evidence))


def remarks_of(record: Record) -> str:
    """As anybody may read them."""
    return "" if _hides_words(record, "public") else record.remarks


def _hides_words(record: Record, reader: Reader) -> bool:
    return reader != "iwim" and tells_few(edition.answers for edition in record.editions.all())


def countries_of(record: Record) -> str:
    return ", ".join(country_name(code) for code in record.organisation.countries)


def chapters_of(record: Record, *, reader: Reader) -> list[Chapter]:
    """Sections that hold nothing to be told to this reader are left out."""
    level = level_of(record)
    found = [_chapter(record, section, reader) for section in sections_of(level)]
    return [chapter for chapter in found if chapter.told]


def _chapter(record: Record, section: str, reader: Reader) -> Chapter:
    level = level_of(record)
    told = read_answers(record.answers, level=level, reader=reader, section=section)
    progress = progress_of(questions_of(level, section=section), record.answers)
    return Chapter(section, str(SECTIONS[section]), told, progress)


# Where a record stands, what state an initiative is in.
BADGES = {
    "published": "done",
    "accepted": "done",
    "returned": "attention",
    "submitted": "now",
    "in_review": "now",
    "running": "done",
    "concluded": "done",
    "launching": "now",
    "concluding": "now",
}


def badge_of(state: str) -> str:
    return BADGES.get(state, "waiting")


def is_past(record: Record) -> bool:
    return not record.is_open and not record.is_current


def review_word(record: Record) -> str:
    return _("not public any more") if is_past(record) else record.get_review_display()


def short_answers(record: Record) -> list[Told]:
    """The working group's three questions."""
    return [read_answer(QUESTIONS[code], record.answers) for code in ("C1", "E1", "C6")]


def figures_of(edition: Edition, *, reader: Reader = "public") -> list[Figure]:
    return [_figure(edition, code, reader) for code in FIGURES]


def _figure(edition: Edition, code: str, reader: Reader) -> Figure:
    labels = {"D5": _("Mentees"), "D6": _("Mentors"), "D7": _("Pairs"), "F1": _("Months")}
    state = state_of(edition.answers, code)
    value = part_of(edition.answers, code, "total") if code == "D6" else value_of(edition.answers, code)
    if state == "answered" and value is not None:
        hides = reader != "iwim" and code != "F1"
        return Figure(labels[code], word_number(value, hides=hides), True)
    told = read_answer(QUESTIONS[code], edition.answers)
    return Figure(labels[code], told.answer if state != "answered" else _("Not known"), False)


def entry_rows(records: Iterable[Record], *, reader: Reader = "public") -> list[dict[str, Any]]:
    return [
        {
            "record": record,
            "title": title_of(record),
            "organisation": organisation_line(record),
            "lead": lead_of(record, reader=reader),
            "countries": countries_of(record),
            "answers": [told for told in short_answers(record) if is_asked(told.question, record.answers)],
            "badge": "waiting" if is_past(record) else badge_of(record.review),
            "word": review_word(record),
            "kinds": ", ".join(INITIATIVE_KIND.label(kind) for kind in record.kinds),
            "status": status_word(record),
            "editions": [(edition, figures_of(edition, reader=reader)) for edition in record.editions.all()],
        }
        for record in records
    ]


def editions_of(record: Record, *, reader: Reader) -> list[dict[str, Any]]:
    return [
        {
            "edition": edition,
            "figures": figures_of(edition, reader=reader),
            "told": [one for one in _read_edition(edition, record, reader) if one.is_given or one.words],
        }
        for edition in record.editions.all()
    ]


def _read_edition(edition: Edition, record: Record, reader: Reader) -> Iterator[Told]:
    """With a figure that is hidden go the words beside it."""
    for one in read_answers(edition.answers, level="edition", reader=reader, about=record.answers):
        hides = reader != "iwim" and counts_few(one.question, edition.answers.get(one.question.code, {}))
        yield replace(one, words="") if hides else one


def contradictions_of(record: Record) -> list[Contradiction]:
    return find_contradictions(record.answers, edition_rows(record.editions.all()))


def inquiries_of(record: Record) -> Iterator[tuple[Inquiry, str]]:
    """IWiM's open questions with the question of the survey that each is about."""
    for inquiry in record.inquiries.all():
        if inquiry.settled_at is None:
            question = QUESTIONS.get(inquiry.question)
            yield inquiry, str(question.text) if question else ""


def changes_since(record: Record) -> dict[str, Told]:
    """Of a record that was carried forward: what was told before, where it is told otherwise now."""
    before = record.carried_from
    if before is None:
        return {}
    level = level_of(record)
    earlier = read_answers(before.answers, level=level, reader="iwim")
    return told_otherwise(earlier, read_answers(record.answers, level=level, reader="iwim"))


def told_otherwise(before: Iterable[Told], now: Iterable[Told]) -> dict[str, Told]:
    earlier = {told.question.code: told for told in before}
    return {
        told.question.code: earlier[told.question.code]
        for told in now
        if told.question.code in earlier
        and (told.answer, told.words) != (earlier[told.question.code].answer, earlier[told.question.code].words)
    }


def organisation_line(record: Record) -> str:
    """Its organisation, a chapter with the one that it is part of."""
    organisation = record.organisation
    if organisation.part_of is None or getattr(record, "hides_parent", False):
        return organisation.name
    return _("%(chapter)s, part of %(organisation)s") % {"chapter": organisation, "organisation": organisation.part_of}


@dataclass(frozen=True)
class Proposal:
    """An initiative of the sector that an organisation told IWiM about."""

    by: Organisation
    sheet: int
    row: int
    values: dict[str, str]


def proposals_in(sheets: Iterable[Record], known: set[str]) -> list[Proposal]:
    """Without those that are in the inventory by name."""
    return [
        Proposal(sheet.organisation, sheet.pk, number, row)
        for sheet in sheets
        for number, row in enumerate(value_of(sheet.answers, "K3") or ())
        if row.get("name") and fold_name(row["name"]) not in known
    ]


HEADINGS = (
    *("id", "organisation", "country", "kinds", "status", "scope", "matching_method", "mentor_target", "reach"),
    *("edition", "year", "mentee_count", "mentor_count", "pair_count", "duration_months", "as_of", "source"),
)


def export_rows(records: Iterable[Record]) -> Iterable[list[Any]]:
    """One row per edition, or one without figures; unknown is empty, codes are joined by `;`. Figures of one to four
    people stay empty too."""
    for r in records:
        head = [r.initiative.code if r.initiative else "", r.organisation.name, ";".join(r.organisation.countries)]
        head += [";".join(r.kinds), r.status, ";".join(r.scope), ";".join(r.matching_methods), r.mentor_target]
        head += [value_of(r.answers, "B8")]
        editions: list[Edition | None] = [*r.editions.all()]
        for edition in editions or [None]:
            yield [*head, *_export_figures(edition), r.as_of, r.source]


def _export_figures(edition: Edition | None) -> list[Any]:
    if edition is None:
        return [None] * 6
    a = edition.answers
    people = [value_of(a, "D5"), part_of(a, "D6", "total"), value_of(a, "D7")]
    shown = [None if number is None or is_few(number) else number for number in people]
    return [edition.label, edition.year, *shown, value_of(a, "F1")]
