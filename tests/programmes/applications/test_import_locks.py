"""While she withdraws, others bring in, undo, expire or erase what she is in: one waits for the other, both end."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from programmes.applications.domain import apply_import, confirm_email, withdraw_application
from programmes.applications.domain.import_undo import plan_undo, undo_import
from programmes.applications.expiry import expire_without_place
from programmes.applications.models import Application, ImportBatch
from programmes.applications.registry import _on_withdrawn, on_withdrawn
from programmes.cohorts.models import Cohort
from programmes.people.erasure import _holds, erase_person, register_hold
from programmes.people.models import User
from tests.programmes.applications.applicants import HER, make_sent
from tests.programmes.applications.applicants import make_cohort as make_open_cohort
from tests.programmes.applications.coordinators import apply_as, make_cohort
from tests.programmes.applications.imports import GOOD, bring_in, kept_files, prepare
from wimmentor.base.actors import SYSTEM, Actor
from wimmentor.base.clock import now
from wimmentor.base.errors import DomainError

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("media")]
ANA, BERTA = "ana@example.org", "berta@example.org"
# Long enough that the other one stands before a lock, whichever it is.
WAIT = 1.5


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def end_of(call: Callable[[], Any]) -> str:
    try:
        call()
    except DomainError as refusal:
        return refusal.code
    except Exception as error:
        return str(error).split("\n", maxsplit=1)[0]
    return "done"


def meanwhile(act: Callable[[], Any], other: Callable[[], Any]) -> list[str]:
    """`other` begins, on a connection of its own, when a withdrawal inside `act` holds its application, or an erasure
    its account. How both ended."""
    others: list[str] = []
    held: list[int] = []

    def run_apart() -> None:
        others.append(end_of(other))
        connections.close_all()

    thread = threading.Thread(target=run_apart)

    def begin(_application: Application | None = None) -> None:
        if thread.ident is None:
            thread.start()
            thread.join(WAIT)

    def begin_when_held(user: User) -> None:
        held.append(user.pk)
        if held == [user.pk, user.pk]:
            begin()

    on_withdrawn(begin)
    register_hold(begin_when_held)
    try:
        end = end_of(act)
        thread.join()
    finally:
        _on_withdrawn.remove(begin)
        _holds.remove(begin_when_held)
    return [end, *others]


def withdraw(email: str) -> Callable[[], Any]:
    return lambda: withdraw_application(application=Application.objects.get(email=email, source="import"), by=HER)


def test_the_same_people_are_brought_in_again_while_she_withdraws(cohort: Cohort) -> None:
    bring_in(cohort, GOOD)
    waiting = prepare(cohort, GOOD.replace("Berta", "Bertha"))

    ends = meanwhile(withdraw(ANA), lambda: apply_import(batch=ImportBatch.objects.get(pk=waiting.pk), by=SYSTEM))

    # She was in the dry run, so it has to be given again.
    assert ends == ["done", "rows_gone"]
    assert (kept_files(), list(Application.objects.filter(email=ANA))) == ([], [])


def test_the_import_is_undone_while_she_withdraws(cohort: Cohort) -> None:
    batch = bring_in(cohort, GOOD)
    seal = plan_undo(batch).seal

    ends = meanwhile(
        withdraw(ANA), lambda: undo_import(batch=ImportBatch.objects.get(pk=batch.pk), seal=seal, by=SYSTEM)
    )

    assert ends == ["done", "stale_undo"]
    assert list(Application.objects.exclude(email="").values_list("email", flat=True)) == [BERTA]


def test_both_expire_while_one_of_them_withdraws(cohort: Cohort) -> None:
    bring_in(cohort, GOOD)
    Application.objects.update(status="declined", decided_at=now() - timedelta(days=2))

    ends = meanwhile(withdraw(BERTA), lambda: expire_without_place(now() - timedelta(days=1), False))

    assert ends == ["done", "done"]
    assert sorted(Application.objects.values_list("status", "email")) == [("declined", ""), ("withdrawn", "")]


@pytest.mark.parametrize("choice", ["keep", "replace"])
def test_she_chooses_which_answers_count_while_she_withdraws_them(choice: str) -> None:
    cohort = make_open_cohort()
    bring_in(cohort, GOOD)
    newer = make_sent(cohort, email=ANA)

    ends = meanwhile(withdraw(ANA), lambda: confirm_email(application=newer, choice=choice, by=HER))

    assert ends == ["done", "nothing_to_confirm"]
    assert not Application.objects.filter(email=ANA).exists()


def test_two_who_are_in_the_same_two_cohorts_erase_their_accounts(cohort: Cohort) -> None:
    other = make_cohort("wim-andes")
    users = []
    for email, order in ((ANA, (cohort, other)), (BERTA, (other, cohort))):
        users.append(User.objects.create_user(email))
        for where in order:
            apply_as(where, "Ana Own", email=email)

    ends = meanwhile(*[lambda user=user: erase_person(user=user, by=SYSTEM) for user in users])

    assert ends == ["done", "done"]
    assert not Application.objects.exclude(email="").exists()


def test_she_erases_her_account_while_she_withdraws_in_another_window(cohort: Cohort) -> None:
    user = User.objects.create_user(ANA, last_login=now())
    application = apply_as(cohort, "Ana Own", email=ANA, user=user)

    ends = meanwhile(
        lambda: erase_person(user=user, by=Actor.of(user)),
        lambda: withdraw_application(application=application, by=Actor.of(user)),
    )

    assert ends == ["done", "done"]
    assert not Application.objects.exclude(email="").exists()
