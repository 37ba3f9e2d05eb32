"""Whose import it is to destroy: hers whose application counts, not a stranger's who began a form with her address."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from programmes.applications import domain
from programmes.applications.models import Application, ImportBatch, ImportLine
from programmes.cohorts.models import Cohort
from programmes.outbox.models import OutboxEmail
from programmes.people.retention import expire_personal_data
from tests.programmes.applications.applicants import HER, make_cohort, make_draft, make_sent, post_start
from tests.programmes.applications.imports import bring_in, kept_files, prepare
from wimmentor.base.actors import SYSTEM
from wimmentor.base.clock import now

pytestmark = pytest.mark.django_db
ANA = "ana@example.org"
PEOPLE = "email,name,country,languages\nana@example.org,Ana Rojas,Nowhere,es\n,Carla Soto,CL,es\n"


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def traces() -> dict[str, Any]:
    return {
        "files": len(kept_files()),
        "reports": [sorted(note["row"] for note in each.report["flagged"]) for each in ImportBatch.objects.all()],
        "rows": [len(batch.rows) for batch in ImportBatch.objects.all()],
        "lines": ImportLine.objects.count(),
        "imported": Application.objects.filter(source="import", erased_at=None).count(),
    }


def withdraw_by_the_page(cohort: Cohort) -> None:
    client = Client()
    begun = post_start(client, cohort, email=ANA)
    assert client.post(reverse("application-withdraw", args=[begun.pk])).status_code == 302
    assert Application.objects.get(pk=begun.pk).erased_at is not None


def let_it_expire(cohort: Cohort) -> None:
    begun = make_draft(cohort, email=ANA)
    # As if it had been begun a month ago: what the import keeps is younger.
    Application.objects.filter(pk=begun.pk).update(changed_at=now() - timedelta(days=31))
    expire_personal_data(by=SYSTEM)
    assert not Application.objects.filter(pk=begun.pk).exists()


def keep_the_earlier_answers(cohort: Cohort) -> None:
    domain.confirm_email(application=make_sent(cohort, email=ANA), choice="keep", by=HER)


def replace_the_earlier_answers(cohort: Cohort) -> None:
    domain.confirm_email(application=make_sent(cohort, email=ANA), choice="replace", by=HER)


@pytest.mark.parametrize(
    "end", [withdraw_by_the_page, let_it_expire, keep_the_earlier_answers, replace_the_earlier_answers]
)
def test_a_form_that_ends_unconfirmed_leaves_imports_alone(
    cohort: Cohort, committing: Any, end: Callable[[Cohort], None]
) -> None:
    bring_in(cohort, PEOPLE)
    prepare(cohort, PEOPLE)
    before = traces()
    assert before == {"files": 2, "reports": [[2], [2]], "rows": [1, 0], "lines": 1, "imported": 1}

    with committing():
        end(cohort)

    assert traces() == before


def test_a_strangers_form_takes_no_letters_but_its_own(cohort: Cohort) -> None:
    make_sent(cohort, email=ANA)
    strangers = make_sent(cohort, email=ANA)

    domain.withdraw_application(application=strangers, by=HER)

    letters = OutboxEmail.objects.order_by("pk").values_list("recipient", "state")
    assert [state for recipient, state in letters if recipient == ANA] == ["queued"]
    assert [state for recipient, state in letters if recipient != ANA] == ["held"]
