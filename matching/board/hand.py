"""Pairing by hand: how two chosen people fit, who else would do for a mentee, and what stands in the way."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.board.fit import Couple, Fit, find_broken, find_obstacle, measure_fit
from matching.board.models import Offer, PairRule
from matching.runs.pages import drawn_parts, part_rows
from matching.runs.present import Present
from programmes.applications.models import Application
from wimmentor.base.errors import DomainError

MOST_ALTERNATIVES = 5


@dataclass(frozen=True)
class HandPair:
    """Two people as chosen; `lock` holds the mentee now and would give way."""

    couple: Couple
    fit: Fit
    obstacle: DomainError | None
    lock: PairRule | None

    @property
    def is_locked(self) -> bool:
        return self.lock is not None and self.lock.mentor_id == self.couple.mentor.pk

    @property
    def broken(self) -> DomainError | None:
        return find_broken(self.couple, self.fit)

    @property
    def despite(self) -> str:
        return " ".join(self.fit.switchable)

    @property
    def drawn(self) -> list[dict[str, Any]]:
        return drawn_parts(self.fit.parts)

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        return part_rows(self.fit.parts, [self.couple.mentee, self.couple.mentor])


@dataclass(frozen=True)
class Alternative:
    mentor: Application
    fit: Fit
    drawn: list[dict[str, Any]]
    sentence: str


class Bench:
    """The people as they are now, by id, as the site and as the engine know them."""

    def __init__(self, present: Present, rules: Sequence[PairRule], offers: Sequence[Offer]) -> None:
        self.settings, self.rules, self.offers = present.settings, rules, offers
        self.people = {person.pk: person for person in present.people}
        self.mentees = {int(mentee.id): mentee for mentee in present.mentees}
        self.mentors = {int(mentor.id): mentor for mentor in present.mentors}

    def pair(self, mentee_id: int | None, mentor_id: int | None) -> HandPair | None:
        """None unless both are accepted here."""
        if mentee_id not in self.mentees or mentor_id not in self.mentors:
            return None
        couple = Couple(self.people[mentee_id], self.people[mentor_id])
        fit = measure_fit(self.mentees[mentee_id], self.mentors[mentor_id], self.settings)
        lock = next((rule for rule in self.rules if rule.kind == "lock" and rule.mentee_id == mentee_id), None)
        left = [rule for rule in self.rules if rule != lock]
        obstacle = find_obstacle(couple, fit, self.mentors[mentor_id].capacity, left, self.offers)
        return HandPair(couple, fit, obstacle, lock)

    def alternatives(self, mentee_id: int, pairs: Collection[tuple[int, int]]) -> list[Alternative]:
        """The mentee's best other mentors by points alone. `pairs`: mentee and mentor of the result."""
        mentee = self.mentees.get(mentee_id)
        if mentee is None:
            return []
        fits = [
            (measure_fit(mentee, mentor, self.settings), mentor_id)
            for mentor_id, mentor in self.mentors.items()
            if (mentee_id, mentor_id) not in pairs
        ]
        admissible = sorted((fit for fit in fits if not fit[0].broken), key=lambda fit: (-fit[0].points, fit[1]))
        used = Counter(mentor_id for _mentee, mentor_id in pairs)
        return [
            Alternative(
                self.people[mentor_id],
                fit,
                drawn_parts(fit.parts),
                self._say_places(mentor_id, used[mentor_id]),
            )
            for fit, mentor_id in admissible[:MOST_ALTERNATIVES]
        ]

    def _say_places(self, mentor_id: int, used: int) -> str:
        free = self.mentors[mentor_id].capacity - used
        if free > 0:
            return ngettext("%(count)s place is free.", "%(count)s places are free.", free) % {"count": free}
        return _("No free place: somebody would have to move.")
