from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.organisations.models import Organisation
from wimmentor.base.abstract import Timestamped, Versioned
from wimmentor.base.codes import ANSWER_STATE, INITIATIVE_STATUS, MENTOR_TARGET_GENDER, REGION_SCOPE
from wimmentor.base.fields import CodesField
from wimmentor.base.text import fold


def answer_state() -> "models.CharField[str, str]":
    """Zero is never "unknown": each answer says whether it was given."""
    return models.CharField(max_length=15, choices=ANSWER_STATE.choices, default="pending")


class Initiative(Timestamped, Versioned):
    """What an organisation does, plans or once did on mentoring, sponsorship or role models."""

    tenancy_path = "organisation_id"

    class Review(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned with questions")
        ACCEPTED = "accepted", _("accepted")
        PUBLISHED = "published", _("published")

    code = models.CharField(max_length=40, unique=True)  # stable identifier, e.g. seed-05
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="initiatives")
    name = models.CharField(max_length=200, blank=True)
    # Some signs become many when they are folded.
    name_folded = models.CharField(max_length=400, blank=True, editable=False)
    kinds = CodesField()
    kinds_state = answer_state()
    status = models.CharField(max_length=20, choices=INITIATIVE_STATUS.choices, blank=True)
    status_state = answer_state()
    # The working group's three questions
    scope = CodesField()
    scope_words = models.CharField(max_length=300, blank=True)
    scope_state = answer_state()
    matching_methods = CodesField()
    matching_words = models.CharField(max_length=300, blank=True)
    matching_state = answer_state()
    mentor_target = models.CharField(max_length=20, choices=MENTOR_TARGET_GENDER.choices, blank=True)
    mentor_target_state = answer_state()
    reach = models.CharField(max_length=30, choices=REGION_SCOPE.choices, blank=True)
    starts = models.CharField(max_length=20, blank=True)  # partial date: 2021, 2021-09, "before 2011-07"
    starts_precision = models.CharField(max_length=60, blank=True)
    purpose = models.TextField(blank=True)
    challenges = models.TextField(blank=True)
    remarks = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    as_of = models.DateField(null=True, blank=True)
    review = models.CharField(max_length=12, choices=Review.choices, default=Review.DRAFT)
    review_note = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["organisation__name_folded", "code"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(review="published") | Q(published_at__isnull=False), name="initiative_published_has_time"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_folded = fold_name(self.name)
        super().save(*args, **kwargs)


def fold_name(name: str) -> str:
    return fold(name)[:400]


class Edition(models.Model):
    """Numbers belong to editions. A number that is not there has a state that says why."""

    tenancy_path = "initiative__organisation_id"

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="editions")
    label = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    mentee_count = models.PositiveIntegerField(null=True, blank=True)
    mentee_count_state = answer_state()
    mentor_count = models.PositiveIntegerField(null=True, blank=True)
    mentor_count_state = answer_state()
    pair_count = models.PositiveIntegerField(null=True, blank=True)
    pair_count_state = answer_state()
    months = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    months_state = answer_state()

    class Meta:
        ordering = ["initiative", "year", "label"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "label"], name="edition_label_once"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}_state": "answered", f"{name}__isnull": False})
                    | (~Q(**{f"{name}_state": "answered"}) & Q(**{f"{name}__isnull": True})),
                    name=f"edition_{name}_state",
                )
                for name in ("mentee_count", "mentor_count", "pair_count", "months")
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Statement(models.Model):
    """What an organisation said that is no initiative: "we have none" is an answer."""

    tenancy_path = "organisation_id"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="statements")
    topic = models.CharField(max_length=60)
    value = models.CharField(max_length=300)
    evidence = models.TextField(blank=True)
    remarks = models.TextField(blank=True)
    as_of = models.DateField(null=True, blank=True)
    is_public = models.BooleanField(default=False)

    class Meta:
        ordering = ["organisation__name_folded", "pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "topic"], name="statement_topic_once")]

    def __str__(self) -> str:
        return self.topic
