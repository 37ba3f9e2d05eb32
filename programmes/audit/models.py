from django.conf import settings
from django.db import models


class AuditEvent(models.Model):
    """Who did what, when, to which row. Never changed, no names: those are in the rows, and may be erased there."""

    tenancy_path = "organisation_id"

    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    actor_kind = models.CharField(max_length=10)
    actor_label = models.CharField(max_length=60, blank=True)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True, db_index=True)
    cohort_id = models.BigIntegerField(null=True, db_index=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"
