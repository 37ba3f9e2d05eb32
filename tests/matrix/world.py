"""The demonstration as a populated world of several tenants, and the address of every route in one of them."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from inventory.initiatives.domain import add_evidence
from inventory.initiatives.models import Edition, EvidenceFile, Initiative, Inquiry, Record
from inventory.models import AnswerImport, Wave, WaveResponse
from inventory.waves import domain as waves
from inventory.waves.importing import read_answers, read_files
from matching.board.domain import answer_offer
from matching.models import MatchingRun, Offer, PairRule, Proposal
from programmes.access.checks import access_of, walk
from programmes.access.guards import Access
from programmes.applications.domain.imports import prepare_import
from programmes.cohorts.domain.letters import find_letter
from programmes.cohorts.letters import first_language
from programmes.mentorships.domain.past_pairs import prepare_past_pairs
from programmes.models import (
    Application,
    Cohort,
    ImportBatch,
    Invitation,
    Membership,
    Mentorship,
    OutboxEmail,
    PastPairImport,
    User,
)
from programmes.organisations.queries import owners
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM
from wimmentor.base.spreadsheets import read_table
from wimmentor.demonstration.loading import load_demonstration
from wimmentor.demonstration.organisations import make_member

TENANT = "wim-peru"
MISSING = 987654321


@dataclass(frozen=True)
class Route:
    name: str
    path: str
    access: Access
    params: tuple[str, ...]
    extra: tuple[tuple[str, str], ...] = ()


def build_world() -> None:
    load_demonstration(seed=1, stage="confirming")
    for cohort in (peru(), wime()):
        furnish(cohort)
    answers = read_answers(read_files([("answers.csv", b"id,status\nseed-01,running\n")]))
    waves.prepare_import(wave=Wave.objects.get(code="2027"), plan=answers, file_name="answers.csv", by=SYSTEM)


def furnish(cohort: Cohort) -> None:
    """One person for every role of the organisation, and one of each thing that has an id."""
    organisation = cohort.programme.organisation
    host = organisation.contact_email.partition("@")[2] if organisation.slug != TENANT else "wimperu.example.org"
    for role in ("reviewer", "inventory_editor"):
        make_member(organisation, role, f"{role}@{host}", "Quilla Ejemplo")
    people = b"first_name,email\nQuarzo,quarzo@example.org\n"
    prepare_import(
        cohort=cohort,
        table=read_table(BytesIO(people), "people.csv"),
        data=people,
        file_name="people.csv",
        role="mentee",
        accept=True,
        consent_attested=True,
        by=SYSTEM,
    )
    pairs = b"mentor e-mail,mentee e-mail\nquarzo@example.org,perla@example.org\n"
    prepare_past_pairs(
        cohort=cohort, table=read_table(BytesIO(pairs), "pairs.csv"), data=pairs, file_name="pairs.csv", by=SYSTEM
    )
    invitation = {"email": f"new@{host}", "role": "reviewer", "invited_by": owners(organisation)[0]}
    Invitation.objects.create(organisation=organisation, **invitation)
    initiative = Initiative.objects.create(organisation=organisation, code=f"{organisation.slug}-entry")
    known = Initiative.objects.get(code="seed-01")
    then = {"review": "published", "published_at": clock.now(), "as_of": date(2021, 7, 1)}
    Record.objects.get_or_create(initiative=known, is_current=False, organisation=known.organisation, defaults=then)
    told = {
        "B1": {"value": "Entry"},
        "B5": {"value": "Told"},
        "C1": {"value": ["graduate"], "words": "Told", "comment": "Told"},
    }
    record = Record.objects.create(organisation=organisation, initiative=initiative, answers=told, review="returned")
    Edition.objects.create(record=record, label="One", answers={"D5": {"value": 7}})
    Inquiry.objects.create(record=record, text="Which year?")
    for shown in (initiative, known):
        add_a_file(shown)
    for language in ("en", first_language(cohort)):
        find_letter(cohort, "offer_mentee", language)
    forbid_a_pair(cohort)
    if not Mentorship.objects.filter(cohort=cohort).exists():
        for side in ("mentee", "mentor"):
            answer_offer(offer=Offer.objects.filter(cohort=cohort).earliest("pk"), side=side, answer="yes", by=SYSTEM)


def add_a_file(initiative: Initiative) -> None:
    if not initiative.evidence_files.exists():
        add_evidence(initiative=initiative, name="Report of a year.pdf", content=b"%PDF-1.7 report", by=SYSTEM)


def forbid_a_pair(cohort: Cohort) -> None:
    people = Application.objects.filter(cohort=cohort).order_by("pk")
    mentee, mentor = people.filter(role="mentee").last(), people.filter(role="mentor").last()
    PairRule.objects.create(cohort=cohort, mentee=mentee, mentor=mentor, kind="forbid", reason="She asked")


def peru() -> Cohort:
    return _cohort(TENANT, "fourth-edition")


def wime() -> Cohort:
    """The other organisation."""
    return _cohort("wime-indonesia", "second-edition")


def _cohort(organisation: str, slug: str) -> Cohort:
    found = Cohort.objects.select_related("programme__organisation")
    return found.get(programme__organisation__slug=organisation, slug=slug)


def routes() -> list[Route]:
    found = []
    for name, path, callback in walk():
        access = access_of(name, callback)
        assert access is not None, path
        params = tuple(part.split(">")[0].split(":")[-1] for part in path.split("<")[1:])
        found.append(Route(name, path, access, params))
    return found


def in_tenant(route: Route) -> bool:
    return "organisation" in route.params and route.path.startswith("o/")


def subject_ids(cohort: Cohort) -> dict[str, int]:
    """A real id for each route that takes one, by the first part of the route's name."""
    offer = Offer.objects.filter(cohort=cohort, state="sent").earliest("pk")
    run = MatchingRun.objects.filter(cohort=cohort).latest("pk")
    organisation = cohort.programme.organisation
    return {
        "offer": offer.pk,
        "offers": offer.pk,
        "matching": run.pk,
        "board": Proposal.objects.filter(run=run).earliest("pk").pk,
        "application": Application.objects.filter(cohort=cohort).earliest("pk").pk,
        "import": ImportBatch.objects.get(cohort=cohort).pk,
        "past-pairs": PastPairImport.objects.get(cohort=cohort).pk,
        "outbox": OutboxEmail.objects.filter(cohort_id=cohort.pk).earliest("pk").pk,
        "mentorship": Mentorship.objects.get(cohort=cohort).pk,
        "pair": Mentorship.objects.get(cohort=cohort).pk,
        "invitation": Invitation.objects.get(organisation=organisation).pk,
        "membership": Membership.objects.get(organisation=organisation, role="reviewer").pk,
        "initiative": Initiative.objects.get(code=f"{organisation.slug}-entry").pk,
        "initiative-earlier": Record.objects.get(initiative__code="seed-01", is_current=False).pk,
        "edition": Initiative.objects.get(code=f"{organisation.slug}-entry").pk,
        "staff-evidence": _first(EvidenceFile.objects.filter(initiative__code="seed-01")),
        "staff-initiative": Record.objects.get(initiative__code="seed-12").pk,
        "staff-wave-import": AnswerImport.objects.get(wave__code="2027").pk,
        "staff-wave": WaveResponse.objects.get(organisation=organisation, wave__code="2027").pk,
        "staff-organisation": organisation.pk,
        "account-sign-in": User.objects.earliest("pk").pk,
    }


