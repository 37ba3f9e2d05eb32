from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from inventory.initiatives.domain import (
    create_initiative,
    edit_initiative,
    publish_initiative,
    return_initiative,
    submit_initiative,
)
from inventory.initiatives.models import Edition, Initiative, Statement
from programmes.audit.models import AuditEvent
from programmes.organisations.models import Membership, Organisation
from programmes.outbox.models import OutboxEmail
from programmes.people.models import User
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM, Actor
from wimmentor.base.codes import MENTOR_TARGET_GENDER
from wimmentor.base.errors import Conflict, DomainError

pytestmark = pytest.mark.django_db
ANSWERED = {"kinds_state": "answered", "status_state": "answered"}
UNKNOWN = {"scope_state": "unknown", "matching_state": "unknown", "mentor_target_state": "unknown"}


def make_organisation(slug: str, *, verified: bool = True, platform: bool = False) -> Organisation:
    return Organisation.objects.create(
        name=slug.title(),
        name_folded=slug,
        slug=slug,
        countries=("PE",),
        contact_email=f"contact@{slug}.example.org",
        verified_at=clock.now() if verified else None,
        is_platform=platform,
    )


def make_member(organisation: Organisation, role: str) -> User:
    user = User.objects.create_user(f"{role}@{organisation.slug}.example.org")
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


def make_initiative(organisation: Organisation, **values: object) -> Initiative:
    given = {"name": "Mentoría", "kinds": ("mentoring_1to1",), "status": "running", **ANSWERED, **UNKNOWN, **values}
    return create_initiative(organisation=organisation, by=SYSTEM, **given)  # type: ignore[arg-type]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def form_data(**changes: object) -> dict[str, object]:
    data: dict[str, object] = {
        "name": "Umbral",
        "kinds": ["mentoring_1to1", "coaching"],
        "status": "running",
        "scope": ["graduate"],
        "matching_methods": [],
        "matching_state": "unknown",
        "mentor_target": "both_open",
        "editions-TOTAL_FORMS": "1",
        "editions-INITIAL_FORMS": "0",
        "editions-0-label": "1",
        "editions-0-mentee_count": "0",
        "editions-0-pair_count_state": "unknown",
        "editions-0-mentor_count_state": "declined",
        "editions-0-months_state": "not_applicable",
    }
    return {**data, **changes}


def test_what_is_entered_is_what_is_kept_and_zero_is_not_unknown() -> None:
    organisation = make_organisation("andes")
    client = signed_in(make_member(organisation, "inventory_editor"))

    client.post(reverse("initiative-new", kwargs={"organisation": "andes"}), form_data())

    initiative = Initiative.objects.get()
    assert (initiative.kinds, initiative.kinds_state) == (("mentoring_1to1", "coaching"), "answered")
    assert (initiative.matching_methods, initiative.matching_state) == ((), "unknown")
    edition = Edition.objects.get()
    assert (edition.mentee_count, edition.mentee_count_state) == (0, "answered")
    assert (edition.pair_count, edition.pair_count_state) == (None, "unknown")
    assert (edition.mentor_count_state, edition.months_state) == ("declined", "not_applicable")


def test_pressed_twice_it_is_one_entry() -> None:
    client = signed_in(make_member(make_organisation("andes"), "inventory_editor"))
    path = reverse("initiative-new", kwargs={"organisation": "andes"})

    answers = [client.post(path, form_data()) for _press in range(2)]

    initiative = Initiative.objects.get()
    target = reverse("initiative-edit", kwargs={"organisation": "andes", "pk": initiative.pk})
    assert [answer["Location"] for answer in answers] == [target, target]
    assert (Edition.objects.count(), AuditEvent.objects.filter(verb="initiative.created").count()) == (1, 1)


@pytest.mark.parametrize(
    "other",
    [{"name": "UMBRAL", "status": "planned"}, {"editions-0-mentee_count": "1"}, {"editions-TOTAL_FORMS": "0"}],
)
def test_another_entry_needs_another_name(other: dict[str, str]) -> None:
    """What she typed is neither lost nor taken for the first one."""
    client = signed_in(make_member(make_organisation("andes"), "inventory_editor"))
    path = reverse("initiative-new", kwargs={"organisation": "andes"})
    client.post(path, form_data())

    page = client.post(path, form_data(**other))

    assert page.context["form"].errors["name"] == ["Your organisation has an entry with this name already."]
    assert (Initiative.objects.count(), Edition.objects.get().mentee_count) == (1, 0)


