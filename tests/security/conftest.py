from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.matrix import world


@pytest.fixture(scope="module")
def populated(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Two organisations with everything that there is, in a transaction that is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        world.build_world()
        yield
        transaction.set_rollback(True)
