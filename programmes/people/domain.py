from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from programmes.access import links
from programmes.access.models import PurposeLink
from programmes.audit.domain import record_event
from programmes.audit.models import AuditEvent
from programmes.outbox.domain import readdress
from programmes.people.models import User
from programmes.people.queries import find_user
from programmes.people.registry import tell_address, tell_language
from wimmentor.base import clock
from wimmentor.base.actors import COMMAND, Actor
from wimmentor.base.errors import DomainError

SIGN_IN = "account.sign_in"


@transaction.atomic
def find_or_make_user(*, email: str, name: str = "", language: str = "en", by: Actor) -> User:
    """The account of this address; a new one has no password. Safe when two make it at once."""
    found = find_user(email)
    if found is not None:
        return found
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, name=name[:200], language=language)
    except IntegrityError:
        return User.objects.get_by_natural_key(email)
    record_event("person.made", by=by, subject=user)
    return user


@transaction.atomic
def confirm_address(*, user: User, by: Actor) -> User:
    """She has read a mail that we sent there: the address is hers."""
    if _mark_confirmed(user):
        record_event("person.address_confirmed", by=by, subject=user)
    return user


def _mark_confirmed(user: User) -> bool:
    """True if that is new."""
    address, _made = EmailAddress.objects.get_or_create(user=user, email=user.email)
    if address.verified and address.primary:
        return False
    EmailAddress.objects.filter(user=user, primary=True).exclude(pk=address.pk).update(primary=False)
    EmailAddress.objects.filter(pk=address.pk).update(verified=True, primary=True)
    return True


@transaction.atomic
def use_sign_in_link(*, user: User, link_id: int) -> User:
    """Spend the link: it signs in once, and the other open ones of this person end with it."""
    if not _spend_link(user, link_id):
        raise DomainError(_("This link does not work any more. Ask for a new one."), code="link_used")
    end_sign_in_links(user=user)
    _mark_confirmed(user)
    record_event("person.signed_in_by_link", by=Actor.link(SIGN_IN), subject=user)
    return user


def _spend_link(user: User, link_id: int) -> bool:
    instant = clock.database_now()
    open_links = PurposeLink.objects.filter(
        pk=link_id, purpose=SIGN_IN, subject_id=user.pk, revoked_at=None, expires_at__gt=instant
    )
    return bool(open_links.update(revoked_at=instant, last_used_at=instant))


@transaction.atomic
def note_address(*, user: User, before: str, by: Actor) -> None:
    """She has proven another address, which took the place of `before`: letters and all that went by it follow."""
    if not before or user.email == before:
        return
    end_sign_in_links(user=user)
    readdress(before=before, after=user.email)
    tell_address(user, before)
    record_event("person.address_changed", by=by, subject=user)


def end_sign_in_links(*, user: User) -> None:
    """Whatever was mailed before she changed how she signs in."""
    links.revoke_links(purpose=SIGN_IN, subject_id=user.pk)


@transaction.atomic
def edit_profile(*, user: User, name: str, language: str, time_zone: str, by: Actor) -> User:
    user.name, user.language, user.time_zone = " ".join(name.split()), language, time_zone
    user.save(update_fields=["name", "language", "time_zone"])
    record_event("person.profile_edited", by=by, subject=user)
    tell_language(user)
    return user


@transaction.atomic
def choose_language(*, user: User, language: str, by: Actor) -> User:
    """For her pages and for what we write to her, also about what she has applied to."""
    user.language = language
    user.save(update_fields=["language"])
    record_event("person.language_chosen", by=by, subject=user, language=language)
    tell_language(user)
    return user


def revoke_sign_in_links() -> int:
    """After a restore: one that was used since the backup would sign in once more."""
    instant = clock.now()
    open_links = PurposeLink.objects.filter(purpose=SIGN_IN, revoked_at=None, expires_at__gt=instant)
    return open_links.update(revoked_at=instant)


def note_restore(token: str) -> None:
    record_event("site.restored", by=COMMAND, subject=User(), token=token)


def is_restore_noted(token: str) -> bool:
    return AuditEvent.objects.filter(verb="site.restored", details__token=token).exists()