def test_two_organisations_may_use_one_name() -> None:
    for slug in ("andes", "norte"):
        make_initiative(make_organisation(slug))
    assert Initiative.objects.count() == 2


def test_open_questions_keep_it_from_being_sent() -> None:
    initiative = make_initiative(make_organisation("andes"), matching_state="pending")

    with pytest.raises(DomainError) as refused:
        submit_initiative(initiative=initiative, by=SYSTEM)

    assert refused.value.field == "matching"
    initiative.refresh_from_db()
    assert initiative.review == "draft"


def test_reviewed_step_by_step_with_one_event_each() -> None:
    initiative = make_initiative(make_organisation("andes"))

    submit_initiative(initiative=initiative, by=SYSTEM)
    return_initiative(initiative=initiative, note="Which year?", by=SYSTEM)
    submit_initiative(initiative=initiative, by=SYSTEM)
    publish_initiative(initiative=initiative, by=SYSTEM)

    initiative.refresh_from_db()
    assert initiative.review == "published"
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == [
        "initiative.created",
        "initiative.submitted",
        "initiative.returned",
        "initiative.submitted",
        "initiative.published",
    ]


def test_two_reviewers_publish_one_wins() -> None:
    initiative = make_initiative(make_organisation("andes"))
    submit_initiative(initiative=initiative, by=SYSTEM)
    hers = Initiative.objects.get(pk=initiative.pk)
    publish_initiative(initiative=initiative, by=SYSTEM)

    with pytest.raises(Conflict):
        return_initiative(initiative=hers, note="Wait", by=SYSTEM)


def test_two_editors_the_later_sees_both_versions() -> None:
    organisation = make_organisation("andes")
    initiative = make_initiative(organisation)
    edit_initiative(initiative=initiative, seen=1, by=SYSTEM, name="Hers")
    client = signed_in(make_member(organisation, "owner"))

    response = client.post(
        reverse("initiative-edit", kwargs={"organisation": "andes", "pk": initiative.pk}), form_data(version="1")
    )

    assert response.status_code == 409
    initiative.refresh_from_db()
    assert initiative.name == "Hers"


def test_a_published_entry_that_changes_leaves_the_public_list() -> None:
    initiative = make_initiative(make_organisation("andes"))
    submit_initiative(initiative=initiative, by=SYSTEM)
    publish_initiative(initiative=initiative, by=SYSTEM)
    initiative.refresh_from_db()

    edit_initiative(initiative=initiative, seen=1, by=SYSTEM, name="New name")

    assert Client().get(reverse("initiative-page", kwargs={"code": initiative.code})).status_code == 404


def test_unverified_organisations_are_not_published() -> None:
    initiative = make_initiative(make_organisation("andes", verified=False))
    submit_initiative(initiative=initiative, by=SYSTEM)

    with pytest.raises(DomainError):
        publish_initiative(initiative=initiative, by=Actor("user"))


def test_filters_of_the_public_list() -> None:
    organisation = make_organisation("andes")
    for name, kinds in (("Circle", ("mentoring_circle",)), ("Pairs", ("mentoring_1to1",))):
        initiative = make_initiative(organisation, name=name, kinds=kinds)
        submit_initiative(initiative=initiative, by=SYSTEM)
        publish_initiative(initiative=initiative, by=SYSTEM)
    make_initiative(organisation, name="Unread", kinds=("mentoring_circle",))

    def names(**query: str) -> list[str]:
        rows = Client().get(reverse("inventory-directory"), query).context["rows"]
        return sorted(row["title"] for row in rows)

    assert names() == ["Circle", "Pairs"]
    assert names(kind="mentoring_circle") == ["Circle"]
    assert names(q="ANDÉS") == ["Circle", "Pairs"]
    assert names(country="KE") == ["Circle", "Pairs"]  # a country without entries is no choice and filters nothing
    assert names(status="idea") == []


def test_strangers_get_the_same_404_as_for_a_missing_id() -> None:
    make_organisation("andes")
    other = make_organisation("savanna")
    hers = make_initiative(make_organisation("desierto"))
    client = signed_in(make_member(other, "owner"))

    foreign = client.get(reverse("initiative-edit", kwargs={"organisation": "savanna", "pk": hers.pk}))
    missing = client.get(reverse("initiative-edit", kwargs={"organisation": "savanna", "pk": 999999}))

    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.content == missing.content


