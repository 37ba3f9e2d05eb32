"""A job is written with the request, whatever the broker does, and one at a time where it must be."""

import os
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from celery import Celery, current_app
from django.db import transaction

from programmes.jobs import nudges
from programmes.jobs.domain import enqueue_job, nudge
from programmes.jobs.models import Job
from programmes.people.models import User
from tests.processes import find_free_port
from tests.programmes.jobs.rows import KIND, State, fresh, queued
from wimmentor.base.actors import SYSTEM, Actor
from wimmentor.base.errors import Conflict
from wimmentor.celery import TRANSPORT


@contextmanager
def broker_at(port: int) -> Iterator[None]:
    before = current_app._get_current_object()
    # Celery prefers this variable to what an application says.
    named = os.environ.pop("CELERY_BROKER_URL", None)
    other = Celery("other", broker=f"redis://127.0.0.1:{port}/0", set_as_current=True)
    other.conf.broker_transport_options = TRANSPORT["redis"]
    try:
        yield
    finally:
        before.set_current()
        if named is not None:
            os.environ["CELERY_BROKER_URL"] = named


@pytest.fixture
def broker_down() -> Iterator[None]:
    """A broker at an address where nobody listens."""
    with broker_at(find_free_port()):
        yield


class HangUp(socketserver.BaseRequestHandler):
    """A broker that ends each conversation before it begins."""

    calls = 0

    def handle(self) -> None:
        HangUp.calls += 1


@pytest.mark.django_db(transaction=True)
def test_job_is_written_and_sent_after_commit(do: object) -> None:
    with transaction.atomic():
        job = enqueue_job(kind=KIND, subject_id=7, by=SYSTEM)
        inside = fresh(job).sent_at

    row = fresh(job)
    assert (row.state, row.subject_id, row.attempt) == (State.QUEUED, 7, 0)
    assert (inside, row.sent_at is not None) == (None, True)


@pytest.mark.django_db(transaction=True)
def test_job_goes_with_the_transaction_that_asked_for_it(do: object) -> None:
    with transaction.atomic():
        enqueue_job(kind=KIND, subject_id=7, by=SYSTEM)
        transaction.set_rollback(True)

    assert not Job.objects.exists()


@pytest.mark.django_db
def test_job_names_who_asked(do: object) -> None:
    rosa = User.objects.create_user("rosa@example.org", name="Rosa")

    assert fresh(enqueue_job(kind=KIND, subject_id=7, by=Actor.of(rosa))).created_by == rosa


@pytest.mark.django_db(transaction=True)
def test_job_is_kept_when_the_broker_is_down(do: object, broker_down: None) -> None:
    started = time.monotonic()

    jobs = [enqueue_job(kind=KIND, subject_id=number, by=SYSTEM) for number in range(20)]

    assert [(fresh(job).state, fresh(job).sent_at) for job in jobs] == [(State.QUEUED, None)] * 20
    assert time.monotonic() - started < 4


@pytest.mark.django_db
def test_broker_that_fails_is_left_alone_for_a_while(do: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nudges, "QUIET_SECONDS", 600)
    job = queued()
    with socketserver.TCPServer(("127.0.0.1", 0), HangUp) as server, broker_at(server.server_address[1]):
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        HangUp.calls = 0
        sent = [nudge(job.pk) for _try in range(5)]
        quiet = HangUp.calls
        monkeypatch.setattr(nudges, "_quiet_until", {broker: time.monotonic() for broker in nudges._quiet_until})
        nudge(job.pk)
        server.shutdown()

    assert (sent, quiet > 0, HangUp.calls) == ([False] * 5, True, 2 * quiet)


@pytest.mark.django_db
def test_only_one_person_waits_for_a_broker_that_hangs(do: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nudges, "QUIET_SECONDS", 0.1)
    monkeypatch.setattr(nudges, "SLOW_SECONDS", 1.0)
    job = queued()
    with socket.create_server(("127.0.0.1", 0)) as silent, broker_at(silent.getsockname()[1]):
        first = nudge(job.pk)
        time.sleep(0.2)
        started = time.monotonic()
        second = nudge(job.pk)
        waited = time.monotonic() - started

    assert (first, second, waited < 0.5) == (False, False, True)


@pytest.mark.django_db
def test_one_active_job_per_key(do: object) -> None:
    first = enqueue_job(kind=KIND, subject_id=1, by=SYSTEM, exclusive_key="cohort:1")
    with pytest.raises(Conflict) as conflict:
        enqueue_job(kind=KIND, subject_id=2, by=SYSTEM, exclusive_key="cohort:1")
    enqueue_job(kind=KIND, subject_id=3, by=SYSTEM, exclusive_key="cohort:2")
    enqueue_job(kind=KIND, subject_id=4, by=SYSTEM)
    enqueue_job(kind=KIND, subject_id=5, by=SYSTEM)

    assert (conflict.value.code, str(conflict.value)) == (
        "job_active",
        "This is being worked out already. One at a time.",
    )
    Job.objects.filter(pk=first.pk).update(state=State.DONE)
    enqueue_job(kind=KIND, subject_id=6, by=SYSTEM, exclusive_key="cohort:1")
    assert sorted(Job.objects.values_list("subject_id", flat=True)) == [1, 3, 4, 5, 6]
