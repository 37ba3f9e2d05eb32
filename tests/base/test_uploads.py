"""Nobody fills the disk: a request with too large a file ends before a view, or a question who sends it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from wimmentor.base import uploads


@pytest.mark.django_db
@pytest.mark.parametrize(("size", "code"), [(90_000, 200), (200_000, 400)])
def test_files_of_one_request_are_bounded_together(
    client: Client, monkeypatch: pytest.MonkeyPatch, size: int, code: int
) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 100_000)
    half = SimpleUploadedFile("half.csv", b"x" * (size // 2))

    answer = client.post("/account/login/", {"one": half, "two": SimpleUploadedFile("other.csv", b"x" * (size // 2))})

    assert answer.status_code == code