@pytest.mark.parametrize("rows", [1, 3])
def test_public_list_asks_the_database_as_often_for_many_as_for_one(
    rows: int, django_assert_num_queries: object
) -> None:
    organisation = make_organisation("andes")
    for number in range(rows):
        initiative = make_initiative(organisation, name=f"Entry {number}")
        Edition.objects.create(initiative=initiative, label="1", mentee_count_state="unknown")
        submit_initiative(initiative=initiative, by=SYSTEM)
        publish_initiative(initiative=initiative, by=SYSTEM)
    Statement.objects.create(
        organisation=organisation, topic="position", value="for", is_public=True, as_of=date(2021, 7, 29)
    )

    with django_assert_num_queries(5):  # type: ignore[operator]
        Client().get(reverse("inventory-directory"))


def test_staff_review_needs_the_platform_role() -> None:
    initiative = make_initiative(make_organisation("andes"))
    submit_initiative(initiative=initiative, by=SYSTEM)
    address = reverse("staff-initiative", kwargs={"pk": initiative.pk})
    owner = signed_in(make_member(make_organisation("savanna"), "owner"))
    staff = signed_in(make_member(make_organisation("iwim", platform=True), "iwim_reviewer"))

    body = {"decision": "publish", "version": initiative.version}
    assert owner.post(address, body).status_code == 403
    assert staff.post(address, body).status_code == 302

    initiative.refresh_from_db()
    assert initiative.review == "published"


@pytest.mark.parametrize("decision", ["publish", "return"])
def test_an_entry_changed_since_it_was_opened_is_read_again(decision: str) -> None:
    initiative = make_initiative(make_organisation("andes"), purpose="As it was read")
    submit_initiative(initiative=initiative, by=SYSTEM)
    address = reverse("staff-initiative", kwargs={"pk": initiative.pk})
    staff = signed_in(make_member(make_organisation("iwim", platform=True), "iwim_reviewer"))
    seen = staff.get(address).context["form"].initial["version"]
    return_initiative(initiative=initiative, note="Which year?", by=SYSTEM)
    edit_initiative(initiative=initiative, seen=initiative.version, by=SYSTEM, mentor_target="women_only")
    submit_initiative(initiative=initiative, by=SYSTEM)

    answer = staff.post(address, {"decision": decision, "version": seen, "note": "How many pairs?"})

    initiative.refresh_from_db()
    page = answer.content.decode()
    assert (answer.status_code, initiative.review, initiative.review_note) == (409, "submitted", "Which year?")
    assert "changed this entry since you opened it" in page
    assert MENTOR_TARGET_GENDER.label("women_only") in page


def test_a_question_goes_to_those_who_keep_the_entry() -> None:
    organisation = make_organisation("andes")
    for role in ("owner", "inventory_editor", "coordinator"):
        make_member(organisation, role)
    initiative = make_initiative(organisation)
    for note in ("Which year?", "And which month?"):
        submit_initiative(initiative=initiative, by=SYSTEM)
        return_initiative(initiative=initiative, note=note, by=SYSTEM)

    letters = OutboxEmail.objects.filter(kind="initiative_returned").order_by("pk")
    assert [(letter.recipient, letter.organisation_id) for letter in letters] == [
        ("owner@andes.example.org", organisation.pk),
        ("inventory_editor@andes.example.org", organisation.pk),
    ] * 2
    assert ["And which month?" in letter.body for letter in letters] == [False, False, True, True]
    assert f"/o/andes/inventory/{initiative.pk}/" in letters[0].body


def test_export_leaves_unknown_empty() -> None:
    initiative = make_initiative(make_organisation("andes"))
    Edition.objects.create(initiative=initiative, label="2", pair_count=14, pair_count_state="answered")
    submit_initiative(initiative=initiative, by=SYSTEM)
    publish_initiative(initiative=initiative, by=SYSTEM)

    text = Client().get(reverse("inventory-export", kwargs={"form": "csv"})).content.decode("utf-8-sig")

    row = text.splitlines()[1].split(",")
    assert row[1:5] == ["Andes", "PE", "mentoring_1to1", "running"]
    assert row[9:15] == ["2", "", "", "", "14", ""]
