"""Every page in a language that is none: each sentence in brackets and forty per cent longer. What stands outside
brackets is in no catalogue; what is wider than the screen would burst in Spanish or French."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.audit import WIDER, WIDTHS
from tests.browser.pseudo_words import pieces_of
from tests.browser.test_pages import OTHER_ANSWERS, come_in
from tests.processes import Blank, Site, start_site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.processes,
    pytest.mark.skipif(
        os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="Pages are looked at in the run on SQLite."
    ),
]
SHOTS = os.environ.get("WIM_PSEUDO_SCREENSHOTS", "")
# A letter stays as its author wrote it; <code> and lang="zxx" mark what is in no language.
READ = """() => {
    const BLOCKS = "p, li, td, th, dt, dd, h1, h2, h3, h4, label, legend, button, option, summary, caption, div, nav," +
        " figcaption, span.over, title, aside, header, footer, main, form, section, a.btn";
    const groups = new Map();
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (parent.closest("script, style, textarea, code, [lang=zxx], .letter")) continue;
        const block = parent.closest(BLOCKS) || document.body;
        groups.set(block, (groups.get(block) || "") + walker.currentNode.data + "\\u0001");
    }
    const texts = [...groups.values()];
    for (const each of document.querySelectorAll("[aria-label], [placeholder], [alt], [title]"))
        for (const name of ["aria-label", "placeholder", "alt", "title"])
            if (each.getAttribute(name)) texts.push(each.getAttribute(name));
    return texts;
}"""
WORD = re.compile(r"[^\W\d_]{2,}")
ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*|/\S+/|#\S+|[+-]\d\d:\d\d|UTC\S*|\b[\da-z]{32,}\b", re.IGNORECASE)
# The site's name, units and names of zones, formats of files.
# The letter is that of tests/browser/addresses.py.
NAMES = {"wimmentor", "gmt", "csv", "xlsx", "json", "kb", "mb", "iwim", "a letter"}


@pytest.fixture(scope="module")
def pseudo(blank: Blank, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, dict[str, Any], set[str]]]:
    with start_site(blank, tmp_path_factory.mktemp("pseudo"), WIM_PSEUDO="1") as site:
        ask = ("shell", "--no-imports", "--command")
        world = site.manage(*ask, "from tests.browser.addresses import main; main()").stdout.splitlines()[-1]
        words = site.manage(*ask, "from tests.browser.pseudo_words import main; main()").stdout.splitlines()[-1]
        yield site, json.loads(world), set(json.loads(words))


def outside_brackets(text: str) -> str:
    """What is left of one block, sentence by sentence; text nodes are parted by \\u0001."""
    depth, left = 0, []
    for sign in text:
        depth = max(depth + (sign == "⟦") - (sign == "⟧"), 0)
        if sign == "⟧":
            left.append("|")
        elif depth == 0:
            left.append("|" if sign == "\u0001" else sign)
    return ADDRESS.sub("|", "".join(left))


def strange_words(texts: list[str], excused: set[str]) -> list[str]:
    pieces = {piece for text in texts for piece in pieces_of(outside_brackets(text)) if WORD.search(piece)}
    return sorted(piece for piece in pieces if piece not in excused and piece not in NAMES)


@pytest.fixture(scope="module")
def findings(pseudo: tuple[Site, dict[str, Any], set[str]], browser: Browser) -> dict[str, list[str]]:
    site, world, excused = pseudo
    wrong: dict[str, list[str]] = {"words": [], "width": []}
    pages = sorted(few_of_a_kind(world["pages"]), key=lambda row: (row["who"], row["entry"]))
    for (who, entry), rows in groupby(pages, key=lambda row: (row["who"], row["entry"])):
        page = browser.new_context(locale="en-GB").new_page()
        come_in(page, _Live(site.url, world), who, entry)  # type: ignore[arg-type]
        for row in rows:
            response = page.goto(site.url + row["path"])
            assert response is not None
            assert response.status == OTHER_ANSWERS.get(row["name"], 200), row
            look(page, row["name"], excused, wrong)
        page.context.close()
    return wrong


def few_of_a_kind(pages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Words and widths hardly differ between cohorts and roles: two of a kind ("board of iwim/2024") are enough here.
    test_pages looks at all of them."""
    seen: Counter[str] = Counter()
    found = []
    for row in pages:
        kind = row["name"].partition(" of ")[0]
        seen[kind] += 1
        # Each status of an application has a page of its own.
        if seen[kind] <= 2 or kind.startswith("application-"):
            found.append(row)
    return found


class _Live:
    def __init__(self, url: str, addresses: dict[str, Any]) -> None:
        self.url, self.addresses = url, addresses


def look(page: Page, name: str, excused: set[str], wrong: dict[str, list[str]]) -> None:
    wrong["words"] += [f"{name}: {piece}" for piece in strange_words(page.evaluate(READ), excused)]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name.replace('/', '-')} {width}.png", full_page=True)
        wider = page.evaluate(WIDER)
        wrong["width"] += [f"{name} at {width}: {wider} px wider"] if wider > 0 else []


@pytest.mark.parametrize("kind", ["words", "width"])
def test_every_page_is_in_the_catalogues_and_holds_longer_words(findings: dict[str, list[str]], kind: str) -> None:
    wrong = sorted(set(findings[kind]))
    assert not wrong, "\n".join(wrong)


def test_the_reading_finds_what_is_outside() -> None:
    texts = ["⟦Ŝavee⟧\u0001 Anna\u0001", "Save it, now", "⟦whole ⟦inner⟧ sentence⟧", "12 · ana@example.org"]

    assert strange_words(texts, {"anna"}) == ["now", "save it"]
