"""What is wrong with a page, seen from a browser: rules of axe, width, structure, security policy."""

import os
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Response

SHOTS = os.environ.get("WIM_SCREENSHOTS", "")  # a folder, for somebody who wants to look at them
WIDTHS = (1280, 360)
AXE = Axe()
AXE_OPTIONS = {"resultTypes": ["violations"]}
STRUCTURE = """() => {
    const count = (chosen) => document.querySelectorAll(chosen).length;
    const wrong = [];
    if (count("h1") !== 1) wrong.push(`${count("h1")} h1`);
    if (count("main") !== 1) wrong.push(`${count("main")} main`);
    if (!document.title.replace("| Wimmentor", "").trim()) wrong.push("no title");
    if (!document.documentElement.lang) wrong.push("no language");
    if (count("[style]")) wrong.push("a style attribute");
    return wrong;
}"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Findings:
    pages: int = 0
    wrong: dict[str, list[str]] = field(default_factory=lambda: {"axe": [], "width": [], "structure": [], "answer": []})

    def add(self, kind: str, name: str, details: list[str]) -> None:
        self.wrong[kind] += [f"{name}: {detail}" for detail in details]


def audit(page: Page, name: str, findings: Findings) -> None:
    """The page that is open, at both widths."""
    findings.pages += 1
    findings.add("structure", name, page.evaluate(STRUCTURE))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{findings.pages:03d} {name.replace('/', '-')} {width}.png", full_page=True)
        wider = page.evaluate(WIDER)
        findings.add("width", f"{name} at {width}", [f"{wider} px wider"] if wider > 0 else [])
        findings.add("axe", f"{name} at {width}", list_violations(page))


def list_violations(page: Page) -> list[str]:
    found = AXE.run(page, options=AXE_OPTIONS).response["violations"]
    return [f"{rule['id']} {rule['nodes'][0]['html'][:160]}" for rule in found]


def watch(page: Page, findings: Findings) -> None:
    """From now on: refused by the security policy, errors of scripts, files that are not there."""

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            findings.add("answer", page.url, [message.text])

    def look(response: Response) -> None:
        kind = response.request.resource_type
        if response.status >= 500 or (kind != "document" and response.status >= 400):
            findings.add("answer", response.url, [f"{kind} {response.status}"])

    page.on("console", note)
    page.on("pageerror", lambda error: findings.add("answer", page.url, [str(error)]))
    page.on("response", look)
