from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """The truth about one piece of background work. Celery only carries its id."""

    tenancy_path = None
    tenancy_reason = "Reached only through the run or import that owns it."

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    # While a job with this key is active no second one can be: "one run per cohort".
    exclusive_key = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    progress_stage = models.CharField(max_length=40, blank=True)
    # A stable code, worded by the page; `error_text` is for the log of the coordinator's site only.
    error_code = models.CharField(max_length=60, blank=True)
    error_text = models.TextField(blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "exclusive_key"],
                condition=Q(state__in=["queued", "running"]) & ~Q(exclusive_key=""),
                name="job_one_active_per_key",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(lease_until__isnull=False), name="job_running_has_lease"
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="job_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id} ({self.state})"

    @property
    def is_active(self) -> bool:
        return self.state in {self.State.QUEUED, self.State.RUNNING}
