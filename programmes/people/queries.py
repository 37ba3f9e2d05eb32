from django.db.models import QuerySet

from programmes.people.models import User
from wimmentor.base.text import fold_email


def find_user(email: str) -> User | None:
    return User.objects.filter(email=fold_email(email)).first()


def active_users() -> QuerySet[User]:
    return User.objects.filter(is_active=True)
