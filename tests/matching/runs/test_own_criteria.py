"""A programme's own questions and rankings, from the cohort to the page of a run."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from matching.engine import PART_CODES, Settings, score_pair
from matching.runs.domain import launch_run
from matching.runs.models import MatchingRun
from matching.runs.present import read_present
from matching.runs.wording import part_sentence
from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from tests.matching.board.cast import Cast, address, coordinate, make_cast, run_matching
from tests.matching.engine.cohorts import enrich, make_cohort
from wimmentor.base.actors import SYSTEM
from wimmentor.base.errors import DomainError

pytestmark = pytest.mark.django_db
STYLE = "own:working_style"


@pytest.fixture
def cast() -> Cast:
    """Working styles weigh 10 of 100, taken off the goals."""
    cast = make_cast()
    settings = cast.cohort.matching_settings
    settings["weights"] |= {"goals": 20, STYLE: 10}
    settings["own_criteria"] = {STYLE: "overlap"}
    cast.cohort.save()
    chosen = {"Lucía": ["plan", "open"], "Carmen": ["open"], "Elena": ["tasks"]}
    for name, styles in chosen.items():
        Application.objects.filter(first_name=name).update(
            answers={"working_style": styles, "mentee_before": "no", "why_apply": "A long story."}
        )
    return cast


def test_every_code_has_a_sentence() -> None:
    parts = {}
    for seed in range(12):
        plain = make_cohort(seed, 14, 10, gaps=0.25, hard=frozenset())
        for mentees, mentors, settings in (plain, enrich(plain, seed)):
            for mentee in mentees:
                for mentor in mentors:
                    parts |= {part.code: part for part in score_pair(mentee, mentor, settings).parts}

    sentences = {code: part_sentence({"code": code, "values": part.values}, {}) for code, part in parts.items()}

    assert sentences.keys() == PART_CODES.keys()
    assert [code for code, sentence in sentences.items() if not sentence.strip() or "%(" in sentence] == []


ROSTERS = {"minutes": 140, "named": 420, "rosters": ["mentee", "mentor"]}
QUESTION = {"question": STYLE}


@pytest.mark.parametrize(
    ("code", "values", "sentence"),
    [
        ("availability.rosters", ROSTERS, "2.3 shared hours in an average week, with the roster counted in."),
        (
            "availability.rosters",
            {**ROSTERS, "minutes": 0},
            "They name the same hours, but their rosters leave them free in different weeks.",
        ),
        (
            "availability.rosters_assumed",
            {**ROSTERS, "assumed": ["mentor"]},
            "About 2.3 shared hours in an average week; which weeks the mentor is on site is not known.",
        ),
        (
            "availability.rosters_assumed",
            {**ROSTERS, "assumed": ["mentee", "mentor"]},
            "About 2.3 shared hours in an average week; which weeks they are on site is not known.",
        ),
        ("mentee_ranking.wish", {"place": 2, "wishes": 5}, "Wish 2 of the mentee’s 5."),
        (
            "own.share",
            {**QUESTION, "shared": ["plan"], "wanted": 3, "offered": 1},
            "The mentor shares 1 of the mentee’s 3: “With a plan”.",
        ),
        (
            "own.different",
            {**QUESTION, "mentee": ["plan"], "mentor": ["gone"]},
            "They answered differently: “With a plan”, and “gone”.",
        ),
    ],
)
def test_sentence(code: str, values: dict[str, Any], sentence: str) -> None:
    assert part_sentence({"code": code, "values": values}, {f"{STYLE}=plan": "With a plan"}) == sentence


def test_only_answers_that_count_are_frozen(cast: Cast) -> None:
    frozen = launch_run(cohort=cast.cohort, by=SYSTEM).input

    answers = {person["id"]: person["own_answers"] for side in ("mentees", "mentors") for person in frozen[side]}
    assert answers == {
        str(cast["Lucía"].pk): {STYLE: ["open", "plan"]},
        str(cast["Ana"].pk): {},
        str(cast["Inés"].pk): {},
        str(cast["Carmen"].pk): {STYLE: ["open"]},
        str(cast["Elena"].pk): {STYLE: ["tasks"]},
    }
    assert frozen["settings"]["own_criteria"] == {STYLE: "overlap"}


def test_own_question_is_worded_on_the_page_of_a_pair(cast: Cast) -> None:
    run = run_matching(cast.cohort)
    proposal = run.proposals.get(mentee=cast["Lucía"])

    page = re.sub(r"\s+", " ", coordinate(cast).get(_pair_address(cast, run, proposal.pk)).content.decode())

    assert proposal.mentor == cast["Carmen"]
    assert "How do you like to work with a mentor?" in page
    assert "In common: “Open, following what is on our minds”." in page


def _pair_address(cast: Cast, run: MatchingRun, proposal: int) -> str:
    return address("matching-pair", cast.cohort, pk=run.pk, proposal=proposal)


def rank(cast: Cast, *lists: tuple[str, list[str]]) -> list[Any]:
    return [[cast[name].email, [cast[wish].email for wish in wishes]] for name, wishes in lists]


def test_rankings_go_in_by_address(cast: Cast) -> None:
    rankings = rank(cast, ("Lucía", ["Elena", "Carmen"]), ("Elena", ["Ana"]))
    rankings[0][0] = rankings[0][0].upper()

    frozen = launch_run(cohort=cast.cohort, by=SYSTEM, overrides={"rankings": rankings}).input

    ranked = {person["id"]: person["ranking"] for side in ("mentees", "mentors") for person in frozen[side]}
    assert {pk: wishes for pk, wishes in ranked.items() if wishes} == {
        str(cast["Lucía"].pk): [str(cast["Elena"].pk), str(cast["Carmen"].pk)],
        str(cast["Elena"].pk): [str(cast["Ana"].pk)],
    }


def test_rankings_count_as_recommended_unless_weights_are_given_too(cast: Cast) -> None:
    rankings = rank(cast, ("Lucía", ["Elena"]))
    weights = {**cast.cohort.matching_settings["weights"], "mentee_ranking": 0}

    recommended = read_present(cast.cohort, overrides={"rankings": rankings}).settings.weights
    given = read_present(cast.cohort, overrides={"rankings": rankings, "weights": weights}).settings.weights

    assert (recommended["mentee_ranking"], recommended["mentor_ranking"], sum(recommended.values())) == (30, 10, 100)
    assert given == weights


def test_of_two_roles_the_one_whose_other_side_is_ranked(cast: Cast) -> None:
    Application.objects.filter(first_name="Ana").update(email=cast["Elena"].email)

    rankings = rank(cast, ("Elena", ["Lucía"]))
    frozen = launch_run(cohort=cast.cohort, by=SYSTEM, overrides={"rankings": rankings}).input

    ranked = [person["id"] for side in ("mentees", "mentors") for person in frozen[side] if person["ranking"]]
    assert ranked == [str(cast["Elena"].pk)]


SHAPE = "Rankings are written as a list"
LUCIA, ELENA, ANA = (f"{name}@wim-cordillera.example.org" for name in ("lucía", "elena", "ana"))
REFUSED: list[tuple[Any, str]] = [
    ("all", SHAPE),
    ([[LUCIA]], SHAPE),
    ([[LUCIA, ELENA]], SHAPE),
    ([["nobody@example.org", [ELENA]]], "nobody@example.org is not an accepted person of this cohort"),
    ([[LUCIA, [ELENA, ANA]]], f"{LUCIA} ranks {ANA}, who is not an accepted person of the other side"),
    ([[LUCIA, [ELENA, ELENA.upper()]]], f"{LUCIA} ranks somebody twice"),
    ([[LUCIA, [ELENA]], [LUCIA, []]], f"{LUCIA} ranks twice"),
]


@pytest.mark.parametrize(("rankings", "sentence"), REFUSED, ids=[str(case[0]) for case in REFUSED])
def test_rankings_that_cannot_be_read(cast: Cast, rankings: Any, sentence: str) -> None:
    with pytest.raises(DomainError, match=sentence):
        launch_run(cohort=cast.cohort, by=SYSTEM, overrides={"rankings": rankings})


def test_weights_of_a_file_may_weigh_rankings_and_own_questions(cast: Cast) -> None:
    weights = {**Settings().weights, "goals": 10, "mentee_ranking": 10, "mentor_ranking": 5, STYLE: 5}
    overrides: Mapping[str, Any] = {
        "weights": weights,
        "own_criteria": {STYLE: "share"},
        "top_criterion_extra": 20,
    }

    settings = launch_run(cohort=cast.cohort, by=SYSTEM, overrides=overrides).input["settings"]

    assert {name: settings[name] for name in overrides} == overrides


def test_a_question_that_is_weighed_but_not_declared_is_refused(cast: Cast) -> None:
    Cohort.objects.filter(pk=cast.cohort.pk).update(
        matching_settings={**cast.cohort.matching_settings, "own_criteria": {}}
    )

    with pytest.raises(DomainError, match="A weight has an unknown name"):
        launch_run(cohort=Cohort.objects.get(pk=cast.cohort.pk), by=SYSTEM)


def test_what_counts_is_reached_from_the_page_of_runs(cast: Cast) -> None:
    page = coordinate(cast).get(address("matching-runs", cast.cohort)).content.decode()

    assert f'href="{address("cohort-settings", cast.cohort)}#matching"' in page
