import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import gettext as _

from wimmentor.base.changes import tell_last_change
from wimmentor.base.errors import Conflict, DomainError
from wimmentor.base.languages import spoken
from wimmentor.base.text import contains_nul

GetResponse = Callable[[HttpRequest], HttpResponse]
_request_id: ContextVar[str] = ContextVar("request_id", default="-")


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _request_id.get()
        return True


class LogLine(logging.Formatter):
    """Addresses that are keys (purpose links, password resets, one-click sign-in) are written without the key."""

    _KEYS = re.compile(r"(/l/|/password/reset/key/|/demo/login/)[^/\s?]+")

    def format(self, record: logging.LogRecord) -> str:
        return self._KEYS.sub(r"\1…", super().format(record))


def request_id(get_response: GetResponse) -> GetResponse:
    """A fresh id per request, in the log and in the answer; never taken from the client."""

    def middleware(request: HttpRequest) -> HttpResponse:
        _request_id.set(uuid.uuid4().hex[:12])
        response = get_response(request)
        response["X-Request-ID"] = _request_id.get()
        return response

    return middleware


def drop_broken_cookies(get_response: GetResponse) -> GetResponse:
    """A cookie may hold NUL (written as \\000), with which PostgreSQL cannot even be asked for a session."""

    def middleware(request: HttpRequest) -> HttpResponse:
        for name in [name for name, value in request.COOKIES.items() if contains_nul(value)]:
            del request.COOKIES[name]
        return get_response(request)

    return middleware


def forget_language(get_response: GetResponse) -> GetResponse:
    """A page is worded by the language in her cookie, her account or her browser; the next request begins without."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        if not response.streaming:  # a table that is still being written out has words to come
            translation.deactivate()
        return response

    return middleware


def speak_her_language(get_response: GetResponse) -> GetResponse:
    """Whoever is signed in reads the language of her account. A visitor without a session is not looked up."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            language = spoken(request.user.language)
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return get_response(request)

    return middleware


def never_store(get_response: GetResponse) -> GetResponse:
    """What a person sees only because of who she is stays out of shared caches and the back button."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # Asking request.user here would itself read the session, and no page could be stored.
        if request.session.accessed and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware


class show_refusals:  # noqa: N801 - named like the function middlewares beside it
    """A refusal that no view caught becomes a page that says what happened: 409, never a 500."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        return render(request, "409.html", {"conflict": describe_refusal(exception)}, status=409)


def describe_refusal(refusal: DomainError) -> dict[str, object]:
    """Context of 409.html: both versions, and who made what is there now."""
    if not isinstance(refusal, Conflict):
        return {"message": refusal.message}
    theirs = dict(refusal.theirs)
    if changed := tell_last_change(refusal.about):
        theirs[_("Changed by")] = changed
    return {
        "message": refusal.message,
        "yours": refusal.yours,
        "theirs": theirs,
        "kept": refusal.kept,
        "url": refusal.url,
    }
