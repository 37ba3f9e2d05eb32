"""The letters of an offer. Wording: the cohort's; facts about the other: what she agreed to show."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from matching.board.models import Offer
from matching.runs.people import words_of
from matching.runs.wording import Telling, why_sentences
from programmes.applications.letters import origin_notice, status_links
from programmes.applications.models import Application
from programmes.cohorts.letters import Letter, WordedLetters, compose_letter, find_wording, speak_for, values_of
from programmes.cohorts.models import Cohort
from programmes.mentorships.sharing import SHOWN, SIDES, Grants, about, other_side
from programmes.outbox.domain import hold_emails, queue_email
from programmes.outbox.models import OutboxEmail
from programmes.outbox.rendering import fill
from wimmentor.base import clock
from wimmentor.base.languages import spoken
from wimmentor.base.templatetags.wim import in_zone

KINDS = {"mentee": "offer_mentee", "mentor": "offer_mentor"}
# A link outlives its deadline, so that whoever is late reads why.
LINK_DAYS_AFTER = 30
MIN_LINK_DAYS = 14
BLANK_LINES = re.compile(r"\n[ \t]*\n\s*\n")


@dataclass
class OfferWordings:
    """Wording by side and language. `edits` replace the cohort's own in just their language."""

    cohort: Cohort
    edits: WordedLetters = field(default_factory=dict)
    _found: dict[tuple[str, str], Letter] = field(default_factory=dict)

    def wording(self, side: str, language: str) -> Letter:
        kind = KINDS[side]
        return self.edits.get((kind, spoken(language))) or self.unedited(kind, language)

    def unedited(self, kind: str, language: str) -> Letter:
        if (kind, language) not in self._found:
            self._found[kind, language] = find_wording(self.cohort, kind, language)
        return self._found[kind, language]


def person_of(offer: Offer, side: str) -> Application:
    return offer.mentee if side == "mentee" else offer.mentor


def fill_offer_letter(offer: Offer, side: str, wording: Letter, grants: Grants) -> Letter:
    """As it reads for this person, but for [[link:answer]]."""
    person, other = person_of(offer, side), person_of(offer, other_side(side))
    with speak_for(offer.cohort, person.language):
        values = {
            **values_of(offer.cohort),
            "first_name": person.short_name,
            "other_first_name": other.short_name,
            "about_other": about(other, grants),
            "why": " ".join(reasons_told(offer, [side], grants)),
            "deadline": deadline_words(offer, person),
        }
    # Who agreed to show nothing leaves no hole where it would stand.
    body = BLANK_LINES.sub("\n\n", fill(wording.body, values))
    # Whoever came by a spreadsheet may never have had a letter from here: where from, and the way out.
    if notice := origin_notice(person):
        body = f"{body}\n\n{notice}\n[[link:status]]"
    return Letter(" ".join(fill(wording.subject, values).split())[:200], body)


def reasons_told(offer: Offer, readers: Sequence[str], grants: Grants) -> list[str]:
    """Why this pair, as far as the other side of each reader agreed to be shown: a reason tells something of both."""
    others = [person_of(offer, other_side(side)).pk for side in readers]
    if not all(SHOWN in grants.get(pk, frozenset()) for pk in others):
        return []
    reader = readers[0] if len(readers) == 1 else ""
    telling = Telling(offer.mentee.short_name, offer.mentor.short_name, reader)
    return why_sentences(offer.parts, words_of([offer.mentee, offer.mentor]), telling)


def deadline_words(offer: Offer, person: Application) -> str:
    """In her zone if she has told us one, else in the cohort's."""
    return in_zone(offer.deadline, person.time_zone or offer.cohort.time_zone)


def send_offers(offers: Sequence[Offer], wordings: OfferWordings, grants: Grants) -> None:
    for offer in offers:
        for side in SIDES:
            wording = wordings.wording(side, person_of(offer, side).language)
            letter = fill_offer_letter(offer, side, wording, grants)
            _queue(offer, side, KINDS[side], letter, key=_sent_key(offer, side), linked=True)


def send_reminder(offer: Offer, side: str) -> OutboxEmail:
    return _remind(offer, side, key=_reminder_key(offer, side))


def send_link_again(offer: Offer, side: str, minute: int) -> OutboxEmail:
    """Her question once more, with a new link; a double click in the same minute is one e-mail."""
    return _remind(offer, side, key=f"offer.link:{offer.pk}:{side}:{minute}")


def send_ended(offer: Offer, side: str) -> OutboxEmail | None:
    """Without a reason, and without a word on who said no. Nobody is written to who has withdrawn."""
    person = person_of(offer, side)
    if not person.email:
        return None
    letter = _compose(offer, person, "offer_ended", {})
    return _queue(offer, side, "offer_ended", letter, key=f"offer.ended:{offer.pk}:{side}", linked=False)


def hold_reminders(offer: Offer, *sides: str) -> None:
    """What has not gone yet need not go any more."""
    for side in sides:
        hold_emails(event_key=_reminder_key(offer, side))


def _sent_key(offer: Offer, side: str) -> str:
    return f"offer.sent:{offer.pk}:{side}"


def _reminder_key(offer: Offer, side: str) -> str:
    """One for each deadline: a deadline that was moved is told again."""
    return f"offer.reminder:{offer.pk}:{side}:{offer.deadline:%Y%m%d%H%M}"


def _remind(offer: Offer, side: str, *, key: str) -> OutboxEmail:
    person, other = person_of(offer, side), person_of(offer, other_side(side))
    with speak_for(offer.cohort, person.language):
        deadline = deadline_words(offer, person)
    letter = _compose(offer, person, "offer_reminder", {"other_first_name": other.short_name, "deadline": deadline})
    return _queue(offer, side, "offer_reminder", letter, key=key, linked=True)


def _compose(offer: Offer, person: Application, kind: str, values: dict[str, object]) -> Letter:
    named = {"first_name": person.short_name, **values}
    return compose_letter(cohort=offer.cohort, kind=kind, language=person.language, values=named)


def _queue(offer: Offer, side: str, kind: str, letter: Letter, *, key: str, linked: bool) -> OutboxEmail:
    person = person_of(offer, side)
    organisation = offer.cohort.programme.organisation
    link = {"purpose": f"offer.{side}", "subject_id": offer.pk, "days": link_days(offer.deadline)}
    return queue_email(
        event_key=key,
        recipient=person.email,
        recipient_name=person.name,
        kind=kind,
        subject=letter.subject,
        body=letter.body,
        language=person.language,
        links={**status_links(person), "answer": link} if linked else {},
        reply_to=organisation.contact_email,
        organisation_id=organisation.pk,
        cohort_id=offer.cohort_id,
    )


def link_days(deadline: datetime) -> int:
    left = deadline - clock.now() + timedelta(days=LINK_DAYS_AFTER)
    return max(MIN_LINK_DAYS, left.days)
