"""The forms that the site offers, each with somebody who may post it and what her browser would send."""

from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

from programmes.access.links import SESSION_KEY
from programmes.applications.guards import EDIT
from programmes.cohorts.queries import open_cohorts
from programmes.models import Application, Cohort
from tests.matrix import world
from tests.matrix.crawl import crawl, route_of
from tests.matrix.visitors import client_of
from wimmentor.base import clock
from wimmentor.base.forms import sign_shown

# Fields that only our own pages sign: without them a form is refused before anything else of it is read.
SIGNED = {"website", "shown", "submission_key", "key_proof", "csrfmiddlewaretoken"}


@dataclass(frozen=True)
class Offered:
    route: str
    who: str
    client: Client
    path: str
    values: dict[str, str]


def offered_forms(cohort: Cohort, people: dict[str, str | None], *, owner: str, staff: str = "") -> list[Offered]:
    """Every form found by crawling as `people`, once for each of its buttons; then the routes that take a form of
    a page not shown today, asked as `owner` (of the cohort) or `staff`."""
    visitors = {who: client_of(email) for who, email in people.items()}
    draft, visitors["applicant"] = begin_draft()
    # What everybody may open is opened once.
    public = frozenset(route.name for route in world.routes() if route.access.permission == "public")
    found: dict[tuple[str, ...], Offered] = {}
    for who, client in visitors.items():
        starts = (
            applicant_pages(draft)
            if who == "applicant"
            else ("/", "/desk/", "/account/", "/staff/inventory/", "/staff/organisations/")
        )
        opened = public - {"home"} if who not in {"anonymous", "applicant"} else frozenset()
        for path, (_page, form) in crawl(client, starts, of_each=1, without=opened).forms.items():
            for body in form.bodies():
                pressed = [value for name, value in form.buttons if body.get(name) == value]
                kind = (route_of(path), *sorted(body), *pressed)
                found.setdefault(kind, Offered(kind[0], who, client, path, signed(body)))
    return [*found.values(), *_not_shown(cohort, visitors, {form.route for form in found.values()}, owner, staff)]


def _not_shown(cohort: Cohort, visitors: dict[str, Client], shown: set[str], owner: str, staff: str) -> list[Offered]:
    ids = world.subject_ids(cohort)
    values = unshown(cohort, ids)
    missing = []
    for route in world.routes():
        if route.name in shown or "POST" not in route.access.methods:
            continue
        who = owner if world.in_tenant(route) else staff if route.path.startswith("staff/") else ""
        if who:
            missing.append(Offered(route.name, who, visitors[who], world.fill(route, cohort, ids), values))
    return missing


def signed(values: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in values.items() if name not in {"website", "csrfmiddlewaretoken"}}
    return {**kept, "shown": sign_shown(60)} if "shown" in kept else kept


def begin_draft() -> tuple[Application, Client]:
    """A mentor's draft, and the browser in which she writes it."""
    cohort = open_cohorts(clock.now())[0]
    draft = Application.objects.create(
        cohort=cohort, role="mentor", email="draft@example.org", questionnaire=cohort.mentor_questions
    )
    applicant = client_of(None)
    session = applicant.session
    session[SESSION_KEY] = {f"{EDIT}:{draft.pk}": [2**40, None]}
    session.save()
    return draft, applicant


def applicant_pages(draft: Application) -> tuple[str, ...]:
    cohort = draft.cohort
    slugs = [cohort.programme.organisation.slug, cohort.programme.slug, cohort.slug, draft.role]
    steps = ("about", "work", "goals", "meeting", "care")
    return (
        reverse("apply-start", args=slugs),
        *(reverse("apply-step", args=[draft.submission_key, step]) for step in steps),
        reverse("apply-check", args=[draft.submission_key]),
        reverse("application-withdraw", args=[draft.pk]),
    )


def unshown(cohort: Cohort, ids: dict[str, int]) -> dict[str, str]:
    """For routes that take a form of another page."""
    mentee, mentor = (
        str(Application.objects.filter(cohort=cohort, role=role, status="accepted").earliest("pk").pk)
        for role in ("mentee", "mentor")
    )
    chosen = f"{mentee}:accepted"
    lists = {"to": "waitlisted", "chosen": chosen, "seen": chosen, "filters": "q=a&sort=-name", "step": "send"}
    letter = {"subject": "Words", "body": "Words [[link:status]]", "send": "letter", "reason": "Words"}
    pair = {"mentee": mentee, "mentor": mentor, "proposal": str(ids["board"]), "side": "mentee", "answer": "yes"}
    person = {"email": "new.person@example.org", "role": "reviewer", "deadline": "2027-01-10T12:00"}
    return {**lists, **letter, **pair, **person}
