"""What commands and exports say about a run."""

from collections.abc import Iterator
from typing import Any

from matching.runs.child import run_engine
from matching.runs.domain import recheck_run
from matching.runs.models import MatchingRun
from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from wimmentor.base.errors import DomainError


def finished_run(cohort: Cohort, pk: int | None = None) -> MatchingRun:
    runs = MatchingRun.objects.filter(cohort=cohort, finished_at__isnull=False).order_by("-pk")
    run = (runs if pk is None else runs.filter(pk=pk)).first()
    if run is None:
        raise DomainError(
            f"This cohort has no finished run {pk}." if pk else "This cohort has no finished run.", code="no_run"
        )
    return run


def emails_of(run: MatchingRun) -> dict[str, str]:
    ids = [person["id"] for side in ("mentees", "mentors") for person in run.input[side]]
    return {str(pk): email for pk, email in Application.objects.filter(pk__in=ids).values_list("pk", "email")}


def summary_of(run: MatchingRun) -> dict[str, Any]:
    """`proof_checked` only after verify ran, here and now, on the stored result."""
    report = recheck_run(run=run)
    emails = emails_of(run)
    solution: dict[str, Any] = run.solution or {}
    return {
        "run": run.pk,
        "status": run.status,
        "pairs": run.pair_count,
        "points": run.points,
        "proof_checked": report["valid"] and report["optimal"],
        "unmatched": [
            {"mentee_email": emails.get(row["mentee_id"], ""), "reason": row["code"]} for row in solution["unmatched"]
        ],
    }


def pair_lines(run: MatchingRun) -> Iterator[tuple[str, str, int]]:
    emails = emails_of(run)
    for pair in (run.solution or {})["pairs"]:
        yield emails.get(pair["mentee_id"], ""), emails.get(pair["mentor_id"], ""), pair["points"]


def score_lines(run: MatchingRun) -> Iterator[tuple[str, str, int | str, str]]:
    """Every accepted mentee x accepted mentor: points empty exactly where a rule excludes the pair."""
    emails = emails_of(run)
    scores = run_engine("scores", run.input, beat=lambda progress: None, every=60)
    names: list[str] = scores["rule_names"]
    for mentee, points, rules in zip(scores["mentee_ids"], scores["points"], scores["rules"], strict=True):
        for mentor, value, rule in zip(scores["mentor_ids"], points, rules, strict=True):
            yield emails.get(mentee, ""), emails.get(mentor, ""), "" if value is None else value, names[rule]
