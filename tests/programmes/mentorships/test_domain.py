"""A pair begins once and ends without blame."""

from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar

from programmes.applications.models import Application
from programmes.mentorships.calendars import draw_calendar, suggest_meeting
from programmes.mentorships.domain import end_mentorship
from programmes.mentorships.models import Mentorship, MentorshipMentee
from programmes.mentorships.queries import full_mentorships
from programmes.mentorships.sharing import about, grants_of
from programmes.outbox.models import OutboxEmail
from tests.programmes.mentorships.pairs import make_pair
from wimmentor.base.actors import SYSTEM
from wimmentor.base.errors import Conflict


@pytest.mark.django_db
def test_both_get_their_page_by_a_link_of_their_own() -> None:
    pair = make_pair()

    mails = OutboxEmail.objects.filter(kind="pair_confirmed").order_by("event_key")
    links = [(mail.recipient.partition("@")[0], mail.links["pair"]["purpose"]) for mail in mails]
    assert links == [("lucía", "mentorship.mentee"), ("carmen", "mentorship.mentor")]
    assert {mail.links["pair"]["subject_id"] for mail in mails} == {pair.pk}


@pytest.mark.django_db
def test_ending_tells_both_once_and_names_nobody_as_the_cause() -> None:
    pair = make_pair()

    end_mentorship(mentorship=pair, by=SYSTEM)
    with pytest.raises(Conflict, match="has ended already"):
        end_mentorship(mentorship=full_mentorships().get(pk=pair.pk), by=SYSTEM)

    mails = OutboxEmail.objects.filter(kind="pair_ended").order_by("event_key")
    assert [mail.recipient.partition("@")[0] for mail in mails] == ["lucía", "carmen"]
    assert all("Nobody has to say why" in mail.body and "You keep your place" in mail.body for mail in mails)
    assert (Mentorship.objects.get().state, MentorshipMentee.objects.get().active) == ("ended", False)


@pytest.mark.django_db
def test_a_calendar_has_the_cohorts_days_and_a_meeting_within_two_weeks() -> None:
    pair = make_pair()
    kickoff = pair.cohort.kickoff_on
    assert kickoff is not None

    events = Calendar.from_ical(draw_calendar(pair, "mentee")).walk("VEVENT")

    starts = {str(event["summary"]): event["dtstart"].dt for event in events}
    assert [starts[f"Primera Veta: {name}"] for name in ("Kick-off", "Half-way", "Closing")] == [
        kickoff,
        pair.cohort.midpoint_on,
        pair.cohort.closing_on,
    ]
    meeting = starts["First meeting with Carmen (suggested)"]
    assert (meeting.strftime("%A %H:%M"), kickoff < meeting.date() <= kickoff + timedelta(days=14)) == (
        "Tuesday 23:00",  # Tuesday 18:00 in Lima
        True,
    )
    assert len({str(event["uid"]) for event in events}) == 4


@pytest.mark.django_db
def test_without_shared_hours_a_whole_day_is_suggested() -> None:
    pair = make_pair()
    Application.objects.filter(pk=pair.mentor_id).update(availability="mon 9-10")

    meeting = suggest_meeting(full_mentorships().get(pk=pair.pk))

    assert isinstance(meeting, date)
    assert not isinstance(meeting, datetime)


@pytest.mark.django_db
def test_the_latest_answer_to_a_consent_counts() -> None:
    pair = make_pair()
    mentor = pair.mentor
    before = grants_of([mentor.pk])[mentor.pk]
    shown = mentor.consents.get(purpose="shown_to_pair")
    mentor.consents.create(purpose="shown_to_pair", version="2026-2", granted=False, at=shown.at + timedelta(hours=1))

    after = grants_of([mentor.pk])

    assert before == {"shown_to_pair", "contact_email"}
    assert (after[mentor.pk], about(mentor, after)) == ({"contact_email"}, "")
