"""The directory, its pages and exports ask the database as often for many initiatives as for few."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inventory.initiatives.models import Edition, Initiative, Record
from programmes.organisations.models import Organisation
from tests.inventory.crowd import make_crowd

pytestmark = pytest.mark.django_db


def count_queries(address: str, **query: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = Client().get(address, query)
        assert answer.status_code == 200
    return len(captured)


@pytest.mark.parametrize("query", [{}, {"kind": "coaching"}, {"q": "wim 0001", "country": "PE"}])
def test_directory_and_exports_at_constant_sql(query: dict[str, Any]) -> None:
    addresses = [reverse("inventory-directory"), reverse("inventory-export", args=["csv"])]
    make_crowd(2, 6)
    few = [count_queries(address, **query) for address in addresses]

    make_more()

    assert [count_queries(address, **query) for address in addresses] == few


def make_more() -> None:
    for model in (Edition, Record, Initiative, Organisation):
        model.objects.all().delete()
    make_crowd(40, 120)
