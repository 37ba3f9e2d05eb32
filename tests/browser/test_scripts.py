"""What people write is shown, never run: previews, letters, entries, in Chromium and without the policy's help."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Page

from inventory.initiatives.models import Record
from programmes.models import Application, OutboxEmail
from programmes.outbox.rendering import render_html
from tests.matrix import world
from tests.matrix.visitors import ROLE_USERS, client_of
from wimmentor.base import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
RUN = "window.ran=(window.ran||0)+1"
PAYLOADS = " ".join(
    wrapped
    for inner in (f"<script>{RUN}</script>", f"<img src=x onerror={RUN}>", f"<svg onload={RUN}></svg>")
    for wrapped in (inner, f'">{inner}', f"'>{inner}", f"</textarea>{inner}", f"</title>{inner}", f"-->{inner}")
)
LINKS = f"[press](javascript:{RUN}) javascript:{RUN} <a id=trap href='javascript:{RUN}'>x</a>"
COUNT = """[window.ran || 0, document.querySelectorAll("#trap, a[href^='javascript:']").length]"""
HOSTILE = f"{PAYLOADS} {LINKS}"


@pytest.fixture(scope="module")
def populated(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        world.build_world()
        yield
        transaction.set_rollback(True)


def shown_pages() -> dict[str, str]:
    """Pages and letters with the hostile words in them."""
    cohort = world.peru()
    ids = world.subject_ids(cohort)
    owner, slugs = client_of(ROLE_USERS["owner"]), [world.TENANT, cohort.programme.slug, cohort.slug]
    letter = OutboxEmail.objects.get(pk=ids["outbox"])
    letter.subject, letter.body = HOSTILE[:200], HOSTILE
    letter.save()
    Application.objects.filter(pk=ids["application"]).update(
        first_name=HOSTILE[:90], notes=HOSTILE, goals_words=HOSTILE, employer=HOSTILE[:140], not_with=HOSTILE
    )
    told = {"B1": {"value": HOSTILE[:190]}, "B5": {"value": HOSTILE}, "C1": {"state": "unknown", "words": HOSTILE}}
    Record.objects.filter(initiative=ids["initiative"]).update(
        name=HOSTILE[:190], answers=told, review="published", published_at=clock.now(), is_current=True
    )
    preview = {"subject": HOSTILE[:150], "body": HOSTILE, "version": "1", "preview": "1"}
    pages = {
        "letter preview": owner.post(reverse("letter-edit", args=[*slugs, "offer_mentee"]), preview),
        "message": owner.get(reverse("outbox-message", args=[*slugs, letter.pk])),
        "application": owner.get(reverse("application-detail", args=[*slugs, ids["application"]])),
        "entry": client_of(None).get(reverse("initiative-page", args=[f"{world.TENANT}-entry"])),
        "directory": client_of(None).get(reverse("inventory-directory")),
    }
    texts = {name: answer.content.decode() for name, answer in pages.items()}
    return {**texts, "e-mail": render_html(letter, {})}


def test_nothing_that_people_write_is_run(populated: None, page: Page) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    shown, ran = {}, {}
    for name, text in shown_pages().items():
        page.set_content(text, wait_until="domcontentloaded")
        shown[name] = "window.ran" in page.inner_text("body")
        ran[name] = page.evaluate(
            "[window.ran || 0, document.querySelectorAll('#trap, a[href^=\"javascript:\"]').length]"
        )

    assert shown == dict.fromkeys(shown, True)
    assert ran == {name: [0, 0] for name in ran}
    assert dialogs == []


def test_the_payloads_would_run_if_they_were_let(page: Page) -> None:
    page.set_content(f"<body>{HOSTILE}</body>", wait_until="load")
    assert page.evaluate("window.ran") >= 6
