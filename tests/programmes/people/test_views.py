from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from programmes.people import registry
from programmes.people.demo import demo_link_path
from programmes.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return User.objects.create_user("ana@example.org", name="Ana Quispe")


def test_the_profile_is_saved(client: Client, ana: User) -> None:
    client.force_login(ana)
    client.post("/account/profile/", {"name": " Ana  Quispe Rojas ", "language": "en", "time_zone": "America/Lima"})
    ana.refresh_from_db()
    assert (ana.name, ana.language, ana.time_zone) == ("Ana Quispe Rojas", "en", "America/Lima")


def test_an_unknown_time_zone_is_refused(client: Client, ana: User) -> None:
    client.force_login(ana)
    page = client.post("/account/profile/", {"name": "Ana", "language": "en", "time_zone": "Mars/Olympus"})
    assert list(page.context["form"].errors) == ["time_zone"]


@pytest.mark.parametrize(
    "path",
    ["/account/email/", "/account/password/set/", "/account/2fa/", "/account/2fa/totp/activate/", "/account/sessions/"],
)
def test_pages_of_ones_account_open_in_our_look(client: Client, ana: User, path: str) -> None:
    EmailAddress.objects.create(user=ana, email=ana.email, verified=True, primary=True)
    client.force_login(ana)
    page = client.get(path)
    text = page.content.decode()
    assert page.status_code == 200
    assert 'class="public narrow"' in text
    assert "style=" not in text
    assert "data:image" not in text


def test_queries_of_ones_page(
    client: Client, ana: User, django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_account_sections", [])  # what higher areas add, they count themselves
    client.force_login(ana)
    with django_assert_num_queries(2):
        assert client.get("/account/").status_code == 200


def test_the_demo_link_signs_in_by_post_in_demo_mode(client: Client, ana: User, settings: Settings) -> None:
    settings.WIM_MODE = "demo"
    path = demo_link_path(ana)
    client.get(path)
    before = "_auth_user_id" in client.session
    client.post(path)
    assert (before, client.session["_auth_user_id"]) == (False, str(ana.pk))


@pytest.mark.parametrize(("mode", "address"), [("test", "127.0.0.1"), ("demo", "192.0.2.7")])
def test_elsewhere_there_is_no_demo_link(
    client: Client, ana: User, settings: Settings, mode: str, address: str
) -> None:
    settings.WIM_MODE = mode
    statuses = [client.post(path, REMOTE_ADDR=address).status_code for path in [demo_link_path(ana)]]
    statuses += [client.get("/demo/mailbox/", REMOTE_ADDR=address).status_code]
    assert statuses == [404, 404]


def test_a_forged_demo_key_opens_nothing(client: Client, ana: User, settings: Settings) -> None:
    settings.WIM_MODE = "demo"
    assert client.post(f"/demo/login/{ana.pk}:forged/").status_code == 404


def test_the_demo_mailbox_shows_messages(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.WIM_MODE = "demo"
    settings.STATE_DIR = tmp_path
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "2026-1.eml").write_text("Subject: Your code\nTo: ana@example.org\n\nhttp://127.0.0.1/l/x/\n")
    shown = client.get("/demo/mailbox/").content.decode()
    message = client.get("/demo/mailbox/2026-1/").content.decode()
    assert "Your code" in shown
    assert 'href="http://127.0.0.1/l/x/"' in message


def test_what_a_proxy_passes_on_is_no_visit_of_this_machine(client: Client, ana: User, settings: Settings) -> None:
    settings.WIM_MODE = "demo"

    answer = client.post(demo_link_path(ana), headers={"X-Forwarded-For": "192.0.2.7"})

    assert answer.status_code == 404
