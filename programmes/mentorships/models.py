from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from wimmentor.base.abstract import Timestamped


class Mentorship(Timestamped):
    """A mentor and her mentees (one, in a pair) from the day both sides said yes."""

    tenancy_path = "cohort__programme__organisation_id"

    class State(models.TextChoices):
        ACTIVE = "active", _("under way")
        ENDED = "ended", _("ended")

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="mentorships")
    mentor = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="mentorships_as_mentor")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="active", ended_at__isnull=True) | Q(state="ended", ended_at__isnull=False),
                name="mentorship_ended_has_time",
            )
        ]

    def __str__(self) -> str:
        return f"mentorship {self.pk}"


class MentorshipMentee(models.Model):
    """A mentee's place in a mentorship. `active` falls when it ends; she has one active place in a cohort."""

    tenancy_path = "mentorship__cohort__programme__organisation_id"

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="mentees")
    mentee = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="mentorships_as_mentee")
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["mentorship", "mentee"], name="mentorship_mentee_once"),
            models.UniqueConstraint(fields=["mentee"], condition=Q(active=True), name="mentee_one_active_mentorship"),
        ]

    def __str__(self) -> str:
        return f"mentee {self.mentee_id}"
