import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programmes.cohorts.models import Cohort
from programmes.organisations.models import Organisation
from programmes.questionnaires.models import QuestionnaireVersion
from wimmentor.base.abstract import Timestamped, Versioned
from wimmentor.base.codes import (
    GENDER,
    MEETING_CHANNEL,
    MINING_SEGMENT,
    PREFERRED_GENDER,
    ROSTER_HOURS,
    ROTATION,
    SENIORITY_BAND,
    TOP_CRITERION,
)
from wimmentor.base.digests import DIGEST_LENGTH
from wimmentor.base.fields import CodesField
from wimmentor.base.private_files import NAME_LENGTH
from wimmentor.base.text import fold, fold_email


class ImportBatch(models.Model):
    """One spreadsheet: its dry run, then what went in. The rows are kept only between the two, the file itself for
    some weeks (domain/import_files)."""

    tenancy_path = "cohort__programme__organisation_id"

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="imports")
    role = models.CharField(max_length=10, blank=True)  # mentee, mentor or column; blank until somebody says so
    file_name = models.CharField(max_length=200)
    stored_file = models.CharField(max_length=NAME_LENGTH, blank=True)
    recognised = models.JSONField(default=dict)  # kind, encoding and the like of the file
    accept = models.BooleanField(default=False)
    mapping = models.JSONField(default=dict)  # {heading: field or null}; empty: as guessed
    rows = models.JSONField(default=list)
    report = models.JSONField(default=dict)
    # Travels hidden in the pages: what somebody else changed meanwhile is not brought in unseen.
    version = models.PositiveIntegerField(default=1)
    rows_read = models.PositiveIntegerField(default=0)
    rows_created = models.PositiveIntegerField(default=0)
    rows_updated = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    # The coordinator's word that these people agreed to be listed here.
    consent_attested = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(applied_at__isnull=False), name="import_undone_was_applied"
            ),
            models.UniqueConstraint(fields=["stored_file"], condition=~Q(stored_file=""), name="import_file_once"),
        ]

    def __str__(self) -> str:
        return self.file_name


