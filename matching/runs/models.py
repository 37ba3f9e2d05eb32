from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matching.engine import ENGINE_VERSION, NOT_PROVEN
from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from programmes.jobs.models import Job


class ProofState(StrEnum):
    PROVEN = "proven"
    NOT_PROVEN = "not_proven"  # a deadline came first
    FAILED = "failed"
    EARLIER = "earlier"


class MatchingRun(models.Model):
    """One computation over a frozen input. Its job alone owns the state of the queue."""

    tenancy_path = "cohort__programme__organisation_id"

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="runs")
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="run")
    # The engine's JSON documents: people and settings as they were; solution with certificate as it came out.
    input = models.JSONField()
    solution = models.JSONField(null=True, blank=True)
    # {"valid", "optimal", "problems"} of the engine's own `verify`, run on the result.
    report = models.JSONField(null=True, blank=True)
    # {"rules", "missing"}: what each rule excludes, and which mentors would place everybody.
    findings = models.JSONField(null=True, blank=True)
    engine_version = models.CharField(max_length=20)
    input_hash = models.CharField(max_length=64)
    status = models.CharField(max_length=20, blank=True)  # the engine's: optimal, not_proven
    pair_count = models.PositiveIntegerField(null=True, blank=True)
    points = models.BigIntegerField(null=True, blank=True)
    solve_ms = models.PositiveIntegerField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"run {self.pk}"

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def proof_state(self) -> ProofState:
        """A run of an earlier engine was checked by an earlier `verify`: nothing is claimed for it any more."""
        if self.engine_version != ENGINE_VERSION:
            return ProofState.EARLIER
        if self.proof_checked:
            return ProofState.PROVEN
        report = self.report or {}
        if report.get("valid") and list(report.get("problems", ())) == [NOT_PROVEN]:
            return ProofState.NOT_PROVEN
        return ProofState.FAILED

    @property
    def proof_checked(self) -> bool:
        return bool(self.report and self.report.get("valid") and self.report.get("optimal"))


class Proposal(models.Model):
    """A pair as the run proposes it."""

    tenancy_path = "run__cohort__programme__organisation_id"

    run = models.ForeignKey(MatchingRun, on_delete=models.CASCADE, related_name="proposals")
    mentee = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="proposals_as_mentee")
    mentor = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="proposals_as_mentor")
    points = models.PositiveSmallIntegerField()
    # [{"criterion", "weight", "score", "points", "code", "values"}]: worded by the page in the reader's language.
    parts = models.JSONField(default=list)
    locked = models.BooleanField(default=False)

    class Meta:
        ordering = ["-points", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "mentee"], name="proposal_mentee_once"),
            models.CheckConstraint(condition=Q(points__lte=10000), name="proposal_points_in_range"),
        ]

    def __str__(self) -> str:
        return str(_("proposal %(number)s") % {"number": self.pk})
