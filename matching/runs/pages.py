"""What the pages of a run show, worded: rows, reasons, the proof in plain words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from matching.runs.models import MatchingRun, Proposal
from matching.runs.own_questions import question_words
from matching.runs.people import words_of
from matching.runs.reason_wording import reason_sentences
from matching.runs.wording import (
    STAGES,
    Telling,
    criterion_name,
    part_sentence,
    short_name,
    why_sentences,
)
from programmes.applications.models import Application


@dataclass(frozen=True)
class PairRow:
    proposal: Proposal
    parts: list[dict[str, Any]]
    why: str


@dataclass(frozen=True)
class UnmatchedRow:
    mentee: Application
    sentences: list[str]


def drawn_parts(parts: Sequence[dict[str, Any]], words: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """For the core bar: name, weight, score and whether it was answered. `words`: as `question_words` finds them."""
    return [
        {
            "criterion": criterion_name(part["criterion"], words or {}),
            "short": short_name(part["criterion"]),
            "weight": part["weight"],
            "score": part["score"],
            "unknown": part["code"].endswith(".unknown"),
        }
        for part in parts
    ]


def telling_of(pair: Proposal) -> Telling:
    return Telling(pair.mentee.short_name, pair.mentor.short_name)


def pair_rows(proposals: Sequence[Proposal]) -> list[PairRow]:
    people = [person for proposal in proposals for person in (proposal.mentee, proposal.mentor)]
    words = {**words_of(people), **question_words((part for each in proposals for part in each.parts), people)}
    return [
        PairRow(each, drawn_parts(each.parts, words), " ".join(why_sentences(each.parts, words, telling_of(each))))
        for each in proposals
    ]


def part_rows(parts: Sequence[dict[str, Any]], people: Sequence[Application]) -> list[dict[str, Any]]:
    words = {**words_of(people), **question_words(parts, people)}
    return [
        {**drawn, "points": part["points"], "full": part["weight"] * 100, "sentence": part_sentence(part, words)}
        for part, drawn in zip(parts, drawn_parts(parts, words), strict=True)
    ]


def unmatched_rows(run: MatchingRun, known: Mapping[int, Application] | None = None) -> list[UnmatchedRow]:
    """`known`: people by id where the page has them already; whoever is not among them is left out."""
    reasons = (run.solution or {}).get("unmatched", [])
    if known is None:
        named = {pk for reason in reasons for pk in (reason["mentee_id"], *reason["values"].get("people", []))}
        known = Application.objects.in_bulk([int(pk) for pk in named])
    words = words_of(known.values())
    return [
        UnmatchedRow(known[int(reason["mentee_id"])], reason_sentences(reason, known, words))
        for reason in reasons
        if int(reason["mentee_id"]) in known
    ]


def spare_mentors(run: MatchingRun) -> list[Application]:
    ids = [int(pk) for pk in (run.solution or {}).get("spare_mentors", [])]
    return list(Application.objects.filter(pk__in=ids).order_by("name_folded", "pk"))


def progress_sentence(run: MatchingRun) -> str:
    job = run.job
    stage = str(STAGES.get(job.progress_stage, STAGES[""]))
    if job.state == "queued":
        return _("Waiting for its turn.")
    if job.progress_total:
        return _("%(stage)s: %(done)s of %(total)s") % {
            "stage": stage.capitalize(),
            "done": job.progress_done,
            "total": job.progress_total,
        }
    return stage.capitalize() + "."
