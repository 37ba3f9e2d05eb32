from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.db import transaction

from tests.matrix import world

BUILT = pytest.StashKey[ExitStack]()


@pytest.fixture(scope="package")
def built(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Two organisations with everything that there is, built once for this folder, in a transaction taken back."""
    with django_db_blocker.unblock(), ExitStack() as stack:
        stack.enter_context(transaction.atomic())
        stack.callback(transaction.set_rollback, True)
        world.build_world()
        request.config.stash[BUILT] = stack
        yield


@pytest.fixture(scope="module")
def populated(built: None, django_db_blocker: Any) -> Iterator[None]:
    """The same for each file of tests: what it changes before its tests begin is taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module", autouse=True)
def real_transactions_begin_alone(request: pytest.FixtureRequest, django_db_blocker: Any) -> None:
    """Tests that commit are sorted behind all others: the world is gone by then, or they would run inside it."""
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction") and (stack := request.config.stash.get(BUILT, None)):
        with django_db_blocker.unblock():
            stack.close()
