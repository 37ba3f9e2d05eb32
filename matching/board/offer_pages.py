"""What the pages of offers show."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.board.emails import OfferWordings, fill_offer_letter, person_of, reasons_told
from matching.board.models import Offer
from matching.board.offer_queries import full_offers, open_offers_of_user
from matching.runs.models import Proposal
from matching.runs.pages import telling_of
from matching.runs.people import words_of
from matching.runs.wording import why_sentences
from programmes.applications.models import Application
from programmes.cohorts.letters import Letter
from programmes.cohorts.models import Cohort
from programmes.mentorships.models import Mentorship
from programmes.mentorships.sharing import SIDES, facts_of, grants_of, other_side
from programmes.outbox.rendering import render_masked
from programmes.people.models import User
from programmes.people.registry import Entry, Section
from wimmentor.base import clock
from wimmentor.base.languages import spoken
from wimmentor.base.templatetags.wim import in_zone

State = Offer.State
BADGES = {
    State.SENT: "waiting",
    State.CONFIRMED: "done",
    State.DECLINED: "attention",
    State.EXPIRED: "attention",
    State.WITHDRAWN: "waiting",
}
ANSWERS = {
    "": ("waiting", gettext_lazy("no answer yet")),
    "yes": ("done", gettext_lazy("yes")),
    "no": ("attention", gettext_lazy("no")),
}
NOT_ASKED_ANY_MORE = ("waiting", gettext_lazy("not answered"))


@dataclass(frozen=True)
class OfferLine:
    """`badge` and `answers` (mentee's, mentor's): (kind, word)."""

    offer: Offer
    badge: tuple[str, str]
    answers: list[dict[str, Any]]


def offer_lines(offers: Iterable[Offer]) -> list[OfferLine]:
    return [offer_line(offer) for offer in offers]


def offer_line(offer: Offer) -> OfferLine:
    return OfferLine(offer, (BADGES[State(offer.state)], offer.get_state_display()), answers_of(offer))


def answers_of(offer: Offer) -> list[dict[str, Any]]:
    rows = []
    for side in SIDES:
        answer = getattr(offer, f"{side}_answer")
        kind, word = ANSWERS[answer] if answer or offer.state == State.SENT else NOT_ASKED_ANY_MORE
        rows.append(
            {
                "side": side,
                "person": person_of(offer, side),
                "kind": kind,
                "word": word,
                "at": getattr(offer, f"{side}_answered_at"),
                "answered_for": getattr(offer, f"{side}_answered_for"),
            }
        )
    return rows


def export_headings() -> list[str]:
    sides = [_("Mentee"), _("Mentor"), _("State"), _("Mentee's answer"), _("Mentor's answer")]
    return [*sides, _("Sent"), _("Deadline"), _("Ended")]


def export_rows(offers: Iterable[Offer], zone: str) -> Iterator[list[object]]:
    for offer in offers:
        answers = [answer["word"] for answer in answers_of(offer)]
        instants = (offer.sent_at, offer.deadline, offer.ended_at)
        walls = [clock.wall_of(instant, zone) if instant else None for instant in instants]
        yield [offer.mentee.name, offer.mentor.name, offer.get_state_display(), *answers, *walls]


def usual_deadline(cohort: Cohort) -> datetime:
    """The wall time, in the cohort's zone, that the page proposes: the end of the day after `offer_days`."""
    today = clock.wall_of(clock.now(), cohort.time_zone).date()
    return datetime.combine(today + timedelta(days=cohort.offer_days), time(23, 59))


def later_deadline(cohort: Cohort, offers: Iterable[Offer]) -> datetime:
    """As many days again, after the last deadline of those that wait."""
    waiting = [offer.deadline for offer in offers if offer.state == State.SENT]
    last = clock.wall_of(max(waiting, default=clock.now()), cohort.time_zone).date()
    return datetime.combine(last + timedelta(days=cohort.offer_days), time(23, 59))


@dataclass(frozen=True)
class SendLine:
    proposal: Proposal
    why: str


def send_lines(proposals: Sequence[Proposal]) -> list[SendLine]:
    words = words_of(person for proposal in proposals for person in (proposal.mentee, proposal.mentor))
    return [
        SendLine(proposal, " ".join(why_sentences(proposal.parts, words, telling_of(proposal))))
        for proposal in proposals
    ]


