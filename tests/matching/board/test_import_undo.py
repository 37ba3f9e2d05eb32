"""An import is undone although matching has counted its people; whoever was offered a pair stays."""

import io
from typing import Any

import pytest
from django.test import Client

from matching.board.models import Offer
from matching.runs.models import MatchingRun
from matching.runs.results import pair_lines, summary_of
from programmes.applications.domain import apply_import, prepare_import
from programmes.applications.domain.import_undo import plan_undo, undo_import
from programmes.applications.models import Application, ImportBatch
from programmes.cohorts.models import Cohort
from tests.matching.board.cast import Cast, address, coordinate, make_cohort, make_member, publish, run_matching
from wimmentor.base.actors import SYSTEM
from wimmentor.base.spreadsheets import read_table

pytestmark = pytest.mark.django_db
PEOPLE = (
    "role,email,name,country,languages,goals,years_experience,capacity\n"
    "mentee,ana@example.org,Ana Quispe,CL,es,leadership,3,\n"
    "mentee,berta@example.org,Berta Cano,CL,es,leadership,4,\n"
    "mentor,carmen@example.org,Carmen Luna,CL,es,leadership,15,1\n"
    "mentor,dora@example.org,Dora Vega,CL,es,leadership,16,1\n"
)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def bring_in(cohort: Cohort) -> ImportBatch:
    batch = prepare_import(
        cohort=cohort,
        table=read_table(io.BytesIO(PEOPLE.encode()), "people.csv"),
        file_name="people.csv",
        role="column",
        accept=True,
        consent_attested=True,
        by=SYSTEM,
    )
    return apply_import(batch=batch, by=SYSTEM)


def undo(batch: ImportBatch) -> None:
    undo_import(batch=batch, seal=plan_undo(batch).seal, by=SYSTEM)


def read_pages(client: Client, cohort: Cohort, run: MatchingRun) -> list[int]:
    names = ("matching-runs", "board", "offers-list", "offers-publish", "applications-list", "mentorships-list")
    paths = [address(name, cohort) for name in names] + [address("matching-run", cohort, pk=run.pk)]
    return [client.get(path, follow=True).status_code for path in paths]


def test_people_whom_a_run_counted_are_blanked_and_its_pages_still_open() -> None:
    cohort = make_cohort()
    cast = Cast(cohort, MatchingRun(), make_member(cohort))
    batch = bring_in(cohort)
    run = run_matching(cohort)

    undo(batch)

    assert run.pair_count == 2
    rows = set(Application.objects.values_list("email", "first_name", "status", "country", "notes"))
    assert rows == {("", "", "withdrawn", "", "")}
    assert plan_undo(batch).kept == []
    assert set(read_pages(coordinate(cast), cohort, run)) == {200}
    assert [emails for *emails, _points in pair_lines(run)] == [["", ""], ["", ""]]
    assert summary_of(run)["proof_checked"] is True
    assert run_matching(cohort).pair_count == 0


def test_after_it_the_same_people_can_come_in_again() -> None:
    cohort = make_cohort()
    batch = bring_in(cohort)
    run_matching(cohort)
    undo(batch)

    again = bring_in(cohort)

    assert (again.rows_created, again.rows_refused) == (4, 0)


def test_whoever_was_offered_a_pair_stays_even_after_it_was_withdrawn() -> None:
    cohort = make_cohort()
    batch = bring_in(cohort)
    cast = Cast(cohort, run_matching(cohort), make_member(cohort))
    publish(cast, "Ana")
    mentor = Offer.objects.get().mentor
    Offer.objects.update(state="withdrawn")

    kept = {application.email: reason for application, reason in plan_undo(batch).kept}
    undo(batch)

    assert kept == {"ana@example.org": "She was offered a pair.", mentor.email: "She was offered a pair."}
    left = Application.objects.exclude(email="").values_list("email", flat=True)
    assert set(left) == set(kept)
