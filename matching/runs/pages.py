"""What the pages of a run show, worded: rows, reasons, the proof in plain words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from matching.runs.models import MatchingRun, Proposal
from matching.runs.own_questions import question_words
from matching.runs.people import words_of
from matching.runs.wording import (
    STAGES,
    Telling,
    criterion_name,
    part_sentence,
    reason_sentences,
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
    people = Application.objects.in_bulk([int(reason["mentee_id"]) for reason in reasons]) if known is None else known
    return [
        UnmatchedRow(people[int(reason["mentee_id"])], reason_sentences(reason))
        for reason in reasons
        if int(reason["mentee_id"]) in people
    ]


def spare_mentors(run: MatchingRun) -> list[Application]:
    ids = [int(pk) for pk in (run.solution or {}).get("spare_mentors", [])]
    return list(Application.objects.filter(pk__in=ids).order_by("name_folded", "pk"))


def proof_panel(run: MatchingRun, *, stale: bool = False) -> dict[str, Any]:
    """Context of components/proof.html. It never claims more than `verify` confirmed."""
    totals = (run.solution or {})["totals"]
    figures = [
        (_("Pairs"), _("%(pairs)s of %(mentees)s") % totals),
        (_("Mean"), _points(totals["mean_x100"], 10000)),
        (_("Lowest"), _points(totals["lowest"], 100)),
    ]
    locked = sum(pair["locked"] for pair in run.solution["pairs"]) if run.solution else 0
    if stale:
        state, sentence = "stale", _("People, rules or settings changed after this was proven. Run it again.")
    elif not run.proof_checked:
        state, sentence = "failed", _("The proof of this result did not hold when it was checked. Do not send it.")
    elif locked:
        state, sentence = "proven", _("Proven best around the pairs that are fixed.")
    else:
        state = "proven"
        sentence = _("Proven best: no other matching of these people places more or scores higher.")
    detail = _(
        "%(count)s possible pairs compared in %(seconds)s seconds, and checked by a second program that does not know "
        "how the first one works."
    ) % {
        "count": number_format(totals["admissible_pairs"], force_grouping=True),
        "seconds": number_format((run.solve_ms or 0) / 1000, 1),
    }
    return {"state": state, "sentence": sentence, "figures": figures, "detail": detail}


def proof_figures(run: MatchingRun) -> list[tuple[str, float]]:
    """What somebody with a calculator needs. Pairs that were fixed are outside the price tags."""
    solution: dict[str, Any] = run.solution or {}
    totals, stage = solution["totals"], solution["certificate"]["total"]
    free = [pair["points"] for pair in solution["pairs"] if not pair["locked"]]
    return [
        (_("Mentees"), totals["mentees"]),
        (_("Mentors"), totals["mentors"]),
        (_("Places"), totals["places"]),
        (_("Possible pairs"), totals["admissible_pairs"]),
        (_("Pairs"), totals["pairs"]),
        (_("of them fixed beforehand"), totals["pairs"] - len(free)),
        (_("Points of all pairs"), totals["points"] / 100),
        (_("Worth of one more pair"), stage["bonus"]),
        (_("Sum of all price tags"), stage["value"]),
        (_("Worth of the pairs that were not fixed"), sum(free) + stage["bonus"] * len(free)),
    ]


def _points(value: int | None, unit: int) -> str:
    return "–" if value is None else number_format(value / unit, decimal_pos=1)


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
