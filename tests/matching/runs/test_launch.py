"""What a run freezes, and what stops it before it begins."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from matching.board.domain import forbid_pair, lock_pair
from matching.runs.domain import JOB_KIND, is_stale, launch_run
from matching.runs.models import MatchingRun
from programmes.applications.models import Application
from programmes.audit.models import AuditEvent
from programmes.cohorts.models import Cohort, Minutes
from programmes.jobs.models import Job
from tests.matching.board.cast import Cast, accept, make_cast, run_matching
from wimmentor.base.actors import SYSTEM
from wimmentor.base.errors import Conflict, DomainError

pytestmark = pytest.mark.django_db


def ids(cast: Cast, mentee: str, mentor: str) -> list[str]:
    return [str(cast[mentee].pk), str(cast[mentor].pk)]


def emails(cast: Cast, mentee: str, mentor: str) -> list[str]:
    return [cast[mentee].email, cast[mentor].email]


def test_frozen_input_holds_no_name_address_or_free_word(cast: Cast) -> None:
    Application.objects.filter(first_name="Lucía").update(
        goals=("career_direction", "Learn to weld underwater"),
        function="Diver",
        employer="Orex",
        not_with="Bruno Salas\nboss@example.org",
        line_manager_email="boss@example.org",
        notes="Nervous about this",
    )

    frozen = json.dumps(launch_run(cohort=cast.cohort, by=cast.by).input, ensure_ascii=False).casefold()

    words = ["lucía", "paredes", "carmen", "ibáñez", "example.org", "@", "weld", "diver", "orex", "salas", "nervous"]
    assert [word for word in words if word in frozen] == []


def test_job_run_event_and_minutes_are_written_together(cast: Cast) -> None:
    run = launch_run(cohort=cast.cohort, by=cast.by)

    job = Job.objects.get(pk=run.job_id)
    event = AuditEvent.objects.get(verb="matching.launched", subject_id=run.pk)
    assert (job.kind, job.subject_id, job.state) == (JOB_KIND, run.pk, "queued")
    assert event.details == {"mentees": 3, "mentors": 2}
    assert Minutes.objects.filter(cohort=cast.cohort, user=cast.rosa, task="matching").count() == 1


def test_one_run_of_a_cohort_at_a_time(cast: Cast) -> None:
    launch_run(cohort=cast.cohort, by=cast.by)

    with pytest.raises(Conflict, match="being worked out already"):
        launch_run(cohort=cast.cohort, by=cast.by)

    assert MatchingRun.objects.filter(cohort=cast.cohort, finished_at=None).count() == 1


def test_only_accepted_people_of_this_cohort_go_in(cast: Cast) -> None:
    make_cast("wim-altiplano")
    accept(cast.cohort, "Paula Vega", "mentee")
    Application.objects.filter(first_name="Paula").update(status="waitlisted")

    frozen = launch_run(cohort=cast.cohort, by=SYSTEM).input

    assert (len(frozen["mentees"]), len(frozen["mentors"])) == (3, 2)


def test_a_cohort_without_anybody_is_a_result_with_no_pairs(cast: Cast) -> None:
    Application.objects.filter(cohort=cast.cohort, role="mentor").update(status="declined")

    run = run_matching(cast.cohort)

    assert (run.pair_count, run.points, run.proof_checked) == (0, 0, True)
    assert {reason["code"] for reason in (run.solution or {})["unmatched"]} == {"no_mentors"}


def test_overrides_stand_beside_the_cohorts_own_settings(cast: Cast) -> None:
    overrides = {
        "min_gap_months": 6,
        "locked": [emails(cast, "Lucía", "Elena")],
        "forbidden": [emails(cast, "Ana", "Elena")],
    }

    settings = launch_run(cohort=cast.cohort, by=SYSTEM, overrides=overrides).input["settings"]

    own = cast.cohort.matching_settings
    assert (settings["min_gap_months"], settings["weights"]) == (6, own["weights"])
    assert (settings["locked"], settings["forbidden"]) == ([ids(cast, "Lucía", "Elena")], [ids(cast, "Ana", "Elena")])


def test_rules_of_the_board_go_in(cast: Cast) -> None:
    people: dict[str, Any] = {"cohort": cast.cohort, "by": cast.by}
    lock_pair(mentee=cast["Lucía"], mentor=cast["Elena"], **people)
    forbid_pair(mentee=cast["Ana"], mentor=cast["Elena"], **people)

    settings = launch_run(cohort=cast.cohort, by=SYSTEM).input["settings"]

    assert (settings["locked"], settings["forbidden"]) == ([ids(cast, "Lucía", "Elena")], [ids(cast, "Ana", "Elena")])


REFUSED: list[tuple[Mapping[str, Any], str]] = [
    ({"colour": "blue"}, "Unknown settings: colour"),
    ({"weights": {"goals": 100}}, "A weight is missing"),
    ({"fairness": "lottery"}, "Fairness is one of: none, bottleneck, bands."),
    ({"fairness": "bands", "bands": [40, 101]}, "Bands are 1 to 10 whole numbers from 1 to 100, the smallest first."),
    ({"bands": [70, 40]}, "Bands are 1 to 10 whole numbers"),
    ({"bands": 40}, "The settings cannot be read"),
    ({"locked": [["nobody@example.org", "x@example.org"]]}, "nobody@example.org is not an accepted person"),
    ({"locked": "all"}, "Pairs are written as a list"),
    ({"forbidden": [["a@example.org"]]}, "Pairs are written as"),
    ({"min_gap_months": "many"}, "The settings cannot be read"),
]


@pytest.mark.parametrize(("overrides", "sentence"), REFUSED, ids=[case[1] for case in REFUSED])
def test_settings_that_cannot_be_used_are_refused_in_a_sentence(
    cast: Cast, overrides: Mapping[str, Any], sentence: str
) -> None:
    with pytest.raises(DomainError, match=sentence):
        launch_run(cohort=cast.cohort, by=SYSTEM, overrides=overrides)

    assert MatchingRun.objects.filter(finished_at=None).count() == 0


def test_a_lock_that_became_impossible_is_named(cast: Cast) -> None:
    lock_pair(cohort=cast.cohort, mentee=cast["Lucía"], mentor=cast["Carmen"], by=cast.by)
    Application.objects.filter(first_name="Lucía").update(not_with="Carmen Ibáñez")

    with pytest.raises(DomainError, match="The locked pair of Lucía Paredes cannot stay: one of them asked"):
        launch_run(cohort=cast.cohort, by=SYSTEM)


def test_stale_when_people_or_weights_change(cast: Cast) -> None:
    fresh = is_stale(cast.run)
    Cohort.objects.filter(pk=cast.cohort.pk).update(
        matching_settings={**cast.cohort.matching_settings, "min_gap_months": 30}
    )
    other_gap = is_stale(MatchingRun.objects.get(pk=cast.run.pk))
    Cohort.objects.filter(pk=cast.cohort.pk).update(matching_settings=cast.cohort.matching_settings)
    Application.objects.filter(first_name="Ana").update(years_experience=4)

    assert (fresh, other_gap, is_stale(MatchingRun.objects.get(pk=cast.run.pk))) == (False, True, True)


def test_a_lifted_lock_makes_the_proof_stale(cast: Cast) -> None:
    lock_pair(cohort=cast.cohort, mentee=cast["Lucía"], mentor=cast["Carmen"], by=cast.by)
    around = run_matching(cast.cohort)
    held = is_stale(around)
    cast.cohort.pair_rules.all().delete()

    assert (held, is_stale(around)) == (False, True)
