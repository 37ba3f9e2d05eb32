"""Fills the database of a live site with the world of tests/matrix and prints, as JSON, who sees which page and how
she comes in. Runs in a process of the site: its database is not the one of the test."""

import json
from time import time
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from matching.board.prices import QUESTIONS
from matching.models import MatchingRun, Proposal
from programmes.access.links import create_link
from programmes.cohorts.addresses import cohort_url
from programmes.models import Application, Cohort, User
from programmes.outbox.mailbox import DemoMailbox, read_mailbox
from programmes.people.demo import demo_link_path
from tests.matrix import world
from tests.matrix.world import Route
from tests.programmes.applications.applicants import make_draft, start_address
from wimmentor.base.errors import DomainError

NO_PAGES = (
    *("livez", "readyz", "inventory-export", "matching-progress", "offers-export", "applications-export"),
    *("mentorships-contacts", "pair-calendar", "mfa_download_recovery_codes", "import-file", "import-refused"),
    *("inventory-analysis-file", "organisation-analysis-file", "staff-analysis-file"),
    *("past-pairs-refused", "data-table", "data-descriptor", "data-document", "data-archive"),
    *("initiative-evidence", "alliance-evidence", "staff-evidence"),
    # It leads back to an import that is not in; the walk of a whole import looks at it.
    "import-undo",
)
OWNER = "owner@wimperu.example.org"
STAFF = "reviewer@iwim.example.org"
TABS = (
    *("cohort-overview", "applications-list", "import-new", "matching-runs", "board", "offers-list", "offers-publish"),
    *("mentorships-list", "outbox-list", "cohort-settings", "letters-list", "programme-overview", "cohort-extend"),
)
OTHER_COHORTS = {
    "wim-peru/blank-edition": OWNER,
    "wime-indonesia/first-edition": "coordinator@wime.example.org",
    "wime-indonesia/second-edition": "coordinator@wime.example.org",
    "iwim/2024": "coordinator@iwim.example.org",
    "aweik/first-edition": "coordinator@aweik.example.org",
}
PEOPLE = ("mentee@wimperu.example.org", "mentor@wimperu.example.org", "owner@wimmexico.example.org")


def main() -> None:
    world.build_world()
    cohort = world.peru()
    ids = world.subject_ids(cohort)
    pages = [page for route in world.routes() for page in pages_of(route, cohort, ids)]
    pages += [*pages_of_applicants(ids), *pages_of_other_cohorts(), *pages_of_people(), *pages_of_careful()]
    pages += [*pages_of_prices(cohort), *pages_of_prices(world.wime())]
    addresses = {user.email: demo_link_path(user) for user in User.objects.exclude(is_active=False)}
    document = {
        "pages": pages,
        "sign_in": addresses,
        "tenant": f"/o/{cohort.programme.organisation.slug}/{cohort.programme.slug}/{cohort.slug}/",
        "cookie": settings.SESSION_COOKIE_NAME,
        "refusals": refusals(),
    }
    print(json.dumps(document))  # noqa: T201 - the answer


def pages_of(route: Route, cohort: Cohort, ids: dict[str, int]) -> list[dict[str, Any]]:
    if "GET" not in route.access.methods or route.name in NO_PAGES or route.path.startswith("apply/<uuid"):
        return []
    permission = route.access.permission
    if permission.startswith("link:"):
        subject = ids["account-sign-in" if "sign_in" in permission else route.name.split("-")[0]]
        if route.name.startswith("application-"):
            return []
        entry = create_link(purpose=permission.removeprefix("link:"), subject_id=subject)
        return [page("", route.name, world.fill(route, cohort, ids), entry)]
    if route.name == "demo-message":
        return [page("", route.name, reverse(route.name, args=[write_letter()]))]
    who = "" if permission == "public" else STAFF if route.path.startswith("staff/") else OWNER
    return [page(who, route.name, world.fill(route, cohort, ids))]


def page(who: str, name: str, path: str, entry: str = "") -> dict[str, Any]:
    return {"who": who, "name": name, "path": path, "entry": entry}


def write_letter() -> str:
    DemoMailbox().send_messages([mail.EmailMessage("A letter", "With a [link].", to=["ana@example.org"])])
    return read_mailbox(1)[0][0]


