"""What became due between backup and restore is done in the restore, all of it: nothing goes twice."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from matching.board.models import Offer
from programmes.jobs.domain import dispatch_due
from programmes.outbox.models import OutboxEmail
from tests.matching.board.cast import accept, make_cohort
from wimmentor.base import clock
from wimmentor.base.backup.taking import back_up

pytestmark = pytest.mark.django_db(transaction=True)


def test_reminders_of_more_offers_than_a_round_takes_are_held_with_the_others(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.ERASURE_LEDGER = tmp_path / "media", tmp_path / "erasures.jsonl"
    cohort, now = make_cohort(), clock.now()
    people = [
        (accept(cohort, f"M{number} X", "mentee"), accept(cohort, f"R{number} X", "mentor", places_taken=1))
        for number in range(205)
    ]
    times = {"sent_at": now - timedelta(days=6), "deadline": now + timedelta(hours=20)}
    Offer.objects.bulk_create(
        Offer(cohort=cohort, mentee=mentee, mentor=mentor, points=1, **times) for mentee, mentor in people
    )
    back_up(target=tmp_path / "site.zip")

    call_command("restore", str(tmp_path / "site.zip"), "--replace", stdout=StringIO())
    dispatch_due()

    states = OutboxEmail.objects.filter(kind="offer_reminder").values_list("state", flat=True)
    assert (len(states), set(states)) == (410, {"failed"})
