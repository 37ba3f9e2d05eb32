"""A row of the board: a pair that the newest result proposes, with what was said about it since."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from matching.board.models import Offer, PairRule
from matching.board.wording import OFFER_BADGES
from matching.runs.models import Proposal
from matching.runs.pages import pair_rows

Pair = tuple[int, int]


@dataclass(frozen=True)
class BoardRow:
    """`rule` is about this pair; `elsewhere` locks the mentee with somebody else since the run."""

    proposal: Proposal
    parts: list[dict[str, Any]]
    why: str
    rule: PairRule | None
    elsewhere: PairRule | None
    offer: Offer | None
    weakest: bool
    selected: bool

    @property
    def pair(self) -> Pair:
        return self.proposal.mentee_id, self.proposal.mentor_id

    @property
    def seen(self) -> str:
        return self.rule.kind if self.rule else ""

    @property
    def is_locked(self) -> bool:
        return self.seen == PairRule.Kind.LOCK

    @property
    def is_forbidden(self) -> bool:
        return self.seen == PairRule.Kind.FORBID

    @property
    def is_settled(self) -> bool:
        """Asked already: the offer speaks, no tool does."""
        return self.offer is not None and self.offer.state in (Offer.State.SENT, Offer.State.CONFIRMED)

    @property
    def offer_badge(self) -> tuple[str, str] | None:
        return None if self.offer is None else (OFFER_BADGES[self.offer.state], self.offer.get_state_display())

    @property
    def forbid_query(self) -> str:
        return "?" + urlencode({**self._both, "ask": "forbid", "row": self.proposal.pk})

    @property
    def what_if(self) -> list[tuple[str, str]]:
        """Questions about this pair, each with the query of its price."""
        mentee, mentor = self.proposal.mentee, self.proposal.mentor
        about = {"open": self.proposal.pk}
        questions = [
            (_("%(name)s withdraws") % {"name": mentee.name}, {"ask": "without-mentee", "mentee": mentee.pk}),
            (_("%(name)s withdraws") % {"name": mentor.name}, {"ask": "without-mentor", "mentor": mentor.pk}),
            (_("%(name)s has one more place") % {"name": mentor.name}, {"ask": "place", "mentor": mentor.pk}),
        ]
        if not self.is_settled and not self.is_forbidden:
            questions.append((_("The two are kept apart"), {**self._both, "ask": "forbid"}))
        return [(sentence, "?" + urlencode({**query, **about})) for sentence, query in questions]

    @property
    def _both(self) -> dict[str, int]:
        return {"mentee": self.proposal.mentee_id, "mentor": self.proposal.mentor_id}

    @property
    def note(self) -> str:
        if self.elsewhere is None:
            return ""
        return _("Locked with %(mentor)s since. The next run moves her.") % {"mentor": self.elsewhere.mentor.name}


def make_rows(
    proposals: Sequence[Proposal], rules: Sequence[PairRule], offers: Sequence[Offer], opened: int | None
) -> list[BoardRow]:
    """Weakest first, as the proposals come."""
    about = {(rule.mentee_id, rule.mentor_id): rule for rule in rules}
    locks = {rule.mentee_id: rule for rule in rules if rule.kind == PairRule.Kind.LOCK}
    asked = {(offer.mentee_id, offer.mentor_id): offer for offer in offers}
    rows = []
    for position, row in enumerate(pair_rows(proposals)):
        pair = row.proposal.mentee_id, row.proposal.mentor_id
        lock = locks.get(pair[0])
        rows.append(
            BoardRow(
                proposal=row.proposal,
                parts=row.parts,
                why=row.why,
                rule=about.get(pair),
                elsewhere=lock if lock is not None and lock.mentor_id != pair[1] else None,
                offer=asked.get(pair),
                weakest=position == 0 and len(proposals) > 1,
                selected=row.proposal.pk == opened,
            )
        )
    return rows
