"""Whom a coordinator matched elsewhere the engine does not match again, and it says which rule."""

import io
from typing import Any

import pytest

from matching.board.domain import lock_pair
from matching.runs.results import score_lines
from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from programmes.mentorships.domain.past_pairs import apply_past_pairs, prepare_past_pairs, remove_past_pairs
from programmes.mentorships.models import PastPairImport
from tests.matching.board.cast import Cast, accept, make_cast, make_cohort, run_matching
from wimmentor.base.actors import SYSTEM
from wimmentor.base.errors import DomainError
from wimmentor.base.spreadsheets import read_table
from wimmentor.base.text import fold

pytestmark = pytest.mark.django_db
AT = "@wim-cordillera.example.org"
HEAD = "mentor e-mail,mentee e-mail\n"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def make_people() -> Cast:
    """With addresses that a spreadsheet can hold."""
    cast = make_cast()
    for application in Application.objects.all():
        application.email = fold(application.email)
        application.save()
    return cast


def bring_in(cohort: Cohort, *pairs: tuple[str, str]) -> PastPairImport:
    """Pairs of (mentor, mentee), by first name."""
    lines = "".join(f"{mentor}{AT},{mentee}{AT}\n" for mentor, mentee in pairs)
    data = (HEAD + lines).encode()
    table = read_table(io.BytesIO(data), "pairs.csv")
    past = prepare_past_pairs(cohort=cohort, table=table, data=data, file_name="pairs.csv", by=SYSTEM)
    return apply_past_pairs(past=past, version=past.version, by=SYSTEM)


def matched(run: Any) -> set[tuple[str, str]]:
    rows = run.proposals.values_list("mentee__first_name", "mentor__first_name")
    return {(fold(mentee), fold(mentor)) for mentee, mentor in rows}


def rules(run: Any) -> dict[tuple[str, str], str]:
    name = lambda address: address.partition("@")[0]  # noqa: E731
    return {(name(mentee), name(mentor)): rule for mentee, mentor, _points, rule in score_lines(run)}


def test_a_past_pair_is_never_proposed_and_the_export_names_the_rule() -> None:
    cast = make_people()
    before = matched(cast.run)
    first = sorted(before)[0]
    past = bring_in(cast.cohort, (first[1].upper(), first[0]))

    run = run_matching(cast.cohort)
    told = rules(run)
    remove_past_pairs(past=past, by=SYSTEM)
    again = run_matching(cast.cohort)

    assert first not in matched(run)
    assert told[first] == "paired_before"
    assert [rule for pair, rule in told.items() if pair != first and rule == "paired_before"] == []
    assert matched(again) == before


def test_a_past_pair_is_known_after_the_secret_key_was_changed(settings: Any) -> None:
    cast = make_people()
    first = sorted(matched(cast.run))[0]
    bring_in(cast.cohort, (first[1].upper(), first[0]))

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = (
        [settings.SECRET_KEY],
        "another key, longer than fifty characters, of nobody",
    )
    told = rules(run_matching(cast.cohort))

    assert [pair for pair, rule in told.items() if rule == "paired_before"] == [first]


def test_with_every_pair_in_the_past_nobody_is_matched_and_reasons_are_given() -> None:
    cast = make_people()
    mentees, mentors = ("lucia", "ana", "ines"), ("carmen", "elena")
    bring_in(cast.cohort, *((mentor, mentee) for mentee in mentees for mentor in mentors))

    run = run_matching(cast.cohort)

    assert matched(run) == set()
    assert set(rules(run).values()) == {"paired_before"}
    assert len(run.solution["unmatched"]) == 3


def test_it_counts_in_every_cohort_of_the_organisation_and_in_no_other() -> None:
    cast = make_people()
    elsewhere = make_cohort("wim-andes")
    for name, role in (("Lucía Paredes", "mentee"), ("Carmen Ibáñez", "mentor")):
        first = fold(name.partition(" ")[0])
        places = 1 if role == "mentor" else None
        accept(elsewhere, name, role, email=f"{first}{AT}", capacity=places)
    bring_in(cast.cohort, ("carmen", "lucia"))

    assert rules(run_matching(cast.cohort))["lucia", "carmen"] == "paired_before"
    assert rules(run_matching(elsewhere))["lucia", "carmen"] == ""


def test_on_the_board_it_is_refused_like_a_pair_of_an_earlier_cohort() -> None:
    cast = make_people()
    bring_in(cast.cohort, ("carmen", "lucia"))

    with pytest.raises(DomainError) as refusal:
        lock_pair(cohort=cast.cohort, mentee=cast["Lucía"], mentor=cast["Carmen"], by=cast.by)

    assert refusal.value.code == "breaks.paired_before"
    assert "they have been a pair before" in str(refusal.value)
