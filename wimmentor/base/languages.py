"""Which language is spoken: to the reader of a page, to the recipient of an e-mail, to an organisation's people."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import trans_real

from wimmentor.base.terms import Terms, use_words

# Django names no way to ask for the translation object itself, which alone knows of terms.
_ACTIVE: Any = trans_real._active  # type: ignore[attr-defined]


def site_languages() -> tuple[str, ...]:
    return tuple(code for code, _name in settings.LANGUAGES)


def spoken(*wanted: str) -> str:
    """The first of these that the site speaks ("es" for "es-mx"), else English."""
    known = site_languages()
    for code in wanted:
        for candidate in (code, code.partition("-")[0]):
            if candidate in known:
                return candidate
    return settings.LANGUAGE_CODE


def spoken_among(codes: Iterable[str]) -> list[str]:
    """Those of `codes` that the site speaks, each once, in the site's order; English if there are none."""
    wanted = {code.partition("-")[0] for code in codes}
    return [code for code in site_languages() if code in wanted] or [settings.LANGUAGE_CODE]


@contextmanager
def speak(language: str, terms: Terms | None = None) -> Iterator[None]:
    """Word everything inside in `language`, with an organisation's own terms where given. Afterwards all is as it was,
    also the terms of the page around it, which Django's own `override` would lose."""
    before = getattr(_ACTIVE, "value", None)
    translation.activate(spoken(language))
    say_terms(terms)
    try:
        yield
    finally:
        if before is None:
            translation.deactivate()
        else:
            _ACTIVE.value = before


def say_terms(terms: Terms | None) -> None:
    """From here on in this request: the active language with an organisation's own terms. None and {} leave it."""
    language = translation.get_language()
    words = (terms or {}).get(language or "")
    if language and words:
        _ACTIVE.value = use_words(trans_real.translation(language), language, words)


def spoken_now() -> str:
    """The active language, as the site names it."""
    return spoken(translation.get_language() or "")


def remember_language(response: HttpResponse, language: str) -> None:
    """In this browser, for whoever is not signed in."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=60 * 60 * 24 * 365,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
