"""Follows what pages offer, as somebody. Of pages that differ only by an id or a value a few are enough."""

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve

from tests.matrix.controls import Form, Page
from tests.matrix.visitors import taken_back

STARTS = ("/", "/desk/", "/account/", "/staff/inventory/", "/staff/organisations/")
OF_EACH = 2


@dataclass
class Crawl:
    """`answers`: path -> answer; `forms`: address of what takes a POST -> (the page it stands on, the form);
    `searching`: where a word can be asked for."""

    answers: dict[str, Any] = field(default_factory=dict)
    forms: dict[str, tuple[str, Form]] = field(default_factory=dict)
    unrouted: set[str] = field(default_factory=set)
    searching: set[str] = field(default_factory=set)

    @property
    def routes(self) -> set[str]:
        return {route_of(path) for path in [*self.answers, *self.forms]}


def route_of(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).url_name or ""
    except Resolver404:
        return ""


def crawl(
    client: Client,
    starts: tuple[str, ...] = STARTS,
    *,
    of_each: int = OF_EACH,
    without: frozenset[str] = frozenset(),
) -> Crawl:
    """`without`: routes that are not opened."""
    found, waiting, seen, taken = Crawl(), deque(starts), set(starts), Counter[tuple[str, tuple[str, ...]]]()
    while waiting:
        path = waiting.popleft()
        if taken[kind := kind_of(path)] >= of_each or kind[0] in without:
            continue
        taken[kind] += 1
        with taken_back(client):
            answer = client.get(path)
        found.answers[path] = answer
        for following in _offers(path, answer, found):
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return found


def kind_of(path: str) -> tuple[str, tuple[str, ...]]:
    parts = urlsplit(path)
    return route_of(path), tuple(sorted(parse_qs(parts.query)))


def _offers(path: str, answer: Any, found: Crawl) -> list[str]:
    """Where the page leads by GET. Its forms are written down."""
    if answer.status_code in {301, 302}:
        return _local(path, [answer["Location"]], found)
    if "html" not in answer.get("Content-Type", ""):
        return []
    page = Page(answer.content)
    asked = {urljoin(path, form.action): form for form in page.forms if form.method == "get"}
    found.searching |= {urlsplit(action).path for action, form in asked.items() if "q" in form.values}
    for form in page.forms:
        action = urljoin(path, form.action) if form.action else path
        if form.method == "post" and _local(path, [action], found):
            found.forms.setdefault(action, (path, form))
    return _local(path, [*page.links, *asked], found)


def _local(path: str, links: list[str], found: Crawl) -> list[str]:
    """Addresses on this site that a route answers; one that none answers is written down."""
    kept = []
    for link in links:
        parts = urlsplit(urljoin(path, link.removeprefix(settings.SITE_URL)))
        if parts.scheme or parts.netloc or parts.path.startswith("/static/"):
            continue
        target = parts._replace(fragment="").geturl()
        if not route_of(target):
            found.unrouted.add(f"{path} -> {target}")
            continue
        kept.append(target)
    return kept
