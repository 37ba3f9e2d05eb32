"""Every answer has an id; what somebody sees because of who she is is stored nowhere; refusals are pages."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from programmes.people.models import User
from wimmentor.base import middleware
from wimmentor.base.errors import Conflict, DomainError

pytestmark = pytest.mark.django_db


def make_request(path: str = "/") -> HttpRequest:
    request = RequestFactory().get(path)
    request.session = SessionStore()
    request.user = AnonymousUser()
    return request


def refuse(error: Exception) -> HttpResponse | None:
    def never(request: HttpRequest) -> HttpResponse:
        raise AssertionError(request)

    return middleware.show_refusals(never).process_exception(make_request(), error)


def test_each_answer_has_a_fresh_id_of_its_own(client: Client) -> None:
    answers = [client.get("/livez", headers={"X-Request-ID": "mine"}) for _try in range(3)]

    ids = {answer["X-Request-ID"] for answer in answers}
    assert len(ids) == 3
    assert all(re.fullmatch("[0-9a-f]{12}", found) for found in ids)


def test_log_lines_of_a_request_carry_its_id() -> None:
    said: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        record = middleware.logging.LogRecord("x", 30, "", 0, "", None, None)
        middleware.RequestIdFilter().filter(record)
        said.append(record.request_id)  # type: ignore[attr-defined]
        return HttpResponse()

    answer = middleware.request_id(view)(make_request())

    assert said == [answer["X-Request-ID"]]


def test_page_of_a_signed_in_person_is_not_stored(client: Client) -> None:
    client.force_login(User.objects.create_user("ana@example.org", name="Ana"))

    answer = client.get("/account/")

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store, private")


def test_page_that_read_the_session_is_not_stored() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        request.session.get("purpose_links")
        return HttpResponse()

    assert middleware.never_store(view)(make_request())["Cache-Control"] == "no-store, private"


def test_page_that_asked_nobody_may_be_stored(client: Client) -> None:
    assert not client.get("/livez").has_header("Cache-Control")


def test_view_has_the_last_word_on_storing() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        request.session.get("x")
        return HttpResponse(headers={"Cache-Control": "max-age=60"})

    assert middleware.never_store(view)(make_request())["Cache-Control"] == "max-age=60"


def test_refusal_is_a_page_that_says_what_happened() -> None:
    answer = refuse(DomainError("This cohort is closed."))

    assert answer is not None
    assert answer.status_code == 409
    assert "This cohort is closed." in answer.content.decode()


def test_conflict_shows_both_versions() -> None:
    answer = refuse(Conflict("Somebody was quicker.", yours={"name": "Mine <b>"}, theirs={"name": "Hers"}))

    assert answer is not None
    html = answer.content.decode()
    assert answer.status_code == 409
    assert all(text in html for text in ("Somebody was quicker.", "Mine &lt;b&gt;", "Hers"))
    assert "Mine <b>" not in html


def test_fault_of_ours_is_no_refusal() -> None:
    assert refuse(ValueError("broken")) is None


def test_a_cookie_with_nul_is_as_good_as_none(client: Client) -> None:
    """Django reads \\000 in a quoted cookie as NUL, and would ask the database for such a session."""
    answer = client.get("/", headers={"Cookie": 'wim_session="abcdefgh\\000ijklmnop"; wim_csrf=kept'})

    assert answer.status_code == 200
    assert answer.wsgi_request.COOKIES == {"wim_csrf": "kept"}


def test_log_lines_name_no_key() -> None:
    record = middleware.logging.LogRecord("x", 30, "", 0, "Not Found: %s", ("/l/Secret-Token_1/?next=x",), None)
    reset = middleware.logging.LogRecord("x", 30, "", 0, "/account/password/reset/key/1-abc-def/ /help/", None, None)

    lines = [middleware.LogLine("%(message)s").format(each) for each in (record, reset)]

    assert lines == ["Not Found: /l/…/?next=x", "/account/password/reset/key/…/ /help/"]
