from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from programmes.applications import emails
from programmes.applications.domain.erasure import erase_application
from programmes.applications.domain.replace import replace_answers
from programmes.applications.domain.rows import hold_cohorts, lock_application
from programmes.applications.models import Application
from programmes.applications.own import find_earlier, find_other_role, may_change
from programmes.audit.domain import record_event
from programmes.people.domain import confirm_address, find_or_make_user
from programmes.people.models import User
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import DomainError

Status = Application.Status
KEEP, REPLACE = "keep", "replace"


@transaction.atomic
def confirm_email(*, application: Application, choice: str = "", by: Actor) -> Application:
    """She says that the address is hers; answers with the application that counts from now on.

    `choice`, where she had applied before: keep the earlier answers, or replace them by these.
    """
    if choice:  # it goes on to her earlier application, which an import or a withdrawal may hold
        hold_cohorts([application.cohort_id])
    current = lock_application(application)
    if current.email_confirmed_at is not None:
        return current
    if current.status != Status.SUBMITTED:
        raise DomainError(_("There is nothing to confirm any more."), code="nothing_to_confirm")
    instant = clock.database_now()
    if choice == KEEP:
        counts = _keep_earlier(current, instant, by)
    elif choice == REPLACE:
        counts = _replace_earlier(current, instant, by)
    elif try_confirm(current, instant=instant, by=by):
        counts = current
        emails.send_received(current)
    else:
        raise DomainError(_("You have applied before. Choose which answers count."), code="earlier_exists")
    record_event(
        "application.confirmed",
        by=by,
        subject=counts,
        organisation_id=counts.cohort.organisation_id,
        cohort_id=counts.cohort_id,
        choice=choice,
    )
    return counts


def try_confirm(application: Application, *, instant: datetime, by: Actor) -> bool:
    """False where another application of hers counts already; the constraint has the last word in a race. Asked before
    there is an account, which nobody might ever use, and again while it is held."""
    if _has_applied(application):
        return False
    user = lock_account(application, by=by)
    if _has_applied(application):
        return False
    try:
        with transaction.atomic():
            _mark_confirmed(application, user, instant)
    except IntegrityError:
        application.email_confirmed_at = application.user = None
        return False
    return True


def _has_applied(application: Application) -> bool:
    return bool(find_earlier(application) or find_other_role(application))


def _mark_confirmed(application: Application, user: User, instant: datetime) -> None:
    application.email_confirmed_at = instant
    application.user = user
    application.save(update_fields=["email_confirmed_at", "user", "changed_at"])


def _keep_earlier(current: Application, instant: datetime, by: Actor) -> Application:
    earlier = find_earlier(current) or find_other_role(current)
    if earlier is None:
        raise DomainError(_("There is no earlier application any more. Confirm this one."), code="no_earlier")
    _adopt(earlier, current, instant, by)
    erase_application(current, instant=instant, keep_mail_of_others=True)
    return earlier


def _replace_earlier(current: Application, instant: datetime, by: Actor) -> Application:
    earlier = find_earlier(current)
    if earlier is None:
        raise DomainError(_("There is no earlier application any more. Confirm this one."), code="no_earlier")
    earlier = lock_application(earlier)
    if not may_change(earlier, instant):
        raise DomainError(
            _("Your earlier answers can no longer change: they are being read, or decided. They count."),
            code="decided",
        )
    replace_answers(earlier, current)
    _adopt(earlier, current, instant, by)
    erase_application(current, instant=instant, keep_mail_of_others=True)
    return earlier


def _adopt(earlier: Application, current: Application, instant: datetime, by: Actor) -> None:
    """An application from a spreadsheet becomes hers once the address is."""
    if earlier.email_confirmed_at is None or earlier.user_id is None:
        _mark_confirmed(earlier, lock_account(current, by=by), earlier.email_confirmed_at or instant)


def lock_account(application: Application, *, by: Actor) -> User:
    """The account of her address, made without a password where there is none. Held until the transaction ends, so
    that two roles confirmed at once are seen one after the other."""
    user = find_or_make_user(email=application.email, name=application.name, language=application.language, by=by)
    confirm_address(user=user, by=by)
    return User.objects.select_for_update().get(pk=user.pk)
