from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matching.runs.models import MatchingRun
from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from programmes.mentorships.models import Mentorship
from wimmentor.base.abstract import Timestamped


class PairRule(models.Model):
    """A coordinator's word about a pair. It survives runs; the next run is solved around it."""

    tenancy_path = "cohort__programme__organisation_id"

    class Kind(models.TextChoices):
        LOCK = "lock", _("locked")
        FORBID = "forbid", _("forbidden")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="pair_rules")
    mentee = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # A switchable rule that this lock breaks, with the coordinator's eyes open; always-on rules cannot be broken.
    breaks_rule = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["mentee", "mentor"], name="pair_rule_once"),
            models.UniqueConstraint(fields=["mentee"], condition=Q(kind="lock"), name="pair_rule_one_lock_per_mentee"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.mentee_id} {self.mentor_id}"


class BoardStep(models.Model):
    """One change on the board, so that it can be undone: the rule before and after, as (kind, reason) or nothing."""

    tenancy_path = "cohort__programme__organisation_id"

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="board_steps")
    mentee = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    action = models.CharField(max_length=20)  # lock, unlock, forbid, allow, pair
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.action} {self.pk}"


class Offer(Timestamped):
    """A pair that was sent. Both sides are asked at once; each answers once, without a reason."""

    tenancy_path = "cohort__programme__organisation_id"

    class State(models.TextChoices):
        SENT = "sent", _("waiting for answers")
        CONFIRMED = "confirmed", _("both said yes")
        DECLINED = "declined", _("declined")
        EXPIRED = "expired", _("expired")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="offers")
    run = models.ForeignKey(MatchingRun, null=True, on_delete=models.SET_NULL, related_name="offers")
    mentee = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="offers_as_mentee")
    mentor = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="offers_as_mentor")
    points = models.PositiveSmallIntegerField()
    parts = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    deadline = models.DateTimeField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    mentee_answer = models.CharField(max_length=3, choices=Answer.choices, blank=True)
    mentee_answered_at = models.DateTimeField(null=True, blank=True)
    mentee_answered_for = models.BooleanField(default=False)  # the coordinator answered for somebody who phoned
    mentor_answer = models.CharField(max_length=3, choices=Answer.choices, blank=True)
    mentor_answered_at = models.DateTimeField(null=True, blank=True)
    mentor_answered_for = models.BooleanField(default=False)
    reminded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    mentorship = models.OneToOneField(Mentorship, null=True, blank=True, on_delete=models.PROTECT, related_name="offer")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentee"], condition=Q(state__in=["sent", "confirmed"]), name="offer_one_live_per_mentee"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(mentee_answer="yes", mentor_answer="yes", mentorship__isnull=False),
                name="offer_confirmed_by_both",
            ),
        ]
        indexes = [models.Index(fields=["state", "deadline"], name="offer_due")]

    def __str__(self) -> str:
        return f"offer {self.pk}"
