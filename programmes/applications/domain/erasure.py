"""Blanking everything personal. What stays: that somebody applied, in which role, when, and to what she agreed."""

from datetime import datetime

from django.db.models import Q

from programmes.access import links
from programmes.applications.domain.import_traces import forget_in_imports
from programmes.applications.models import Application
from programmes.applications.own import is_counted
from programmes.applications.registry import letters_about, tell_erased
from programmes.outbox.domain import erase_account_mail, erase_letters_about, erase_recipient
from programmes.people.ledger import APPLICATION, remember_erasure
from programmes.people.models import User

PURPOSES = ("application.confirm", "application.resume", "application.status")
OWN_LETTERS = ("application.confirm", "application.received", "application.resume", "application.page", "decision")
KEPT = frozenset(
    {
        "id",
        "cohort",
        "role",
        "status",
        "source",
        "submission_key",
        "questionnaire",
        "import_batch",
        "import_row",
        "version",
        "places_taken",
        "created_at",
        "changed_at",
        "submitted_at",
        "decided_at",
        "withdrawn_at",
        "erased_at",
    }
)


def erase_application(
    application: Application, *, instant: datetime, keep_mail_of_others: bool = False, keep_status: bool = False
) -> None:
    """`keep_mail_of_others`: another application of hers to this cohort goes on, so only this one's letters go.
    `keep_status`: her time is over, not her part: the cohort's numbers go on counting her.
    Whoever began a form that nobody confirmed may be a stranger with her address: what the cohort's imports and
    other letters hold about whoever has it stays."""
    email, user, counted = application.email, application.user, is_counted(application)
    if keys_about := letters_about(application):
        erase_letters_about(cohort_id=application.cohort_id, keys=keys_about)
    tell_erased(application)
    if counted:
        forget_in_imports(application)
    keys = () if counted and not keep_mail_of_others else _own_letters(application)
    blank_columns(application)
    application.erased_at = instant
    if not keep_status:
        application.status, application.withdrawn_at = Application.Status.WITHDRAWN, instant
        remember_erasure(APPLICATION, application.submission_key)
    application.save()
    if email:
        erase_recipient(recipient=email, cohort_id=application.cohort_id, keys=keys)
    for purpose in PURPOSES:
        links.revoke_links(purpose=purpose, subject_id=application.pk)
    if user is not None:
        drop_unused_account(user)


def _own_letters(application: Application) -> tuple[str, ...]:
    return tuple(f"{letter}:{application.pk}" for letter in OWN_LETTERS)


def blank_columns(application: Application) -> None:
    """Every column that is not known to be harmless, so that a new column is erased unless somebody decides."""
    for field in application._meta.concrete_fields:
        if field.name not in KEPT:
            setattr(application, field.name, None if field.null else field.get_default())


def drop_unused_account(user: User) -> None:
    """The account that an application made, never used, goes with it; one that she signed in to is hers to keep."""
    used = Q(last_login__isnull=False) | Q(applications__isnull=False) | Q(memberships__isnull=False)
    if not User.objects.filter(used, pk=user.pk).exists():
        erase_account_mail(recipient=user.email)
        user.delete()
