from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.file_kinds import KINDS
from inventory.initiatives.questionnaire import VERSION
from inventory.initiatives.search_columns import columns_of, fold_name
from programmes.cohorts.models import Cohort
from programmes.organisations.models import Organisation
from wimmentor.base.abstract import Timestamped, Versioned
from wimmentor.base.fields import CodesField

__all__ = ["Edition", "EvidenceFile", "Initiative", "Inquiry", "Record", "Statement", "fold_name"]


class Initiative(Timestamped):
    """Something that an organisation does, plans or once did, known by one code through all waves. What is told
    about it is in its records."""

    tenancy_path = "organisation_id"

    code = models.CharField(max_length=40, unique=True)  # stable identifier, e.g. seed-05
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="initiatives")
    # Of the sector: who told IWiM about it.
    proposed_by = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposed_initiatives"
    )

    class Meta:
        ordering = ["organisation__name_folded", "code"]

    def __str__(self) -> str:
        return self.code


class Record(Timestamped, Versioned):
    """What is told about one initiative as of one time; without an initiative: about the organisation itself.

    `answers`: see `rows`. One open record is being written; what was published stays, and the latest is current.
    """

    tenancy_path = "organisation_id"

    class Review(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        IN_REVIEW = "in_review", _("in review")
        RETURNED = "returned", _("returned with questions")
        ACCEPTED = "accepted", _("accepted")
        PUBLISHED = "published", _("published")
        ARCHIVED = "archived", _("archived")

    CLOSED = (Review.PUBLISHED, Review.ARCHIVED)

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="records")
    initiative = models.ForeignKey(Initiative, null=True, blank=True, on_delete=models.PROTECT, related_name="records")
    questionnaire = models.CharField(max_length=20, default=VERSION)
    answers = models.JSONField(default=dict, blank=True)
    # Written from the answers, for search, filters and order.
    name = models.CharField(max_length=200, blank=True, editable=False)
    # Some signs become many when they are folded.
    name_folded = models.CharField(max_length=400, blank=True, editable=False)
    kinds = CodesField(editable=False)
    status = models.CharField(max_length=20, blank=True, editable=False)
    scope = CodesField(editable=False)
    matching_methods = CodesField(editable=False)
    mentor_target = models.CharField(max_length=20, blank=True, editable=False)
    languages = CodesField(editable=False)
    publishing = models.CharField(max_length=12, blank=True, editable=False)
    # Where it comes from
    evidence = models.TextField(blank=True)
    remarks = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    as_of = models.DateField(null=True, blank=True)
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="carried_to"
    )
    review = models.CharField(max_length=12, choices=Review.choices, default=Review.DRAFT)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    is_current = models.BooleanField(default=False)

    class Meta:
        ordering = ["organisation__name_folded", "initiative__code", "pk"]
        indexes = [models.Index(fields=["is_current", "organisation"], name="record_current")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(review="published") | Q(published_at__isnull=False), name="record_published_has_time"
            ),
            models.CheckConstraint(condition=Q(is_current=False) | Q(review="published"), name="record_current_public"),
            models.UniqueConstraint(
                fields=["initiative"],
                condition=Q(initiative__isnull=False) & ~Q(review__in=["published", "archived"]),
                name="record_one_open",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(initiative__isnull=True) & ~Q(review__in=["published", "archived"]),
                name="record_one_open_sheet",
            ),
            models.UniqueConstraint(
                fields=["initiative"],
                condition=Q(initiative__isnull=False, is_current=True),
                name="record_one_current",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(initiative__isnull=True, is_current=True),
                name="record_one_current_sheet",
            ),
        ]

    def __str__(self) -> str:
        return self.name or (self.initiative.code if self.initiative else self.organisation.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        for name, value in columns_of(self.answers).items():
            setattr(self, name, value)
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        return self.review not in self.CLOSED

    @property
    def can_be_changed(self) -> bool:
        return self.review in (self.Review.DRAFT, self.Review.RETURNED)


class Edition(models.Model):
    """Numbers belong to editions; `answers` as in a record."""

    tenancy_path = "record__organisation_id"

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="editions")
    label = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    # Its row in the record before, whatever it was called there.
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="carried_to"
    )
    # Its figures were drafted from this cohort and approved by the organisation.
    cohort = models.ForeignKey(Cohort, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["record", "year", "label"]
        constraints = [
            models.UniqueConstraint(fields=["record", "label"], name="edition_label_once"),
            models.UniqueConstraint(fields=["record", "cohort"], name="edition_cohort_once"),
        ]

    def __str__(self) -> str:
        return self.label


class Inquiry(models.Model):
    """What IWiM asks about a record, about one question or (`question` empty) the whole, and what was replied."""

    tenancy_path = "record__organisation_id"

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="inquiries")
    question = models.CharField(max_length=4, blank=True)
    edition = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]


class WithoutContent(models.Manager["EvidenceFile"]):
    """Whoever sends a file asks for its bytes; lists never load them."""

    def get_queryset(self) -> models.QuerySet["EvidenceFile"]:
        return super().get_queryset().defer("content")


class EvidenceFile(models.Model):
    """A report or picture beside the answer I5. It belongs to the initiative, not to one of its records."""

    tenancy_path = "initiative__organisation_id"

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="evidence_files")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = WithoutContent()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["initiative", "digest"], name="evidence_file_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_label(self) -> str:
        return KINDS[self.media_type].label


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
        constraints = [models.UniqueConstraint(fields=["organisation", "topic", "as_of"], name="statement_topic_once")]

    def __str__(self) -> str:
        return self.topic