class Application(Timestamped, Versioned):
    """One person's wish to take part in one cohort in one role. Core answers are columns, since matching reads
    them; the others are keyed by question code in `answers`."""

    tenancy_path = "cohort__programme__organisation_id"

    class Role(models.TextChoices):
        MENTEE = "mentee", _("mentee")
        MENTOR = "mentor", _("mentor")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        SHORTLISTED = "shortlisted", _("shortlisted")
        ACCEPTED = "accepted", _("accepted")
        WAITLISTED = "waitlisted", _("on the waiting list")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Source(models.TextChoices):
        FORM = "form", _("form")
        IMPORT = "import", _("spreadsheet")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="applications")
    role = models.CharField(max_length=10, choices=Role.choices)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.FORM)
    # Rendered into the form: the same key twice is the same application.
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="applications"
    )
    email = models.CharField(max_length=254, blank=True)
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=10, default="en")  # in which she reads mail and pages
    import_batch = models.ForeignKey(ImportBatch, null=True, blank=True, on_delete=models.SET_NULL)
    import_row = models.PositiveIntegerField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    # Who she is
    first_name = models.CharField(max_length=100, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    preferred_name = models.CharField(max_length=100, blank=True)
    name_folded = models.CharField(max_length=201, blank=True, editable=False)
    gender = models.CharField(max_length=20, choices=GENDER.choices, blank=True)
    adult = models.BooleanField(null=True, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    # Where she is and works
    country = models.CharField(max_length=2, blank=True)
    city = models.CharField(max_length=100, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    utc_offset_min = models.SmallIntegerField(null=True, blank=True)  # for imports that know no zone
    employer = models.CharField(max_length=150, blank=True)
    employer_folded = models.CharField(max_length=150, blank=True, editable=False)
    job_title = models.CharField(max_length=150, blank=True)
    function = models.CharField(max_length=150, blank=True)  # a code of mining_function, or her own words
    segment = models.CharField(max_length=30, choices=MINING_SEGMENT.choices, blank=True)
    rotation = models.CharField(max_length=30, choices=ROTATION.choices, blank=True)
    years_experience = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    seniority = models.CharField(max_length=30, choices=SENIORITY_BAND.choices, blank=True)
    # What she wants or offers
    languages = CodesField()
    preferred_language = models.CharField(max_length=10, blank=True)
    goals = CodesField()  # codes, and her own words where no code fits
    goals_words = models.TextField(blank=True)
    interests = CodesField()
    # Of a mentee. Its default is the database's too: code from before the column goes on writing rows.
    top_criterion = models.CharField(
        max_length=30, choices=TOP_CRITERION.choices, blank=True, default="", db_default=""
    )
    preferred_mentor_gender = models.CharField(max_length=20, choices=PREFERRED_GENDER.choices, blank=True)
    gender_preference_strict = models.BooleanField(default=False)
    availability = models.CharField(max_length=500, blank=True)  # "mon 18-20;sat 9-12" in her own zone
    # Who works on a roster: when those hours hold (empty: every week), and one first day on site, to know which weeks.
    roster_hours = models.CharField(max_length=20, choices=ROSTER_HOURS.choices, blank=True, default="", db_default="")
    on_site_from = models.DateField(null=True, blank=True)
    hours_a_month = models.PositiveSmallIntegerField(null=True, blank=True)
    channels = models.CharField(max_length=30, choices=MEETING_CHANNEL.choices, blank=True)
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    # Private to the coordinators, and to matching
    not_with = models.TextField(blank=True)  # one person (e-mail or name) or employer a line
    line_manager_email = models.CharField(max_length=254, blank=True)
    notes = models.TextField(blank=True)
    answers = models.JSONField(default=dict)
    questionnaire = models.ForeignKey(
        QuestionnaireVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # A mentor's places that live offers hold: raised only by compare-and-set below capacity.
    places_taken = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["name_folded", "pk"]
        constraints = [
            # A stranger's unconfirmed draft blocks nobody.
            models.UniqueConstraint(
                fields=["cohort", "role", "email"],
                condition=(Q(email_confirmed_at__isnull=False) | Q(source="import")) & ~Q(email=""),
                name="application_once_per_role",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__lte=50), name="application_capacity_sensible"
            ),
            models.CheckConstraint(
                condition=Q(years_experience__isnull=True) | Q(years_experience__gte=0, years_experience__lte=70),
                name="application_years_sensible",
            ),
            models.CheckConstraint(
                condition=Q(role="mentee", places_taken=0) | Q(role="mentor"), name="application_places_of_mentors"
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(places_taken__lte=F("capacity")),
                name="application_places_within_capacity",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False),
                name="application_submitted_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["cohort", "role", "status"], name="application_list"),
            models.Index(fields=["email"], name="application_email"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.fold_columns()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def fold_columns(self) -> None:
        """Also called before bulk_create, which does not call save."""
        self.email = fold_email(self.email)
        self.line_manager_email = fold_email(self.line_manager_email)
        self.name_folded = fold(f"{self.first_name} {self.last_name}")[:201]
        self.employer_folded = fold(self.employer)[:150]

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or str(_("Erased"))

    @property
    def short_name(self) -> str:
        return self.preferred_name or self.first_name or self.name

    @property
    def places(self) -> int:
        return self.capacity if self.capacity is not None else 0


class ApplicationConsent(models.Model):
    """What she agreed to, in which version, when; refused optional consents are rows too."""

    tenancy_path = "application__cohort__programme__organisation_id"

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40)  # privacy, conduct, adult, shown_to_pair, ...
    version = models.CharField(max_length=20)
    granted = models.BooleanField()
    at = models.DateTimeField()
    # "form", or who attested it for an import
    given_by = models.CharField(max_length=40, default="form")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["application", "purpose", "version"], name="consent_once")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"


class ImportLine(models.Model):
    """A row of a spreadsheet that named somebody: what it made or changed, and for a day what that was before.
    Whoever is only in the file, or in its report, is found by the digest of her e-mail when she is erased."""

    tenancy_path = "batch__cohort__programme__organisation_id"

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="lines")
    row = models.PositiveIntegerField()
    key = models.CharField(max_length=DIGEST_LENGTH)
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.CASCADE, related_name="import_lines"
    )
    version = models.PositiveIntegerField(null=True, blank=True)  # of the application, when it was in
    before = models.JSONField(null=True, blank=True)  # columns of a changed application; null: it was new

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["batch", "application"], name="import_line_once")]
        indexes = [
            models.Index(fields=["key"], name="import_line_key"),
            models.Index(fields=["batch"], condition=Q(before__isnull=False), name="import_line_to_restore"),
        ]

    def __str__(self) -> str:
        return f"row {self.row}"


class RememberedColumn(models.Model):
    """What a column of an organisation's spreadsheets was taken for; blank: left out."""

    tenancy_path = "organisation_id"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    heading_folded = models.CharField(max_length=250)
    field = models.CharField(max_length=40, blank=True)
    used_at = models.DateTimeField()

    class Meta:
        ordering = ["heading_folded"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "heading_folded"], name="remembered_column_once")
        ]

    def __str__(self) -> str:
        return self.heading_folded
