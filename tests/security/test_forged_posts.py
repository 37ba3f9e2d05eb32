"""Posts from other sites are refused on every route; line breaks in what becomes a letter's head make no new line."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from programmes.models import OutboxEmail
from programmes.outbox.domain import queue_email, send_email
from tests.matrix import world
from tests.matrix.visitors import ROLE_USERS, client_of
from wimmentor.base.forms import sign_shown

pytestmark = pytest.mark.django_db
BREAKS = ("\r\n", "\n", "\r", "\r\n\r\n", "\n ", "\x0b", "\x0c", "\x85", "\u2028", "%0d%0a", "\\r\\n", "\r\n\t")
INJECTED = "Bcc: victim@example.com"


def token_of(client: Client) -> str:
    client.get("/account/login/")
    client.get("/account/profile/")
    return str(client.cookies["wim_csrf"].value)


def test_every_post_needs_the_token_of_its_own_browser_and_site(populated: None) -> None:
    cohort = world.peru()
    ids = world.subject_ids(cohort)
    client = client_of(ROLE_USERS["owner"], enforce_csrf_checks=True)
    own, others = token_of(client), token_of(client_of(ROLE_USERS["coordinator"], enforce_csrf_checks=True))
    forged = {
        "no token": ({}, {}),
        "another's token": ({"csrfmiddlewaretoken": others}, {}),
        "another site": ({"csrfmiddlewaretoken": own}, {"Origin": "https://evil.example.com"}),
        "no site": ({"csrfmiddlewaretoken": own}, {"Origin": "null"}),
    }
    taken = []
    for route in world.routes():
        path = world.fill(route, cohort, ids)
        for name, (body, headers) in forged.items() if "POST" in route.access.methods else ():
            answer = client.post(path, body, headers=headers)
            if answer.status_code != 403 or answer.templates[0].name != "403_csrf.html":
                taken.append(f"{name}: {route.name} {answer.status_code}")
    assert len(own) == len(others)
    assert taken == []


def test_the_browser_s_own_token_is_taken(populated: None) -> None:
    """Without this, the refusals above could be for another reason."""
    client = client_of(ROLE_USERS["owner"], enforce_csrf_checks=True)
    body = {"csrfmiddlewaretoken": token_of(client), "name": "Tamia", "language": "en"}

    assert client.post("/account/profile/", body).status_code == 302


@pytest.mark.parametrize("line_break", BREAKS)
def test_line_breaks_make_no_head_line(line_break: str) -> None:
    text = f"Words{line_break}{INJECTED}"
    for name in ("subject", "recipient_name", "reply_to"):
        values = {"subject": "Words", name: text if name != "reply_to" else f"a@example.org{line_break}{INJECTED}"}
        row = queue_email(event_key=f"test:{name}", recipient="ana@example.org", kind="test", body="Words", **values)
        send_email(email_id=row.pk)
    heads = [message.message().as_string().partition("\n\n")[0] for message in mail.outbox]

    assert len(heads) >= 2
    assert not any(line.lower().startswith("bcc") for head in heads for line in head.splitlines())
    assert {tuple(message.recipients()) for message in mail.outbox} == {("ana@example.org",)}


@pytest.mark.parametrize("line_break", BREAKS[:6])
def test_line_breaks_in_fields_of_forms_reach_no_head_line(populated: None, line_break: str) -> None:
    client, text = client_of(ROLE_USERS["owner"]), f"x@example.org{line_break}{INJECTED}"
    slug = world.TENANT
    sent = OutboxEmail.objects.latest("pk").pk
    page = client.get(reverse("organisation-edit", args=[slug]))
    settings = {**page.context["form"].initial, "countries": "Peru", "languages": "Spanish", "contact_email": text}
    bodies = {
        reverse("organisation-invite", args=[slug]): {"email": text, "role": "reviewer"},
        reverse("organisation-edit", args=[slug]): {k: v or "" for k, v in settings.items()},
        "/account/login/": {"login": text, "shown": sign_shown(60)},
        "/account/password/reset/": {"email": text},
        "/account/email/": {"email": text, "action_add": "1"},
        "/account/profile/": {"name": f"Ana{line_break}{INJECTED}", "language": "en"},
    }
    for path, body in bodies.items():
        assert client.post(path, body).status_code < 500, path

    rows = OutboxEmail.objects.filter(pk__gt=sent)
    heads = [part for row in rows for part in (row.subject, row.recipient, row.recipient_name, row.reply_to)]
    assert not any(sign in head for head in heads for sign in "\r\n\x0b\x0c\x85\u2028")
    assert not any("victim@example.com" in row.recipient for row in rows)
