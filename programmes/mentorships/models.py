from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from programmes.organisations.models import Organisation
from wimmentor.base.abstract import Timestamped
from wimmentor.base.digests import DIGEST_LENGTH
from wimmentor.base.private_files import NAME_LENGTH


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


class PastPairImport(models.Model):
    """One spreadsheet of pairs that were made elsewhere. The file and its addresses are kept only until it is in."""

    tenancy_path = "organisation_id"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    # Where it was sent in; the pairs count in every cohort of the organisation.
    cohort = models.ForeignKey(Cohort, null=True, on_delete=models.SET_NULL, related_name="+")
    file_name = models.CharField(max_length=200)
    stored_file = models.CharField(max_length=NAME_LENGTH, blank=True)
    mapping = models.JSONField(default=dict)  # {heading: field or null}; empty: as guessed
    version = models.PositiveIntegerField(default=1)
    rows_read = models.PositiveIntegerField(default=0)
    rows_created = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["stored_file"], condition=~Q(stored_file=""), name="past_pairs_file_once")
        ]

    def __str__(self) -> str:
        return self.file_name


class PastPair(models.Model):
    """Two people who were matched elsewhere and are not matched again. Digests of their e-mails, so that nothing of
    them is left when they are erased."""

    tenancy_path = "organisation_id"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    mentor_key = models.CharField(max_length=DIGEST_LENGTH)
    mentee_key = models.CharField(max_length=DIGEST_LENGTH)
    started_on = models.DateField(null=True, blank=True)  # null: unknown
    brought_in = models.ForeignKey(PastPairImport, on_delete=models.CASCADE, related_name="pairs")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "mentor_key", "mentee_key"], name="past_pair_once"),
            models.CheckConstraint(condition=~Q(mentor_key=models.F("mentee_key")), name="past_pair_of_two"),
        ]

    def __str__(self) -> str:
        return f"past pair {self.pk}"
