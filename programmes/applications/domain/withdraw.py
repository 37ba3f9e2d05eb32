from django.db import transaction

from programmes.applications.domain.erasure import erase_application
from programmes.applications.domain.rows import hold_cohorts, lock_application
from programmes.applications.models import Application
from programmes.applications.own import is_counted, same_person, unconfirmed_forms, withdrawal_key
from programmes.applications.registry import tell_withdrawn
from programmes.audit.domain import record_event
from wimmentor.base import clock
from wimmentor.base.actors import Actor


@transaction.atomic
def withdraw_application(*, application: Application, by: Actor) -> Application:
    """She takes it back, at any time, without a reason; what she wrote is erased at once. A repeat does nothing."""
    hold_cohorts([application.cohort_id])
    current = lock_application(application)
    if current.status == Application.Status.WITHDRAWN:
        return current
    before = current.status
    # A form sent twice leaves one that was never confirmed: it is of this part of hers, and goes with it.
    # A stranger's form that nobody confirmed says nothing about whoever has the address.
    counted = is_counted(current)
    copies = list(unconfirmed_forms(current).select_for_update().order_by("pk")) if counted else []
    tell_withdrawn(current)
    current = lock_application(current)
    goes_on = same_person(current).exists()
    whom = withdrawal_key(current.role, current.email) if counted else ""
    instant = clock.database_now()
    erase_application(current, instant=instant, keep_mail_of_others=goes_on)
    for copy in copies:
        erase_application(copy, instant=instant, keep_mail_of_others=goes_on)
    record_event(
        "application.withdrawn",
        by=by,
        subject=current,
        organisation_id=current.cohort.organisation_id,
        cohort_id=current.cohort_id,
        role=current.role,
        before=before,
        whom=whom,
    )
    return current