def pages_of_applicants(ids: dict[str, int]) -> list[dict[str, Any]]:
    """A draft with every step, one that waits to be confirmed, and one that is accepted."""
    kenya = Cohort.objects.select_related("programme__organisation").get(programme__organisation__slug="aweik")
    drafts = {role: make_draft(kenya, role=role, email=f"{role}.draft@example.org") for role in ("mentee", "mentor")}
    found = [page("", "apply-start of an open cohort", start_address(kenya))]
    for role, draft in drafts.items():
        entry = create_link(purpose="application.resume", subject_id=draft.pk)
        for step in ("about", "work", "goals", "meeting", "care"):
            path = reverse("apply-step", kwargs={"key": draft.submission_key, "step": step})
            found.append(page("", f"apply-step {step} {role}", path, entry))
        found.append(page("", "apply-check", reverse("apply-check", kwargs={"key": draft.submission_key}), entry))
        found.append(page("", "withdraw a draft", reverse("application-withdraw", args=[draft.pk]), entry))
    for application in (ids["application"], *one_of_each_status()):
        entry = create_link(purpose="application.status", subject_id=application)
        for name in ("application-status", "application-withdraw"):
            found.append(page("", name, reverse(name, args=[application]), entry))
    waiting = make_draft(kenya, email="waiting@example.org")
    Application.objects.filter(pk=waiting.pk).update(status="submitted", submitted_at=kenya.opens_at)
    entry = create_link(purpose="application.confirm", subject_id=waiting.pk)
    found.append(page("", "application-confirm", reverse("application-confirm", args=[waiting.pk]), entry))
    found.append(page("", "apply-done", reverse("apply-done", kwargs={"key": waiting.submission_key}), entry))
    return found


def one_of_each_status() -> list[int]:
    found = {row.status: row.pk for row in Application.objects.exclude(status="draft").order_by("-pk")}
    return list(found.values())


def pages_of_other_cohorts() -> list[dict[str, Any]]:
    found = []
    for address, who in OTHER_COHORTS.items():
        organisation, slug = address.split("/")
        cohort = Cohort.objects.get(programme__organisation__slug=organisation, slug=slug)
        values = {"organisation": organisation, "programme": cohort.programme.slug}
        for name in TABS:
            more = {} if name == "programme-overview" else {"cohort": slug}
            found.append(page(who, f"{name} of {address}", reverse(name, kwargs={**values, **more})))
    return found


def pages_of_prices(cohort: Cohort) -> list[dict[str, Any]]:
    """Each question of the board about the weakest pair of the newest result."""
    run = MatchingRun.objects.filter(cohort=cohort).latest("pk")
    pair = Proposal.objects.filter(run=run).order_by("points", "pk")[0]
    slug = cohort.programme.organisation.slug
    who = OWNER if slug == world.TENANT else "coordinator@wime.example.org"
    path = cohort_url("board-price", cohort)
    return [
        page(who, f"board-price {ask} of {slug}", f"{path}?ask={ask}&mentee={pair.mentee_id}&mentor={pair.mentor_id}")
        for ask in QUESTIONS
    ]


def pages_of_people() -> list[dict[str, Any]]:
    names = ("account-home", "my-applications", "desk")
    return [page(who, f"{name} of {who}", reverse(name)) for who in (*PEOPLE, STAFF) for name in names]


def pages_of_careful() -> list[dict[str, Any]]:
    """Somebody with a password and a second step, who has just signed in."""
    user = User.objects.create_user("careful@example.org", password="a seam of chalcopyrite")
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time(), "reauthenticated": True}]
    session.save()
    names = (
        *("mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
        *("account_reauthenticate", "mfa_reauthenticate", "account_change_password", "account_email"),
    )
    return [page("", f"{name} of somebody careful", reverse(name), f"session {session.session_key}") for name in names]


def refusals() -> dict[str, str]:
    conflict = DomainError("Somebody changed this while you were looking.", code="conflict")
    contexts: dict[str, dict[str, Any]] = {"409.html": {"conflict": conflict}}
    names = ("400.html", "403_csrf.html", "409.html", "429.html", "500.html")
    return {name: render_to_string(name, contexts.get(name, {})) for name in names}
