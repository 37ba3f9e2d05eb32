import threading
import time
from collections.abc import Callable, Iterator

import pytest

from programmes.jobs.claims import Claim
from programmes.jobs.domain import enqueue_job
from programmes.jobs.embedded import start_embedded_worker
from programmes.jobs.models import Job
from programmes.jobs.registry import KINDS
from tests.processes import uses_redis
from wimmentor.base.actors import SYSTEM

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(uses_redis(), reason="In-process workers go with the memory:// broker."),
]
