"""match, export_pairs, export_scores, verify_run: literally as scripts use them."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from matching.board.domain import pair_by_hand
from matching.runs.models import MatchingRun
from programmes.applications.models import Application
from tests.matching.board.cast import Cast, accept, make_cast, run_matching
from tests.processes import Site
from wimmentor import bootstrap

COHORT = "wim-cordillera/primera-veta/cohort-2091"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def run_command(*words: Any) -> str:
    out = io.StringIO()
    call_command(*map(str, words), stdout=out)
    return out.getvalue()


def read_csv(*words: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run_command(*words))))


def test_pairs_with_points(cast: Cast) -> None:
    rows = read_csv("export_pairs", COHORT)

    assert list(rows[0]) == ["mentee_email", "mentor_email", "points"]
    assert {(row["mentee_email"], row["mentor_email"], int(row["points"])) for row in rows} == set(
        cast.run.proposals.values_list("mentee__email", "mentor__email", "points")
    )


def test_scores_of_every_mentee_with_every_mentor(cast: Cast) -> None:
    Application.objects.filter(first_name="Lucía").update(languages=("fr",), not_with="Carmen Ibáñez")
    Application.objects.filter(first_name="Elena").update(capacity=0)
    run_matching(cast.cohort)

    rows = read_csv("export_scores", cast.cohort.pk)

    assert list(rows[0]) == ["mentee_email", "mentor_email", "points", "rule"]
    assert len(rows) == 6
    assert all((row["points"] == "") == (row["rule"] != "") for row in rows)
    rules = {(row["mentee_email"], row["mentor_email"]): row["rule"] for row in rows if row["rule"]}
    assert rules == {
        (cast["Lucía"].email, cast["Carmen"].email): "not_with",
        (cast["Lucía"].email, cast["Elena"].email): "language",
    }


def test_scores_name_the_rule_that_a_locked_pair_breaks(cast: Cast) -> None:
    Application.objects.filter(first_name="Lucía").update(years_experience=14)
    pair_by_hand(cohort=cast.cohort, mentee=cast["Lucía"], mentor=cast["Carmen"], by=cast.by, despite="seniority_gap")
    run = run_matching(cast.cohort)

    scores = {(row["mentee_email"], row["mentor_email"]): row for row in read_csv("export_scores", COHORT)}
    pairs = {row["mentee_email"]: row for row in read_csv("export_pairs", COHORT)}

    lucia, carmen = cast["Lucía"].email, cast["Carmen"].email
    assert (scores[lucia, carmen]["points"], scores[lucia, carmen]["rule"]) == ("", "seniority_gap")
    assert (pairs[lucia]["mentor_email"], int(pairs[lucia]["points"]) > 0) == (carmen, True)
    assert "valid and proven best" in run_command("verify_run", run.pk)


def test_an_earlier_run_is_exported_by_its_number(cast: Cast) -> None:
    Application.objects.filter(first_name="Ana").update(status="withdrawn")
    run_matching(cast.cohort)

    assert len(read_csv("export_pairs", COHORT, "--run", cast.run.pk)) == 3
    assert len(read_csv("export_pairs", COHORT)) == 2


def test_verify_run_says_what_does_not_hold(cast: Cast) -> None:
    solution = cast.run.solution
    assert solution is not None
    stages = {stage["name"]: stage for stage in solution["certificate"]["stages"]}
    stages["total"]["value"] += 1
    MatchingRun.objects.filter(pk=cast.run.pk).update(solution=solution)

    with pytest.raises(CommandError, match=f"The proof of run {cast.run.pk} does not hold: .*Stage 'total'"):
        run_command("verify_run", cast.run.pk)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["verify_run", "999"], "There is no run 999"),
        (["export_pairs", COHORT, "--run", "999"], "This cohort has no finished run 999"),
        (["export_scores", "wim-cordillera/primera-veta/nothing"], "has no cohort “nothing”"),
        (["match", COHORT, "--settings-file", "no-such-file.json"], "cannot be read as JSON"),
    ],
)
def test_refused_in_a_sentence(cast: Cast, words: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        run_command(*words)


def test_settings_must_be_an_object(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text("[]", encoding="utf-8")

    with pytest.raises(CommandError, match="must hold one JSON object"):
        run_command("match", COHORT, "--settings-file", path)


def test_without_waiting_the_run_is_queued(cast: Cast) -> None:
    said = run_command("match", COHORT)

    assert said == f"Run {MatchingRun.objects.latest('pk').pk} is queued.\n"


@pytest.mark.django_db(transaction=True)
def test_match_waits_without_any_other_process() -> None:
    cast = make_cast()
    accept(cast.cohort, "Paula Vega", "mentee", languages=("fr",))

    document = json.loads(run_command("match", COHORT, "--json"))

    run = MatchingRun.objects.latest("pk")
    assert document == {
        "run": run.pk,
        "status": "optimal",
        "pairs": 3,
        "points": run.points,
        "proof_checked": True,
        "unmatched": [{"mentee_email": "paula@wim-cordillera.example.org", "reason": "no_admissible_mentor"}],
    }


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (["manage.py", "match", "7", "--settings", "a.json"], ["manage.py", "match", "7", "--settings-file", "a.json"]),
        (["manage.py", "match", "7", "--settings=a.json"], ["manage.py", "match", "7", "--settings-file=a.json"]),
        (["manage.py", "check", "--settings", "site.py"], ["manage.py", "check", "--settings", "site.py"]),
        (["manage.py"], ["manage.py"]),
    ],
)
def test_settings_of_match_are_not_djangos(given: list[str], meant: list[str]) -> None:
    assert bootstrap.rename_settings(given) == meant


@pytest.mark.processes
def test_match_with_settings_as_a_process(live_site: Site, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"hard": []}', encoding="utf-8")

    done = live_site.manage("match", "nobody/nothing/never", "--settings", str(path), "--json", check=False)

    assert (done.returncode, done.stdout) == (1, "")
    assert "There is no programme of an organisation “nobody”." in done.stderr