def preview_letters(
    cohort: Cohort, proposals: Sequence[Proposal], deadline: datetime, wordings: OfferWordings
) -> list[dict[str, Any]]:
    """Both letters of every language, each as the first who gets it would read it; links show as words."""
    offers = _first_of_each(cohort, proposals, deadline)
    grants = grants_of({pk for offer in offers.values() for pk in (offer.mentee_id, offer.mentor_id)})
    rows = []
    for (language, side), offer in offers.items():
        letter = fill_offer_letter(offer, side, wordings.wording(side, language), grants)
        shown = Letter(letter.subject, render_masked(letter.body))
        rows.append({"person": person_of(offer, side), "letter": shown})
    return rows


def _first_of_each(cohort: Cohort, proposals: Sequence[Proposal], deadline: datetime) -> dict[tuple[str, str], Offer]:
    """By language and side, the two sides of a language together."""
    found: dict[tuple[str, str], Offer] = {}
    for proposal in proposals:
        mentee, mentor = proposal.mentee, proposal.mentor
        offer = Offer(cohort=cohort, mentee=mentee, mentor=mentor, deadline=deadline)
        offer.points, offer.parts = proposal.points, proposal.parts
        for side in SIDES:
            found.setdefault((spoken(person_of(offer, side).language), side), offer)
    languages = list(dict.fromkeys(language for language, _side in found))
    keys = [(language, side) for language in languages for side in SIDES]
    return {key: found[key] for key in keys if key in found}


def answer_page(offer: Offer, side: str) -> dict[str, Any]:
    """One side's page. Facts about the other are there while it is hers to decide, or once both said yes."""
    person, other = person_of(offer, side), person_of(offer, other_side(side))
    stage = stage_of(offer, side, clock.now())
    shown = stage in ("ask", "wait", "pair")
    grants = grants_of([other.pk]) if shown else {}
    return {
        "offer": offer,
        "cohort": offer.cohort,
        "organisation": offer.cohort.programme.organisation,
        "side": side,
        "person": person,
        "other": other,
        "stage": stage,
        "facts": facts_of(other, grants) if shown else [],
        "why": reasons_told(offer, [side], grants) if shown else [],
        "deadlines": deadlines_for(offer, person),
    }


def stage_of(offer: Offer, side: str, instant: datetime) -> str:
    """ask, wait, pair; said_no by herself; late: she was not in time, no_answer: the other was not; else over."""
    own = getattr(offer, f"{side}_answer")
    if offer.state == State.CONFIRMED:
        return "pair"
    if own == Offer.Answer.NO:
        return "said_no"
    if offer.state == State.EXPIRED or (offer.state == State.SENT and offer.deadline <= instant):
        return "no_answer" if own else "late"
    if offer.state == State.SENT:
        return "wait" if own else "ask"
    return "over"


def deadlines_for(offer: Offer, person: Application) -> list[str]:
    """In her zone, and in the cohort's where the clocks there show something else."""
    zones = [person.time_zone or offer.cohort.time_zone, offer.cohort.time_zone]
    if clock.wall_of(offer.deadline, zones[0]) == clock.wall_of(offer.deadline, zones[1]):
        zones = zones[:1]
    return [in_zone(offer.deadline, zone) for zone in zones]


def reasons_for(mentorship: Mentorship, side: str) -> list[str]:
    """Why the two were brought together, told to one side or, without one, about both; registered with mentorships."""
    offer = full_offers().filter(mentorship=mentorship).first()
    readers = [side] if side else SIDES
    return reasons_told(offer, readers, grants_of([offer.mentee_id, offer.mentor_id])) if offer else []


def account_offers(user: User) -> Section | None:
    """For the person's own page."""
    entries = [
        _entry(offer, side)
        for offer in open_offers_of_user(user.pk)
        for side in SIDES
        if person_of(offer, side).user_id == user.pk
    ]
    return Section(heading=gettext_lazy("Waiting for an answer"), entries=entries)


def _entry(offer: Offer, side: str) -> Entry:
    person, other = person_of(offer, side), person_of(offer, other_side(side))
    answered = bool(getattr(offer, f"{side}_answer"))
    title = _("%(name)s could be your mentor") if side == "mentee" else _("Would you be the mentor of %(name)s?")
    deadline = deadlines_for(offer, person)[0]
    return Entry(
        title=title % {"name": other.short_name},
        url=reverse("offer-answer", kwargs={"pk": offer.pk, "side": side}),
        text=f"{offer.cohort.programme.name} · {offer.cohort.name}",
        badge=("done", _("You said yes")) if answered else ("now", _("Yes or no?")),
        next_step=(_("Answers can reach us until %(deadline)s.")) % {"deadline": deadline},
    )
