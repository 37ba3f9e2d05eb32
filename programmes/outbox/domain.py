"""Queue, send, resend. At most one double per crash inside SMTP, none otherwise, none lost."""

import hashlib
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import IntegrityError, transaction
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from programmes.audit.domain import record_event
from programmes.audit.models import AuditEvent
from programmes.jobs.nudges import send_nudge
from programmes.outbox import server
from programmes.outbox.models import OutboxEmail
from programmes.outbox.rendering import make_secrets, render_html, render_text
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError
from wimmentor.base.text import fold_email

log = logging.getLogger(__name__)
State = OutboxEmail.State
# What a mail server refuses for good is not worth more. One that is away, or asks to come again, is asked for days.
MAX_ATTEMPTS = 5
PATIENT_ATTEMPTS = 75
LONGEST_WAIT = timedelta(hours=1)
RESENT = "email.resent"


class Withheld(Exception):
    """Its person withdrew between claim and sending."""


def queue_email(
    *,
    event_key: str,
    recipient: str,
    kind: str,
    subject: str,
    body: str,
    recipient_name: str = "",
    language: str = "en",
    links: Mapping[str, Mapping[str, Any]] | None = None,
    reply_to: str = "",
    organisation_id: int | None = None,
    cohort_id: int | None = None,
    is_private: bool = False,
    send_after: datetime | None = None,
) -> OutboxEmail:
    """Write the row in the caller's transaction. The same event and recipient again answers with the row there is."""
    address = fold_email(recipient)
    try:
        with transaction.atomic():
            email = OutboxEmail.objects.create(
                event_key=event_key,
                recipient=address,
                recipient_name=one_line(recipient_name)[:200],
                kind=kind,
                subject=one_line(subject)[:250],
                body=body,
                language=language,
                links={name: dict(spec) for name, spec in (links or {}).items()},
                reply_to=one_line(reply_to),
                organisation_id=organisation_id,
                cohort_id=cohort_id,
                is_private=is_private,
                send_after=send_after,
            )
    except IntegrityError:
        return OutboxEmail.objects.get(event_key=event_key, recipient=address)
    if not is_private:  # a private one is sent by whoever queued it: no worker knows its codes
        transaction.on_commit(lambda: nudge_email(email.pk))
    return email


def one_line(text: str) -> str:
    """What goes into a header has no line break, whoever wrote it."""
    return " ".join(text.split())


def nudge_email(email_id: int) -> None:
    send_nudge("programmes.outbox.tasks.send_email", email_id)


def send_email(*, email_id: int, secrets: Mapping[str, str] | None = None) -> bool:
    """Claim, send, mark. `secrets` are codes that must not be stored (sign-in)."""
    email = _claim(email_id)
    return email is not None and _attempt(email, secrets or {}) is None


def _claim(email_id: int) -> OutboxEmail | None:
    """One sender gets it, the others None. While the mail server rests only a mail that somebody waits for is taken,
    to be told at once; the others spend no attempt, the sweep comes back to them."""
    instant = clock.database_now()
    due = Q(state=State.QUEUED) | Q(state=State.SENDING, lease_until__lt=instant)
    if server.is_resting():
        due &= Q(is_private=True)
    on_time = Q(send_after=None) | Q(send_after__lte=instant)
    claimed = OutboxEmail.objects.filter(due & on_time, pk=email_id).update(
        state=State.SENDING,
        lease_until=instant + timedelta(seconds=settings.EMAIL_LEASE_SECONDS),
        attempts=F("attempts") + 1,
    )
    return OutboxEmail.objects.get(pk=email_id) if claimed else None


def _attempt(email: OutboxEmail, secrets: Mapping[str, str]) -> Exception | None:
    """What went wrong; None: the mail server has it."""
    try:
        with server.watched():
            _deliver(email, {**make_links(email), **secrets})
    except Exception as error:
        _put_back(email, error, retry=not secrets)
        return error
    sent = {"state": State.SENT, "sent_at": clock.database_now(), "lease_until": None, "error": ""}
    OutboxEmail.objects.filter(pk=email.pk).update(**sent)
    return None


@transaction.atomic
def make_links(email: OutboxEmail) -> dict[str, str]:
    """With the row held: whoever erases it and then revokes the links of its person finds these among them."""
    rows = OutboxEmail.objects.select_for_update().filter(pk=email.pk, state=State.SENDING, recipient=email.recipient)
    if not list(rows.values_list("pk")):
        raise Withheld
    return make_secrets(email)


