from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from inventory.initiatives.models import Record, Statement
from inventory.initiatives.questionnaire import VERSION
from programmes.organisations.models import Organisation
from programmes.outbox.models import OutboxEmail
from wimmentor.base.abstract import Timestamped, Versioned
from wimmentor.base.fields import CodesField


class Wave(Timestamped, Versioned):
    """The survey of one year. Whether answers are taken follows from the dates, never from a scheduler."""

    tenancy_path = None
    tenancy_reason = "A wave is the Alliance's."

    class State(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        PUBLISHED = "published", _("published")

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    introduction = models.TextField(blank=True)
    questionnaire = models.CharField(max_length=20, default=VERSION)
    languages = CodesField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    time_zone = models.CharField(max_length=64, default="UTC")
    opens_at = models.DateTimeField()
    opens_wall = models.CharField(max_length=16)
    closes_at = models.DateTimeField()
    closes_wall = models.CharField(max_length=16)
    # Letters to one organisation: how many in all, and how many days lie between two.
    most_letters = models.PositiveSmallIntegerField(default=3)
    letter_days = models.PositiveSmallIntegerField(default=14)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opens_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="wave_closes_after_opening"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="wave_published_has_time"
            ),
            models.CheckConstraint(
                condition=Q(most_letters__lte=10, letter_days__gte=1, letter_days__lte=90), name="wave_letters_sensible"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def state_at(self, instant: datetime) -> str:
        """As people see it: what is open waits for its first day, and is closed after the last."""
        if self.state != self.State.OPEN:
            return self.state
        if instant < self.opens_at:
            return self.State.DRAFT
        return self.State.OPEN if instant < self.closes_at else self.State.CLOSED

    def takes_answers(self, instant: datetime) -> bool:
        return self.state_at(instant) == self.State.OPEN


class WaveResponse(Timestamped, Versioned):
    """What one organisation answers in one wave: its sheet and the records of its initiatives."""

    tenancy_path = "organisation_id"

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        IN_REVIEW = "in_review", _("in review")
        RETURNED = "returned", _("returned with questions")
        ACCEPTED = "accepted", _("accepted")
        PUBLISHED = "published", _("published")
        MERGED = "merged", _("answered by another organisation")

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="responses")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="wave_responses")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    sheet = models.ForeignKey(Record, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    statements = models.ManyToManyField(Statement, blank=True, related_name="responses")
    # Whom the letters go to, and in which language.
    contact_name = models.CharField(max_length=150, blank=True)
    contact_email = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=10, default="en")
    note = models.TextField(blank=True)  # IWiM's own, on whom to ask
    started_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["organisation__name_folded", "pk"]
        constraints = [models.UniqueConstraint(fields=["wave", "organisation"], name="response_once")]

    def __str__(self) -> str:
        return f"{self.wave_id} {self.organisation_id}"

    def takes_answers(self, instant: datetime) -> bool:
        """What IWiM returned waits for a reply, also after the last day."""
        if self.state == self.State.RETURNED:
            return True
        return self.state == self.State.DRAFT and self.wave.takes_answers(instant)


class ResponseEntry(models.Model):
    """One initiative in a response: carried forward until somebody says that nothing changed, or changes it."""

    tenancy_path = "response__organisation_id"

    class Change(models.TextChoices):
        CARRIED = "carried", _("not looked at yet")
        UNCHANGED = "unchanged", _("nothing changed")
        CHANGED = "changed", _("changed")
        NEW = "new", _("new")

    response = models.ForeignKey(WaveResponse, on_delete=models.CASCADE, related_name="entries")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="wave_entries")
    change = models.CharField(max_length=10, choices=Change.choices, default=Change.CARRIED)

    class Meta:
        ordering = ["response", "pk"]
        constraints = [models.UniqueConstraint(fields=["response", "record"], name="response_entry_once")]

    def __str__(self) -> str:
        return f"{self.response_id} {self.record_id}"


class WaveLetter(models.Model):
    """A letter of a wave to one organisation: the first invites, the others remind."""

    tenancy_path = "response__organisation_id"

    response = models.ForeignKey(WaveResponse, on_delete=models.CASCADE, related_name="letters")
    number = models.PositiveSmallIntegerField()
    email = models.ForeignKey(OutboxEmail, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["response", "number"]
        constraints = [models.UniqueConstraint(fields=["response", "number"], name="wave_letter_once")]

    def __str__(self) -> str:
        return f"{self.response_id} {self.number}"


class AnswerImport(Timestamped):
    """A spreadsheet of answers between its dry run and the word that it goes in; afterwards, for some days, what
    became of it. The file itself is not kept."""

    tenancy_path = None
    tenancy_reason = "IWiM brings in the answers of many organisations at once."

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=200)
    plan = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name


class Merger(models.Model):
    """An organisation that goes on as another one in the inventory: it is asked no more."""

    tenancy_path = "source_id"

    source = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="merger")
    target = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="mergers")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.source_id} {self.target_id}"
