"""What a form was not meant to take: ids of another organisation, and fields that only the site itself writes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import DateTimeField, ForeignKey, Model, UUIDField

from programmes.models import Application, Membership, Organisation, OutboxEmail
from tests.matrix import world
from tests.matrix.offered import SIGNED, Offered, offered_forms
from tests.matrix.visitors import ELSEWHERE, STRANGERS, taken_back
from tests.matrix.watching import digest_tenant, ours, written_tables
from tests.security.canaries import Canaries, plant

OWNER = "owner elsewhere"
PEOPLE = {
    **{who: ELSEWHERE[who] for who in (OWNER, "mentor elsewhere", "owner of a newcomer", "anonymous")},
    "iwim_reviewer": STRANGERS["iwim_reviewer"],
}
# Names under which a form might take an id.
ID_FIELDS = (
    *("id", "pk", "organisation", "organisation_id", "programme", "cohort", "application", "mentee", "mentor", "user"),
    *("person", "member", "invitation", "batch", "offer", "proposal", "run", "pair", "mentorship", "initiative"),
    *("email_id", "part_of", "chosen", "everyone", "seen"),
)
# Columns that only the site writes. A form that shows a control of this name takes it: that is its own question
# (the role of an invitation, the status of an initiative, the version that was read), and no attempt is made there.
SITE_WRITES: dict[str, str] = {
    **dict.fromkeys(("is_staff", "is_superuser", "is_active", "is_platform", "verified", "consent_attested"), "1"),
    **dict.fromkeys(("organisation", "organisation_id", "cohort", "cohort_id", "user", "user_id", "owner"), "1"),
    **dict.fromkeys(("verified_by", "verified_by_id", "reviewed_by", "created_by", "part_of_id"), "1"),
    **dict.fromkeys(("points", "score", "version", "places_taken", "capacity", "attempts", "import_row"), "7"),
    **dict.fromkeys(("email_confirmed_at", "verified_at", "submitted_at", "decided_at", "published_at"), "2020-01-01"),
    "role": "owner",
    "status": "accepted",
    "state": "confirmed",
    "phase": "closed",
    "review": "published",
    "source": "import",
    "slug": "taken-over",
    "code": "seed-01",
    "password": "copper under the hill",
    "email": "taken.over@example.org",
    "submission_key": "00000000-0000-0000-0000-000000000001",
}


@dataclass
class Setting:
    forms: list[Offered]
    canaries: Canaries
    organisation: Organisation
    ids: dict[str, str]


@pytest.fixture(scope="module")
def setting(populated: None) -> Setting:
    """Peru, in tokens, is the other organisation; the forms are those of everybody else."""
    cohort = world.peru()
    organisation = cohort.programme.organisation
    forms = offered_forms(world.wime(), PEOPLE, owner=OWNER, staff="iwim_reviewer")
    people = Application.objects.filter(cohort=cohort, status="accepted")
    ids = {name: str(pk) for name, pk in world.subject_ids(cohort).items()}
    ids |= {role: str(people.filter(role=role).earliest("pk").pk) for role in ("mentee", "mentor")}
    ids |= {"organisation": str(organisation.pk), "programme": str(cohort.programme_id), "cohort": str(cohort.pk)}
    ids["user"] = str(Membership.objects.filter(organisation=organisation).earliest("pk").user_id)
    return Setting(forms, plant(organisation), organisation, ids)


def post(form: Offered, body: dict[str, Any]) -> Any:
    return form.client.post(form.path, body)


@pytest.mark.django_db
def test_forms_of_every_route_that_takes_one_are_tried(setting: Setting) -> None:
    tried = {form.route for form in setting.forms}
    takes = {route.name for route in world.routes() if "POST" in route.access.methods and world.in_tenant(route)}
    assert takes - tried == set()


@pytest.mark.django_db
def test_ids_of_another_organisation_are_accepted_by_no_form(setting: Setting) -> None:
    before = digest_tenant(setting.organisation.pk)
    tried, accepted = 0, []
    for form in setting.forms:
        if form.who == "iwim_reviewer":  # whose work it is to decide about every organisation
            continue
        for body in bodies_with_ids(form, setting.ids, tried):
            tried += 1
            with taken_back(form.client), written_tables() as written:
                answer = post(form, body)
                found = crossings(setting, before, set(written))
            found += setting.canaries.heard(answer.content, public=PUBLIC)
            if answer.status_code >= 500 or found:
                accepted.append(f"{form.who} {form.route} {form.path}: {answer.status_code} {found} {body}")
    assert accepted == []
    assert tried >= 200
    assert digest_tenant(setting.organisation.pk) == before


# What everybody may read of an organisation.
PUBLIC = frozenset({"Organisation.name", "Programme.name", "Cohort.name"})


def bodies_with_ids(form: Offered, ids: dict[str, str], start: int) -> Iterator[dict[str, str]]:
    """Ids of the other organisation under every name that might be read: of the right kind, then of any."""
    kinds = list(ids)
    for shift in range(4):
        body = dict(form.values)
        for number, name in enumerate(dict.fromkeys([*form.values, *ID_FIELDS])):
            value = form.values.get(name, "1")
            if not value.partition(":")[0].isdigit() or name in KEPT:
                continue
            kind = kinds[(start + number * shift) % len(kinds)] if shift or name not in ids else name
            body[name] = ids[kind] + value[len(value.partition(":")[0]) :]
        yield body


KEPT = {"version", "capacity", "hours_a_month", "years_experience", *SIGNED}


def crossings(setting: Setting, before: dict[str, str], written: set[str]) -> list[str]:
    """In the tables that were written to: what changed in the organisation, what of others points into it, and
    letters that carry its words."""
    after = digest_tenant(setting.organisation.pk, tables=written)
    changed = [label for label, digest in after.items() if before[label] != digest]
    pointing = [
        f"{model.__name__}.{field.name}"
        for model, field in relations()
        if model._meta.db_table in written and points_in(model, field, setting)
    ]
    if OutboxEmail._meta.db_table not in written:
        return [*changed, *pointing]
    letters = OutboxEmail.objects.exclude(organisation_id=setting.organisation.pk).values_list("subject", "body")
    spoken = setting.canaries.heard(repr(list(letters)).encode(), public=PUBLIC)
    return [*changed, *pointing, *sorted(spoken)]


def relations() -> Iterator[tuple[type[Model], Any]]:
    """Relations between rows that both belong to an organisation; a chapter's parent is another one by its nature."""
    for model in filter(is_of_tenant, ours()):
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and is_of_tenant(field.related_model) and field.name != "part_of":
                yield model, field


