"""Two coordinators at the same moment: one import, one undo, and nothing half."""

from typing import Any

import pytest

from programmes.applications.domain import apply_import, decide_applications
from programmes.applications.domain.import_columns import choose_columns
from programmes.applications.domain.import_undo import plan_undo, undo_import
from programmes.applications.models import Application, ApplicationConsent, ImportBatch, ImportLine
from programmes.audit.models import AuditEvent
from programmes.cohorts.models import Cohort
from tests.matching.board.cast import at_once
from tests.programmes.applications.coordinators import make_cohort
from tests.programmes.applications.imports import GOOD, bring_in, prepare
from wimmentor.base.actors import SYSTEM
from wimmentor.base.spreadsheets import read_table

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("media")]


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def fresh(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.select_related("cohort__programme").get(pk=batch.pk)


def test_brought_in_by_two_it_is_in_once(cohort: Cohort) -> None:
    batch = prepare(cohort, GOOD)

    at_once(*[lambda: apply_import(batch=fresh(batch), by=SYSTEM, version=batch.version) and None] * 4)

    assert Application.objects.count() == 2
    assert AuditEvent.objects.filter(verb="import.applied").count() == 1
    assert ImportLine.objects.count() == 2


def test_of_two_who_choose_columns_or_bring_in_one_wins(cohort: Cohort, tmp_path: Any) -> None:
    batch = prepare(cohort, GOOD)
    mapping = {"email": "email", "name": "name", "country": None, "years_experience": None}
    path = tmp_path / "people.csv"
    path.write_text(GOOD)

    def choose() -> None:
        with path.open("rb") as file:
            table = read_table(file, "people.csv")
        choose_columns(
            batch=fresh(batch), table=table, role="mentee", mapping=mapping, version=batch.version, by=SYSTEM
        )

    answers = at_once(choose, lambda: apply_import(batch=fresh(batch), by=SYSTEM, version=batch.version) and None)

    assert sorted(map(str, answers)) == ["None", "stale_import"]
    came_in = Application.objects.count()
    assert (came_in, fresh(batch).mapping) in ((2, {}), (0, mapping))


def test_undone_by_two_it_is_undone_once(cohort: Cohort) -> None:
    batch = bring_in(cohort, GOOD)
    seal = plan_undo(batch).seal

    answers = at_once(*[lambda: undo_import(batch=fresh(batch), seal=seal, by=SYSTEM) and None] * 4)

    assert sorted(map(str, answers)) == ["None", "undone", "undone", "undone"]
    assert (Application.objects.count(), ApplicationConsent.objects.count()) == (0, 0)
    assert AuditEvent.objects.filter(verb="import.undone").count() == 1


@pytest.mark.parametrize("_round", range(3))
def test_undone_while_another_accepts_one_of_them_is_told(cohort: Cohort, _round: int) -> None:
    batch = bring_in(cohort, GOOD)
    seal, seen = plan_undo(batch).seal, dict(Application.objects.values_list("pk", "status"))

    undone, accepted = at_once(
        lambda: undo_import(batch=fresh(batch), seal=seal, by=SYSTEM) and "undone",
        lambda: (
            decide_applications(
                cohort=Cohort.objects.get(pk=cohort.pk), seen=seen, to="accepted", letters=None, by=SYSTEM
            )
            and "accepted"
        ),
    )

    statuses = list(Application.objects.values_list("status", flat=True))
    assert (undone, accepted, statuses) in (
        ("undone", "gone", []),
        ("stale_undo", "accepted", ["accepted", "accepted"]),
    )