def subject_of(route: Route, ids: dict[str, int]) -> Model | None:
    """The row that a purpose link of this route is about."""
    area = route.access.permission.removeprefix("link:").partition(".")[0]
    model, name = {
        "account": (User, "account-sign-in"),
        "application": (Application, "application"),
        "mentorship": (Mentorship, "pair"),
        "offer": (Offer, "offer"),
        "organisation": (Invitation, "invitation"),
    }[area]
    return model._base_manager.filter(pk=ids[name]).first()


def is_hers(route: Route, email: str | None, ids: dict[str, int]) -> bool:
    """Whether what the route's link opens is about the person signed in with this address."""
    if not email or not route.access.permission.startswith("link:"):
        return False
    subject, side = subject_of(route, ids), "mentor" if "/mentor/" in route.path else "mentee"
    if isinstance(subject, Application):
        people = [subject]
    elif isinstance(subject, Mentorship) and side == "mentee":
        people = [place.mentee for place in subject.mentees.all()]
    else:
        people = [getattr(subject, side)] if isinstance(subject, Mentorship | Offer) else []
    return any(person.user is not None and person.user.email == email for person in people)


def fill(route: Route, cohort: Cohort, ids: dict[str, int], *, missing: bool = False) -> str:
    """The address of the route in the tenant; with `missing`, the same with ids and slugs that do not exist."""
    if "(?P<" in route.path:
        return reverse(route.name, kwargs={"uidb36": "1", "key": "x-y"})
    path = f"/{route.path}"
    for param, kind in _converters(route.path):
        path = path.replace(f"<{kind}:{param}>" if kind else f"<{param}>", _value(route, param, cohort, ids, missing))
    return path


