"""What is said when the database or the disk fails under a request: a page that says what to do, never a plain 500."""

import errno

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from wimmentor.urls import urlpatterns as pages

FAULTS: dict[str, Exception] = {
    "database": OperationalError("database or disk is full"),
    "connection": InterfaceError("connection already closed"),
    "disk": OSError(errno.ENOSPC, "No space left on device"),
    "rule": IntegrityError("UNIQUE constraint failed"),
    "file": FileNotFoundError(errno.ENOENT, "No such file"),
    "mistake": ValueError("ours"),
}


def fail(request: HttpRequest, kind: str) -> HttpResponse:
    raise FAULTS[kind]


urlpatterns = [path("fail/<slug:kind>/", fail), *pages]
handler500 = "wimmentor.base.views.broken"
pytestmark = [pytest.mark.urls(__name__), pytest.mark.usefixtures("db")]


@pytest.mark.parametrize("kind", ["database", "connection", "disk"])
def test_nothing_can_be_kept_for_a_while(kind: str) -> None:
    answer = Client(raise_request_exception=False).post(f"/fail/{kind}/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "Nothing was changed" in answer.content.decode()


@pytest.mark.parametrize("kind", ["rule", "file", "mistake"])
def test_our_own_mistakes_stay_what_they_are(kind: str) -> None:
    answer = Client(raise_request_exception=False).post(f"/fail/{kind}/")

    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()


def test_page_is_in_her_language() -> None:
    answer = Client(raise_request_exception=False).get("/fail/disk/", headers={"Accept-Language": "es-PE"})

    assert '<html lang="es"' in answer.content.decode()
