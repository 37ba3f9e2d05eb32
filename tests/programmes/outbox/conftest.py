from collections.abc import Iterator
from typing import Any

import pytest

from tests.programmes.outbox.sink import Sink, start_sink


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    with start_sink() as started:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", started.port, 5
        yield started
