"""What a browser may do by a link, and for how long."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from programmes.access.links import MOST_GRANTS, SESSION_KEY, grant_session, may_by_link
from tests.conftest import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_() -> HttpRequest:
    request = RequestFactory().get("/")
    request.session = SessionStore()
    return request


def may(request: HttpRequest, subject: int) -> bool:
    return may_by_link(request, purpose="x", subject_id=subject)


def test_a_grant_lasts_twelve_hours_or_as_long_as_said(request_: HttpRequest, clock: Clock) -> None:
    grant_session(request_, purpose="x", subject_id=1)
    grant_session(request_, purpose="x", subject_id=2, hours=48)

    clock.shift(timedelta(hours=11))
    before = may(request_, 1), may(request_, 2)
    clock.shift(timedelta(hours=2))

    assert (before, may(request_, 1), may(request_, 2)) == ((True, True), False, True)


def test_what_has_ended_is_forgotten_and_there_is_an_end_to_all(request_: HttpRequest, clock: Clock) -> None:
    grant_session(request_, purpose="x", subject_id=0)
    clock.shift(timedelta(hours=13))
    for subject in range(1, MOST_GRANTS + 11):
        grant_session(request_, purpose="x", subject_id=subject)

    kept: dict[str, Any] = request_.session[SESSION_KEY]
    assert list(kept) == [f"x:{subject}" for subject in range(11, MOST_GRANTS + 11)]