def _first(rows: QuerySet[Any]) -> int:
    return rows.values_list("pk", flat=True).first() or MISSING


# Parameters that stand beside the subject of their route.
OTHERS: dict[str, Callable[[Cohort, dict[str, int]], int]] = {
    "proposal": lambda cohort, ids: ids["board"],
    "inquiry": lambda cohort, ids: _first(Inquiry.objects.filter(record__initiative=ids["initiative"])),
    "file": lambda cohort, ids: _first(EvidenceFile.objects.filter(initiative=ids["initiative"])),
    "evidence": lambda cohort, ids: _first(EvidenceFile.objects.filter(initiative__code="seed-01")),
    "edition": lambda cohort, ids: _first(Edition.objects.filter(record__initiative=ids["initiative"])),
    "cohort": lambda cohort, ids: cohort.pk,
    "programme": lambda cohort, ids: cohort.programme_id,
}


def _key(cohort: Cohort, ids: dict[str, int], missing: bool) -> str:
    found = None if missing else Application.objects.filter(cohort=cohort, pk=ids["application"]).first()
    return str(found.submission_key if found else uuid.UUID(int=7))


def _converters(path: str) -> list[tuple[str, str]]:
    parts = [part.split(">")[0] for part in path.split("<")[1:]]
    return [(part.split(":")[-1], part.split(":")[0] if ":" in part else "") for part in parts]


def _value(route: Route, param: str, cohort: Cohort, ids: dict[str, int], missing: bool) -> str:
    slugs: dict[str, Any] = {
        "organisation": cohort.programme.organisation.slug,
        "programme": cohort.programme.slug,
        "cohort": cohort.slug,
        "role": "mentee",
        "kind": "offer_mentee",
        "form": "csv",
        "step": "about",
        "code": "seed-01",
        "key": _key(cohort, ids, missing) if "uuid" in route.path else "nobody",
        "token": "no-such-token",
        "name": "20260101000000000000-0",
        "side": "mentee",
        "table": "kinds",
        "section": "A" if "sheet" in route.name else "B",
    }
    if "wave" in route.name:
        slugs["code"] = "2027"
    if route.path.startswith(("inventory/data/", "inventory/waves/", "staff/waves/<slug:code>/data/")):
        slugs |= {"code": "2021", "table": "initiatives"}
    if f"<int:{param}>" in route.path and param in OTHERS:
        return str(MISSING if missing else OTHERS[param](cohort, ids))
    if param in slugs:
        return "nowhere" if missing and param == "organisation" else str(slugs[param])
    if missing:
        return str(MISSING)
    for length in (3, 2, 1):
        stem = "-".join(route.name.split("-")[:length])
        if stem in ids:
            return str(ids[stem])
    raise AssertionError(f"{route.name} takes {param}: give it an id in tests/matrix/world.py")
