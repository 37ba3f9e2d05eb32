"""A Celery worker and a dispatcher inside this process: the demonstration, and commands that wait."""

import logging
import threading
from types import TracebackType
from typing import Self

from celery import Celery, current_app
from celery.worker import WorkController, state
from django.conf import settings
from django.db import close_old_connections, connections

from programmes.jobs.domain import dispatch_due

logger = logging.getLogger(__name__)
STOP_SECONDS = 10


class EmbeddedWorker:
    """Celery keeps its wish to stop in one place per process, so one of these at a time."""

    def __init__(self, app: Celery, *, concurrency: int = 2) -> None:
        self._worker: WorkController = app.WorkController(
            pool="threads",
            concurrency=concurrency,
            loglevel="WARNING",
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
        )
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, name="embedded-worker", daemon=True),
            threading.Thread(target=self._dispatch, name="embedded-dispatcher", daemon=True),
        ]

    def start(self) -> Self:
        state.should_stop = None
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> None:
        if self._stopping.is_set():
            return
        self._stopping.set()
        state.should_stop = 0
        for thread in self._threads:
            thread.join(STOP_SECONDS)
        state.should_stop = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def _work(self) -> None:
        self._worker.start()

    def _dispatch(self) -> None:
        seconds = min(settings.JOB_DISPATCH_SECONDS, 1)
        while not self._stopping.wait(seconds):
            close_old_connections()
            try:
                dispatch_due()
            except Exception:
                # The next round may find the database again; a dispatcher that died would not.
                logger.exception("A round of the dispatcher failed.")
            finally:
                connections.close_all()


def start_embedded_worker() -> EmbeddedWorker:
    return EmbeddedWorker(current_app).start()
