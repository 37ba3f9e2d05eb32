import pytest

from tests.matching.board.cast import Cast, make_cast


@pytest.fixture
def cast() -> Cast:
    """A cohort ready to send, in a database of its own."""
    return make_cast()
