from typing import Any

import pytest


@pytest.fixture
def media(settings: Any, tmp_path: Any) -> None:
    """A folder of the test's own for what people upload."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Any) -> Any:
    """In a test that is taken back, what waits for the end of a transaction is done at the end of this block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
