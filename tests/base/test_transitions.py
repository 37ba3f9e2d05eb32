"""A status moves along its table, once, for one of two people."""

import pytest

from programmes.cohorts.models import Cohort
from tests.programmes.applications.applicants import make_cohort
from wimmentor.base.errors import Conflict, DomainError
from wimmentor.base.transitions import Table, change_status

pytestmark = pytest.mark.django_db
TABLE: Table = {"open": frozenset({"matching"}), "matching": frozenset({"confirming", "open"})}


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def test_step_of_the_table_is_written_with_its_values(cohort: Cohort) -> None:
    changed = change_status(cohort, "matching", table=TABLE, field="phase", mentee_places=7)

    assert (changed.phase, changed.mentee_places) == ("matching", 7)
    assert Cohort.objects.values_list("phase", "mentee_places").get(pk=cohort.pk) == ("matching", 7)


@pytest.mark.parametrize("to", ["confirming", "closed", "open"])
def test_step_outside_the_table_is_refused_in_words(cohort: Cohort, to: str) -> None:
    with pytest.raises(DomainError) as refusal:
        change_status(cohort, to, table=TABLE, field="phase")

    assert (refusal.value.code, str(refusal.value)) == ("no_such_step", f"This is “open” and cannot become “{to}”.")
    assert Cohort.objects.get(pk=cohort.pk).phase == "open"


def test_second_of_two_sees_what_the_first_did(cohort: Cohort) -> None:
    other = Cohort.objects.get(pk=cohort.pk)
    change_status(cohort, "matching", table=TABLE, field="phase", mentee_places=7)

    with pytest.raises(Conflict) as conflict:
        change_status(other, "matching", table=TABLE, field="phase", mentee_places=9)

    assert str(conflict.value) == "Somebody changed this while you were looking. It is “matching” now."
    assert (conflict.value.yours, conflict.value.theirs) == ({"Phase": "matching"}, {"Phase": "matching"})
    assert (Cohort.objects.get(pk=cohort.pk).mentee_places, other.phase) == (7, "open")


def test_status_that_left_the_table_is_named(cohort: Cohort) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(phase="closed")

    with pytest.raises(Conflict, match="It is “closed” now"):
        change_status(cohort, "matching", table=TABLE, field="phase")
