import threading
from collections.abc import Iterator

import pytest

from programmes.jobs.claims import Claim
from programmes.jobs.domain import enqueue_job
from programmes.jobs.embedded import start_embedded_worker
from programmes.jobs.models import Job
from programmes.jobs.registry import KINDS, register_kind
from tests.processes import uses_redis
from wimmentor.base.actors import SYSTEM

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(uses_redis(), reason="A worker in this process goes with the memory:// broker."),
]


@pytest.fixture
def finished() -> Iterator[threading.Event]:
    event = threading.Event()

    def run(claim: Claim) -> None:
        claim.complete()
        event.set()

    register_kind("for-a-test", run)
    yield event
    del KINDS["for-a-test"]


def test_a_job_of_this_process_is_done(finished: threading.Event) -> None:
    with start_embedded_worker():
        job = enqueue_job(kind="for-a-test", subject_id=1, by=SYSTEM)
        done = finished.wait(20)

    job.refresh_from_db()
    assert (done, job.state, job.attempt) == (True, Job.State.DONE, 1)


def test_a_job_that_another_process_wrote_is_found_by_the_dispatcher(finished: threading.Event) -> None:
    job = Job.objects.create(kind="for-a-test", subject_id=1)

    with start_embedded_worker():
        done = finished.wait(20)

    job.refresh_from_db()
    assert (done, job.state, job.attempt) == (True, Job.State.DONE, 1)


def test_stopping_ends_its_threads_and_another_can_start(finished: threading.Event) -> None:
    for _ in range(2):
        with start_embedded_worker():
            names = sorted(thread.name for thread in threading.enumerate() if thread.name.startswith("embedded-"))
            assert names == ["embedded-dispatcher", "embedded-worker"]

        assert [thread.name for thread in threading.enumerate() if thread.name.startswith("embedded-")] == []
