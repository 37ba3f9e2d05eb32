"""The demonstration's one-click sign-in: a signed key of the person, without a port in it."""

from ipaddress import ip_address

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse

from programmes.people.models import User
from programmes.people.queries import active_users

SALT = "demo-sign-in"
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


def demo_link_path(user: User) -> str:
    return reverse("demo-sign-in", args=[signing.dumps(user.pk, salt=SALT)])


def find_demo_user(key: str) -> User | None:
    try:
        user_id: int = signing.loads(key, salt=SALT)
    except signing.BadSignature:
        return None
    return active_users().filter(pk=user_id).first()


def is_demo_visit(request: HttpRequest) -> bool:
    """Only in demo mode, and only from the machine that runs it: what a proxy passes on comes from elsewhere."""
    if settings.WIM_MODE != "demo" or any(name in request.META for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