def _deliver(email: OutboxEmail, values: Mapping[str, str]) -> None:
    digest = hashlib.sha256(f"{email.event_key}:{email.recipient}{_sent_before(email)}".encode()).hexdigest()[:32]
    message = EmailMultiAlternatives(
        subject=email.subject,
        body=render_text(email.body, values),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[email.recipient],
        reply_to=[email.reply_to] if email.reply_to else None,
        headers={"Message-ID": f"<{digest}@wimmentor>", "Auto-Submitted": "auto-generated"},
        connection=get_connection(timeout=server.patience(is_awaited=email.is_private)),
    )
    message.attach_alternative(render_html(email, values), "text/html")
    message.send()


def _sent_before(email: OutboxEmail) -> str:
    """A person's wish to send it again makes another message: mail servers drop a second one with the same id."""
    label = OutboxEmail._meta.label_lower
    wishes = AuditEvent.objects.filter(subject_type=label, subject_id=email.pk, verb=RESENT).count()
    return f":{wishes}" if wishes else ""


def _put_back(email: OutboxEmail, error: Exception, *, retry: bool) -> None:
    log.warning("e-mail %s failed: %s", email.pk, type(error).__name__)
    again = retry and email.attempts < (PATIENT_ATTEMPTS if server.may_pass(error) else MAX_ATTEMPTS)
    wait = min(timedelta(seconds=15 * 4 ** min(email.attempts, 5)), LONGEST_WAIT)
    # Only while it is still this sender's: after its lease another one may have sent it.
    held = OutboxEmail.objects.filter(pk=email.pk, state=State.SENDING, attempts=email.attempts)
    held.update(
        state=State.QUEUED if again else State.FAILED,
        lease_until=None,
        send_after=clock.database_now() + wait if again else None,
        error=f"{type(error).__name__}: {error}"[:300],
    )


def dispatch_emails() -> int:
    """The sweep. It asks the workers of e-mails and sends nothing itself: a mail server that hangs must not hold up
    the dispatcher, or the matching behind it."""
    end_hopeless_emails()
    if not _due_emails().exists() or server.is_resting():
        return 0
    return int(send_nudge("programmes.outbox.tasks.send_due_emails", expires=settings.JOB_DISPATCH_SECONDS))


def send_due_emails() -> int:
    """Rows whose nudge was lost, whose time has come, or whose sender died."""
    end_hopeless_emails()
    sent = 0
    for email_id in _due_emails().order_by("pk").values_list("pk", flat=True)[:100]:
        email = _claim(email_id)
        if email is None:
            continue
        error = _attempt(email, {})
        if error is not None and server.is_away(error):
            break  # it would not take the others either; the next round goes on
        sent += error is None
    return sent


def _due_emails() -> QuerySet[OutboxEmail]:
    instant = clock.database_now()
    waited = Q(created_at__lt=instant - timedelta(seconds=settings.JOB_DISPATCH_SECONDS))
    due = Q(state=State.QUEUED) & (Q(send_after=None) & waited | Q(send_after__lte=instant))
    return OutboxEmail.objects.filter(due | Q(state=State.SENDING, lease_until__lt=instant), is_private=False)


def end_hopeless_emails() -> int:
    """Senders that died: after the last attempt, or with a code that nobody else knows, it ends visibly."""
    died = OutboxEmail.objects.filter(state=State.SENDING, lease_until__lt=clock.database_now())
    # Attempts of a mail server that was away, which leave an error, are no deaths.
    always_died = Q(attempts__gte=MAX_ATTEMPTS, error="") | Q(attempts__gte=PATIENT_ATTEMPTS)
    hopeless = died.filter(always_died | Q(is_private=True))
    return hopeless.update(state=State.FAILED, lease_until=None, error="The sender stopped in the middle.")


