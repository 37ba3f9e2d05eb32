"""What a run found beside its pairs: rules counted, and mentors who are missing."""

from typing import Any

from matching.runs.missing_pages import MOST_PROFILES, missing_panel
from matching.runs.models import MatchingRun
from matching.runs.rule_pages import rule_rows
from programmes.applications.models import Application


def findings_of(run: MatchingRun) -> dict[str, Any]:
    """Context of _rules.html and _missing.html; runs of earlier versions found nothing of it."""
    if not run.findings:
        return {"rules": [], "missing": None}
    rules, missing = run.findings["rules"], run.findings["missing"]
    ids = {pk for count in rules for pk in (*count["mentees"], *count["mentors"])} | set(missing["out_of_reach"])
    ids |= {pk for profile in missing["profiles"][:MOST_PROFILES] for pk in profile["mentee_ids"]}
    people = Application.objects.in_bulk([int(pk) for pk in sorted(ids)])
    return {"rules": rule_rows(rules, people), "missing": missing_panel(missing, people)}
