"""Which language is spoken: to the reader of a page, to the recipient of an e-mail, to an organisation's people."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real

from wimmentor.base.terms import Terms, use_words


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
    before = getattr(trans_real._active, "value", None)
    translation.activate(spoken(language))
    say_terms(terms)
    try:
        yield
    finally:
        if before is None:
            translation.deactivate()
        else:
            trans_real._active.value = before


def say_terms(terms: Terms | None) -> None:
    """From here on in this request: the active language with an organisation's own terms. None and {} leave it."""
    language = translation.get_language()
    words = (terms or {}).get(language or "")
    if language and words:
        trans_real._active.value = use_words(trans_real.translation(language), language, words)