@transaction.atomic
def resend_email(*, email: OutboxEmail, by: Actor) -> OutboxEmail:
    """Send a failed or sent e-mail once more; its links are made anew."""
    if not email.body:
        raise DomainError(_("What this e-mail said is erased. It cannot go again."), code="email_erased")
    changed = OutboxEmail.objects.filter(pk=email.pk, state__in=[State.FAILED, State.SENT]).exclude(body="")
    if not changed.update(state=State.QUEUED, attempts=0, error="", send_after=None, sent_at=None):
        raise Conflict(_("This e-mail is on its way already."), code="email_active")
    record_event(RESENT, by=by, subject=email, organisation_id=email.organisation_id, cohort_id=email.cohort_id)
    transaction.on_commit(lambda: nudge_email(email.pk))
    email.refresh_from_db()
    return email


def hold_emails(*, event_key: str) -> int:
    """Keep back what has not gone yet (a reminder of an offer that is answered)."""
    return OutboxEmail.objects.filter(event_key=event_key, state=State.QUEUED).update(state=State.HELD)


def erase_recipient(*, recipient: str, cohort_id: int, keys: tuple[str, ...] = ()) -> int:
    """Blank what her e-mails of one cohort say, and to whom they went; what has not gone yet stays. That something
    was sent, and when, remains. `keys`: only e-mails whose event key begins with one of these."""
    hers = OutboxEmail.objects.filter(recipient=fold_email(recipient), cohort_id=cohort_id)
    return _erase(hers.filter(_begins(keys)) if keys else hers)


def readdress(*, before: str, after: str) -> None:
    """Her address is another one now. What waits goes to the new one; what went is listed there too, since it says
    something about her, and the former address may become somebody else's."""
    there = set(OutboxEmail.objects.filter(recipient=after).values_list("event_key", flat=True))
    hers = OutboxEmail.objects.filter(recipient=before)
    hers.exclude(event_key__in=there).update(recipient=after)
    _erase(hers)  # the same letters, which she has under the new one


def erase_account_mail(*, recipient: str) -> int:
    """What the site itself wrote to somebody whose account goes: codes to sign in, and the like."""
    return _erase(OutboxEmail.objects.filter(recipient=fold_email(recipient), cohort_id=None, organisation_id=None))


def erase_all_mail(*, recipient: str) -> int:
    """Whatever was ever written to her, by whichever organisation."""
    return _erase(OutboxEmail.objects.filter(recipient=fold_email(recipient)))


def change_replies(*, old: str, new: str) -> int:
    """Letters to others which said that she reads the answers."""
    return OutboxEmail.objects.filter(reply_to=old).update(reply_to=new)


def erase_mail(*, ids: list[int]) -> int:
    return _erase(OutboxEmail.objects.filter(pk__in=ids))


def blank_letters(*, ids: list[int]) -> int:
    """What they say goes; to whom they went, and when, stays."""
    return OutboxEmail.objects.filter(pk__in=ids).update(recipient_name="", subject="", body="", links={}, error="")


def hold_after_restore() -> int:
    """What the backup holds as waiting may have gone since: nobody can tell, and nothing may go twice. It is shown as
    not sent, with the reason; a person sends again what is still wanted."""
    waiting = OutboxEmail.objects.filter(state__in=[State.QUEUED, State.SENDING])
    return waiting.update(
        state=State.FAILED,
        lease_until=None,
        send_after=None,
        error=str(
            _("The site was restored from a backup. This may have gone before: send it again only if it did not.")
        ),
    )


def erase_letters_about(*, cohort_id: int, keys: tuple[str, ...]) -> int:
    """Blank what was written to others about somebody who withdrew; to whom it went, and when, remains."""
    about_her = OutboxEmail.objects.filter(_begins(keys), cohort_id=cohort_id)
    _hold(about_her)
    return about_her.update(subject="", body="", links={}, error="")


def _begins(keys: tuple[str, ...]) -> Q:
    begins = Q(pk__in=())
    for key in keys:
        begins |= Q(event_key=key) | Q(event_key__startswith=f"{key}:")
    return begins


def _hold(emails: QuerySet[OutboxEmail]) -> None:
    """Also one that is going out now: should that fail, it must not be tried again."""
    emails.filter(state__in=[State.QUEUED, State.SENDING, State.FAILED]).update(state=State.HELD, lease_until=None)


def _erase(emails: QuerySet[OutboxEmail]) -> int:
    _hold(emails)
    # The row's own id stands for the address: (event, recipient) stays unique.
    return emails.update(
        recipient=Concat(Value("erased-"), Cast("pk", CharField())),
        recipient_name="",
        subject="",
        body="",
        links={},
        error="",
    )
