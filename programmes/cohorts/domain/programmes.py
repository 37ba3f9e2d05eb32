from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.audit.domain import record_event
from programmes.cohorts.domain.slugs import free_slug
from programmes.cohorts.models import Programme
from programmes.organisations.models import Organisation
from wimmentor.base.actors import Actor
from wimmentor.base.editing import save_version
from wimmentor.base.errors import DomainError
from wimmentor.base.text import fold

FIELDS = frozenset(
    {
        "name",
        "summary",
        "description",
        "eligibility",
        "format",
        "scope",
        "mentor_target",
        "matching_method",
        "reach",
        "countries",
        "regions",
        "languages",
        "delivery",
        "months",
    }
)


@transaction.atomic
def register_programme(*, organisation: Organisation, by: Actor, **values: Any) -> Programme:
    """`values`: any of FIELDS."""
    _check(organisation, values, but=0)
    slug = free_slug(values["name"], Programme.objects.filter(organisation=organisation), fallback="programme")
    programme = Programme.objects.create(organisation=organisation, slug=slug, **values)
    record_event(
        "programme.register",
        by=by,
        subject=programme,
        organisation_id=organisation.pk,
        format=programme.format,
        runs_here=programme.can_run_here,
    )
    return programme


@transaction.atomic
def edit_programme(*, programme: Programme, seen: int, by: Actor, **values: Any) -> Programme:
    """The slug stays: addresses have been sent out."""
    _check(programme.organisation, values, but=programme.pk)
    if values.get("format", programme.format) != programme.format:
        _refuse_format_of_opened(programme)
    save_version(programme, seen=seen, **values)
    record_event(
        "programme.edit",
        by=by,
        subject=programme,
        organisation_id=programme.organisation_id,
        fields=sorted(values),
    )
    return programme


def _check(organisation: Organisation, values: dict[str, Any], *, but: int) -> None:
    if unknown := set(values) - FIELDS:
        raise TypeError(f"no field of a programme: {sorted(unknown)}")
    if "name" not in values:
        return
    # A button pressed twice: the second waits here until it can see what the first one made.
    list(Organisation.objects.select_for_update(no_key=True).filter(pk=organisation.pk).values_list("pk"))
    others = organisation.programmes.exclude(pk=but).values_list("name", flat=True)
    if fold(values["name"]) in {fold(name) for name in others}:
        raise DomainError(
            _("Your organisation has a programme with this name already."), code="name_taken", field="name"
        )


def _refuse_format_of_opened(programme: Programme) -> None:
    if programme.cohorts.filter(opened_at__isnull=False).exists():
        raise DomainError(
            _("A cohort of this programme has been opened, so its format stays. Register another programme instead."),
            code="format_fixed",
            field="format",
        )
