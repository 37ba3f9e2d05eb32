from datetime import datetime

from django.db.models import Count, QuerySet

from programmes.outbox.models import OutboxEmail
from wimmentor.base.text import fold

State = OutboxEmail.State
# What a coordinator asks for, and the states it means.
SHOWN_STATES = {
    "failed": (State.FAILED,),
    "waiting": (State.QUEUED, State.SENDING),
    "sent": (State.SENT,),
    "held": (State.HELD,),
}


def emails_of_cohort(*, organisation_id: int, cohort_id: int) -> QuerySet[OutboxEmail]:
    """Newest first. Sign-in mail is nobody's business."""
    found = OutboxEmail.objects.filter(organisation_id=organisation_id, cohort_id=cohort_id, is_private=False)
    return found.order_by("-pk")


def search_emails(emails: QuerySet[OutboxEmail], *, text: str = "", state: str = "") -> QuerySet[OutboxEmail]:
    if state in SHOWN_STATES:
        emails = emails.filter(state__in=SHOWN_STATES[state])
    if wanted := fold(text):
        # Folded here: databases neither fold nor compare accents alike.
        rows = emails.values_list("pk", "recipient", "recipient_name")
        emails = emails.filter(pk__in=[pk for pk, address, name in rows if wanted in f"{fold(address)} {fold(name)}"])
    return emails


def addressed_since(*, cohort_id: int, instant: datetime) -> set[str]:
    """Who was written to about a cohort; a letter that was withdrawn before it went is none."""
    found = OutboxEmail.objects.filter(cohort_id=cohort_id, created_at__gte=instant).exclude(state=State.HELD)
    return set(found.order_by().values_list("recipient", flat=True))


def count_states(emails: QuerySet[OutboxEmail]) -> dict[str, int]:
    """By the names of SHOWN_STATES."""
    tally = dict(emails.order_by().values_list("state").annotate(number=Count("pk")))
    return {name: sum(tally.get(state, 0) for state in states) for name, states in SHOWN_STATES.items()}