def is_of_tenant(model: Any) -> bool:
    return bool(getattr(model, "tenancy_path", None))


def points_in(model: Any, field: Any, setting: Setting) -> bool:
    theirs = {f"{field.name}__{field.related_model.tenancy_path}": setting.organisation.pk}
    return bool(model._base_manager.filter(**theirs).exclude(**{model.tenancy_path: setting.organisation.pk}).exists())


@pytest.mark.django_db
def test_fields_that_only_the_site_writes_change_nothing_in_any_form(setting: Setting) -> None:
    """Each form is posted as it is, then with every such field beside it: the columns must come out alike."""
    tried, fulfilled, changed = 0, 0, []
    for form in setting.forms:
        extra = {name: value for name, value in SITE_WRITES.items() if name not in form.values}
        tried += len(extra)
        plainly, wrote = columns_after(form, form.values)
        fulfilled += bool(wrote)
        loaded, wrote_more = columns_after(form, {**form.values, **extra}, tables=wrote)
        if wrote_more - wrote:  # an attempt may be without effect
            plainly, _wrote = columns_after(form, form.values, tables=wrote_more)
        different = [name for name in loaded if loaded[name] != plainly.get(name)]
        changed += [f"{form.who} {form.route} {form.path}: {name}" for name in different]
    assert changed == []
    assert tried >= 300
    assert fulfilled >= 25


def columns_after(form: Offered, body: dict[str, str], tables: Any = ()) -> tuple[dict[str, list[str]], set[str]]:
    """The values of the watched columns, of the rows of every table that was written to."""

    with taken_back(form.client), written_tables() as written:
        post(form, body)
        touched = [model for model in ours() if model._meta.db_table in {*written, *tables}]
        columns = {f"{model.__name__}.{name}": read(model, name) for model in touched for name in watched(model)}
        return columns, set(written)


def watched(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if {field.name, field.attname} & set(SITE_WRITES)]


def read(model: Any, name: str) -> list[str]:
    field = model._meta.get_field(name)
    return sorted(tell(field, value) for value in model._base_manager.values_list(name, flat=True))


def tell(field: Any, value: Any) -> str:
    """Times and keys made by the site differ with every post, and so does the id of a letter it writes, as PostgreSQL
    gives no id twice: of these only whether they are what was sent."""
    made = isinstance(field, DateTimeField | UUIDField) or field.related_model is OutboxEmail
    if value is None or not (made or field.name in {"password", "slug", "code"}):
        return repr(value)
    return str(str(value).startswith(SITE_WRITES[field.name])) if field.name in SITE_WRITES else "set"
