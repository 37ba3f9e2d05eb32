from django.conf import settings
from django.db import models


class PurposeLink(models.Model):
    """One person, one thing, for a while. Only the hash of its token is stored."""

    tenancy_path = None
    tenancy_reason = "Found by the hash of a secret token, never listed."

    purpose = models.CharField(max_length=40)
    token_hash = models.CharField(max_length=64, unique=True)
    subject_id = models.BigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE)
    # Of the e-mail in which it stands: what it opens is worded like it.
    language = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["purpose", "subject_id"], name="purposelink_subject")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject_id}"
