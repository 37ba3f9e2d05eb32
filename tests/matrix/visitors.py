"""Who visits: browsers signed in as the people of the demonstration, each request taken back afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.test import Client

from programmes.models import User

ROLE_USERS = {
    "owner": "owner@wimperu.example.org",
    "coordinator": "coordinator@wimperu.example.org",
    "reviewer": "reviewer@wimperu.example.org",
    "inventory_editor": "inventory_editor@wimperu.example.org",
}
STRANGERS = {
    "coordinator elsewhere": "coordinator@wime.example.org",
    "mentor": "mentor@wimperu.example.org",
    "mentee": "mentee@wimperu.example.org",
    "iwim_reviewer": "reviewer@iwim.example.org",
}

# People of another organisation, and those who belong to none of the two.
ELSEWHERE: dict[str, str | None] = {
    "owner elsewhere": "owner@wime.example.org",
    "coordinator elsewhere": "coordinator@wime.example.org",
    "mentor elsewhere": "mentor@wime.example.org",
    "mentee elsewhere": "mentee@wime.example.org",
    "owner of a newcomer": "owner@newcomer.example.org",
    "anonymous": None,
}


def client_of(email: str | None, **options: Any) -> Client:
    client = Client(raise_request_exception=False, **options)
    if email:
        client.force_login(User.objects.get(email=email))
    return client


@contextmanager
def taken_back(client: Client) -> Iterator[None]:
    """What is asked inside spoils nothing for the next: rows and cookies are as they were (signing out is one POST)."""
    cookies = client.cookies.output(header="")
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)


def ask(client: Client, method: str, path: str, **options: Any) -> Any:
    with taken_back(client):
        return client.generic(method, path, **options)
