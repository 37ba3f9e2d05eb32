from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.access.roles import ROLE_CHOICES
from wimmentor.base.abstract import Timestamped, Versioned
from wimmentor.base.codes import ORGANISATION_TYPE, REGION_SCOPE
from wimmentor.base.fields import CodesField


class Organisation(Timestamped, Versioned):
    """A WIM organisation. Until IWiM staff verified it, it can prepare everything and open nothing."""

    tenancy_path = "pk"

    name = models.CharField(_("name"), max_length=150)
    # Folded by the code, for search, sort and identity: both databases then agree.
    name_folded = models.CharField(max_length=150, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    full_name = models.CharField(max_length=250, blank=True)
    type = models.CharField(max_length=30, choices=ORGANISATION_TYPE.choices, default="wim_national")
    reach = models.CharField(max_length=30, choices=REGION_SCOPE.choices, blank=True)
    countries = CodesField()
    languages = CodesField()
    website = models.URLField(blank=True)
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    # Whom participants ask for help and about their data: the organisation is the controller.
    contact_email = models.EmailField(max_length=254)
    contact_name = models.CharField(max_length=150, blank=True)
    # Its own words where they differ from the site's: {language: {term: [singular, plural]}}.
    terms = models.JSONField(default=dict, blank=True)
    is_platform = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    refused_at = models.DateTimeField(null=True, blank=True)
    refusal_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["name_folded", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["name_folded", "countries"], name="organisation_name_in_country"),
            models.UniqueConstraint(
                fields=["is_platform"], condition=Q(is_platform=True), name="organisation_one_platform"
            ),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=models.F("id")), name="organisation_not_part_of_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None


class Membership(models.Model):
    """A role of a person in an organisation; several rows are several roles."""

    tenancy_path = "organisation_id"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=30, choices=ROLE_CHOICES)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "organisation", "role"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.role} {self.organisation_id}"


class Invitation(models.Model):
    tenancy_path = "organisation_id"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=30, choices=ROLE_CHOICES)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email", "role"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_once_pending",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.organisation_id}"
