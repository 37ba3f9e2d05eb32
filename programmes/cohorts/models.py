from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programmes.organisations.models import Organisation
from programmes.questionnaires.models import QuestionnaireVersion
from wimmentor.base.abstract import Timestamped, Versioned
from wimmentor.base.codes import DELIVERY, MATCHING_METHOD, MENTOR_TARGET_GENDER, PROGRAMME_FORMAT, REGION_SCOPE
from wimmentor.base.fields import CodesField


class Programme(Timestamped, Versioned):
    tenancy_path = "organisation_id"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="programmes")
    name = models.CharField(_("name"), max_length=150)
    slug = models.SlugField(max_length=60)
    summary = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    eligibility = models.TextField(blank=True)
    format = models.CharField(max_length=20, choices=PROGRAMME_FORMAT.choices, default="one_to_one")
    scope = CodesField()  # seniority bands of mentees
    mentor_target = models.CharField(max_length=20, choices=MENTOR_TARGET_GENDER.choices, default="both_open")
    matching_method = models.CharField(max_length=30, choices=MATCHING_METHOD.choices, default="software_proposed")
    reach = models.CharField(max_length=30, choices=REGION_SCOPE.choices, default="national")
    countries = CodesField()
    regions = models.CharField(max_length=250, blank=True)
    languages = CodesField()
    delivery = models.CharField(max_length=20, choices=DELIVERY.choices, default="online")
    months = models.PositiveSmallIntegerField(default=6)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="programme_slug_in_organisation"),
            models.CheckConstraint(condition=Q(months__gte=1, months__lte=36), name="programme_months_sensible"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def can_run_here(self) -> bool:
        """Other formats are recorded; only one-to-one can be run so far."""
        return self.format == "one_to_one"


class Cohort(Timestamped, Versioned):
    """An edition of a programme. Whether applications are open follows from the dates, never from a scheduler."""

    tenancy_path = "programme__organisation_id"

    class Phase(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open")
        SELECTING = "selecting", _("selecting")
        MATCHING = "matching", _("matching")
        CONFIRMING = "confirming", _("confirming")
        RUNNING = "running", _("running")
        CLOSING = "closing", _("closing")
        CLOSED = "closed", _("closed")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(max_length=60)
    phase = models.CharField(max_length=12, choices=Phase.choices, default=Phase.DRAFT)
    time_zone = models.CharField(max_length=64, default="UTC")
    # Each instant stands beside the wall time that was typed in `time_zone`.
    opens_at = models.DateTimeField()
    opens_wall = models.CharField(max_length=16)
    closes_at = models.DateTimeField()
    closes_wall = models.CharField(max_length=16)
    decisions_on = models.DateField(null=True, blank=True)
    matching_on = models.DateField(null=True, blank=True)
    offers_on = models.DateField(null=True, blank=True)
    answers_by = models.DateField(null=True, blank=True)
    kickoff_on = models.DateField(null=True, blank=True)
    midpoint_on = models.DateField(null=True, blank=True)
    closing_on = models.DateField(null=True, blank=True)
    mentee_places = models.PositiveIntegerField(null=True, blank=True)
    default_capacity = models.PositiveSmallIntegerField(default=1)
    both_roles_allowed = models.BooleanField(default=True)
    offer_days = models.PositiveSmallIntegerField(default=7)
    mentee_questions = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="+")
    mentor_questions = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="+")
    # {"weights": {...}, "hard": [...], "min_gap_months": 24, "fairness": "none", "own_criteria": {"own:code": kind},
    # "top_criterion_extra": 10}: the engine's Settings.
    matching_settings = models.JSONField(default=dict)
    # Events kept from day one, so that hours and quality can be known later.
    opened_at = models.DateTimeField(null=True, blank=True)
    first_result_at = models.DateTimeField(null=True, blank=True)
    offers_sent_at = models.DateTimeField(null=True, blank=True)
    all_answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opens_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="cohort_slug_in_programme"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="cohort_closes_after_opening"),
            models.CheckConstraint(condition=Q(default_capacity__lte=50), name="cohort_capacity_sensible"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def organisation_id(self) -> int:
        return self.programme.organisation_id

    def takes_applications(self, instant: datetime) -> bool:
        return self.phase == self.Phase.OPEN and self.opens_at <= instant < self.closes_at

    def phase_at(self, instant: datetime) -> str:
        """The phase as people see it: open turns into selecting when the deadline passes."""
        if self.phase == self.Phase.OPEN and instant >= self.closes_at:
            return self.Phase.SELECTING
        return self.phase


class CohortLetter(models.Model):
    """The organisation's own wording of one kind of e-mail in one language. What it did not change has no row."""

    tenancy_path = "cohort__programme__organisation_id"

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=10, default="en")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["cohort", "kind", "language"], name="letter_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.language}"


class CohortFigures(models.Model):
    """What matching leaves for reports and the inventory; written by the matching app."""

    tenancy_path = "cohort__programme__organisation_id"

    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="figures")
    method = models.CharField(max_length=30, choices=MATCHING_METHOD.choices, default="software_proposed")
    days_close_to_pairs = models.PositiveIntegerField(null=True, blank=True)
    matched = models.PositiveIntegerField(null=True, blank=True)
    accepted_at_first_proposal = models.PositiveIntegerField(null=True, blank=True)
    minutes = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"figures of cohort {self.cohort_id}"


class Minutes(models.Model):
    """Coordinator's minutes at one task: time between actions, gaps over five minutes left out."""

    tenancy_path = "cohort__programme__organisation_id"

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="minutes_logged")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    task = models.CharField(max_length=30)
    day = models.DateField()
    seconds = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "user", "task", "day"], name="minutes_once_a_day")]

    def __str__(self) -> str:
        return f"{self.task} {self.day}"
