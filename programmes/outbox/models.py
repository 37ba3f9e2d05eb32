from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OutboxEmail(models.Model):
    """An e-mail is a row before it is a message. Links and codes are not in it: `[[link:x]]` and `[[secret:x]]`
    stand in their place and are made when it is sent."""

    tenancy_path = "organisation_id"

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting to go")
        SENDING = "sending", _("going out")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")
        HELD = "held", _("withdrawn before it went")

    # What it is about and to whom: the same event never mails the same person twice.
    event_key = models.CharField(max_length=120)
    recipient = models.CharField(max_length=254)
    recipient_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=10, default="en")
    subject = models.CharField(max_length=250)
    body = models.TextField()
    # {"name": {"purpose": ..., "subject_id": ..., "user_id": ..., "days": ...}}: how each link is made.
    links = models.JSONField(default=dict)
    reply_to = models.CharField(max_length=254, blank=True)
    organisation_id = models.BigIntegerField(null=True, db_index=True)
    cohort_id = models.BigIntegerField(null=True, db_index=True)
    # Sign-in mail is never listed to coordinators.
    is_private = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    send_after = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["event_key", "recipient"], name="outbox_once_per_event"),
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="outbox_sent_has_time"),
        ]
        indexes = [models.Index(fields=["state", "send_after"], name="outbox_due")]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"
