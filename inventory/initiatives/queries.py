from collections.abc import Mapping

from django.db.models import Prefetch, Q, QuerySet

from inventory.initiatives.models import Edition, Initiative, Statement
from programmes.access.roles import INVENTORY_EDITOR, OWNER
from programmes.organisations.models import Organisation
from programmes.people.models import User
from wimmentor.base.fields import has_code
from wimmentor.base.text import fold


def with_details(queryset: QuerySet[Initiative]) -> QuerySet[Initiative]:
    return queryset.select_related("organisation").prefetch_related(
        Prefetch("editions", Edition.objects.order_by("year", "label", "pk"))
    )


def public_initiatives() -> QuerySet[Initiative]:
    return with_details(
        Initiative.objects.filter(review=Initiative.Review.PUBLISHED, organisation__verified_at__isnull=False).order_by(
            "organisation__name_folded", "code"
        )
    )


def public_statements() -> QuerySet[Statement]:
    return (
        Statement.objects.filter(is_public=True, organisation__verified_at__isnull=False)
        .select_related("organisation")
        .order_by("organisation__name_folded", "pk")
    )


def filter_initiatives(queryset: QuerySet[Initiative], wanted: Mapping[str, str]) -> QuerySet[Initiative]:
    """`wanted`: q, kind, country, status, method, target, scope; empty ones do not count."""
    by_code = {"kind": "kinds", "country": "organisation__countries", "method": "matching_methods", "scope": "scope"}
    for name, field in by_code.items():
        if wanted.get(name):
            queryset = queryset.filter(has_code(field, wanted[name]))
    if wanted.get("status"):
        queryset = queryset.filter(status=wanted["status"])
    if wanted.get("target"):
        queryset = queryset.filter(mentor_target=wanted["target"])
    if wanted.get("q"):
        folded = fold(wanted["q"])
        queryset = queryset.filter(Q(organisation__name_folded__contains=folded) | Q(name_folded__contains=folded))
    return queryset


def initiatives_of(organisation: Organisation) -> QuerySet[Initiative]:
    return with_details(Initiative.objects.filter(organisation=organisation).order_by("code"))


def initiatives_to_review() -> QuerySet[Initiative]:
    """Waiting first, then the rest; drafts are the organisation's own."""
    return with_details(
        Initiative.objects.exclude(review=Initiative.Review.DRAFT).order_by(
            "-review", "organisation__name_folded", "code"
        )
    )


def public_countries() -> list[str]:
    values = public_initiatives().values_list("organisation__countries", flat=True)
    return sorted({code for codes in values for code in codes})


def keepers(organisation: Organisation) -> QuerySet[User]:
    """Who is written to about its entries: owners and inventory editors."""
    roles = [OWNER.code, INVENTORY_EDITOR.code]
    found = User.objects.filter(memberships__organisation=organisation, memberships__role__in=roles, is_active=True)
    return found.distinct().order_by("pk")
