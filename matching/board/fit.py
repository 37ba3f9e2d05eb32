"""How two people fit, and what stands in the way of fixing them as a pair."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from matching.board.models import Offer, PairRule
from matching.board.offer_queries import LIVE
from matching.engine import ALWAYS_ON, Mentee, Mentor, Settings, find_broken_rules, score_pair
from matching.runs.wording import listed, rule_name
from programmes.applications.models import Application
from wimmentor.base.errors import DomainError


class RuleBroken(DomainError):
    """Only switchable rules stand in the way: a second press that names them goes through. `rules`: their codes."""

    def __init__(self, message: str, rules: Sequence[str]) -> None:
        super().__init__(message, code="breaks_rule", field="despite")
        self.rules = tuple(rules)


@dataclass(frozen=True)
class Fit:
    """`points` 0..10000 as if no switchable rule existed; `parts` as a proposal stores them."""

    points: int
    parts: list[dict[str, Any]]
    broken: tuple[str, ...]

    @property
    def always_on(self) -> tuple[str, ...]:
        return tuple(rule for rule in self.broken if rule in ALWAYS_ON)

    @property
    def switchable(self) -> tuple[str, ...]:
        return tuple(rule for rule in self.broken if rule not in ALWAYS_ON)


def measure_fit(mentee: Mentee, mentor: Mentor, settings: Settings) -> Fit:
    parts = score_pair(mentee, mentor, settings).parts
    return Fit(
        sum(part.points for part in parts),
        [asdict(part) for part in parts],
        find_broken_rules(mentee, mentor, settings),
    )


@dataclass(frozen=True)
class Couple:
    mentee: Application
    mentor: Application

    def names(self) -> dict[str, str]:
        return {"mentee": self.mentee.name, "mentor": self.mentor.name}


def find_obstacle(
    couple: Couple, fit: Fit, places: int, rules: Iterable[PairRule], offers: Iterable[Offer]
) -> DomainError | None:
    """The first thing that no second press overcomes. `rules`, `offers`: those of the cohort."""
    live = [offer for offer in offers if offer.state in LIVE]
    return _find_offer(couple, live) or _find_always_on(couple, fit) or _find_full(couple, places, rules, live)


def find_broken(couple: Couple, fit: Fit) -> RuleBroken | None:
    if not fit.switchable:
        return None
    sentence = _("%(mentee)s and %(mentor)s break a rule of this cohort: %(rules)s.") % {
        **couple.names(),
        "rules": listed(rule_name(rule) for rule in fit.switchable),
    }
    return RuleBroken(sentence, fit.switchable)


def _find_offer(couple: Couple, live: Iterable[Offer]) -> DomainError | None:
    for offer in live:
        if offer.mentee_id == couple.mentee.pk:
            return DomainError(
                _("%(mentee)s has an offer with %(mentor)s. Withdraw it first.")
                % {"mentee": couple.mentee.name, "mentor": offer.mentor.name},
                code="offer_open",
            )
    return None


def _find_always_on(couple: Couple, fit: Fit) -> DomainError | None:
    if not fit.always_on:
        return None
    rule = fit.always_on[0]
    return DomainError(
        _("%(mentee)s and %(mentor)s cannot be a pair: %(rule)s. This rule is always on.")
        % {**couple.names(), "rule": rule_name(rule)},
        code=f"breaks.{rule}",
    )


def _find_full(couple: Couple, places: int, rules: Iterable[PairRule], live: Iterable[Offer]) -> DomainError | None:
    holders = {offer.mentee_id: offer.mentee.name for offer in live if offer.mentor_id == couple.mentor.pk}
    holders |= {
        rule.mentee_id: rule.mentee.name
        for rule in rules
        if rule.kind == PairRule.Kind.LOCK and rule.mentor_id == couple.mentor.pk
    }
    holders.pop(couple.mentee.pk, None)
    if len(holders) < places:
        return None
    if not places:
        return DomainError(_("%(mentor)s offers no place.") % {"mentor": couple.mentor.name}, code="no_place")
    return DomainError(
        ngettext(
            "%(mentor)s has %(places)s place, and it is taken: %(names)s.",
            "%(mentor)s has %(places)s places, and they are taken: %(names)s.",
            places,
        )
        % {"mentor": couple.mentor.name, "places": places, "names": listed(sorted(holders.values()))},
        code="no_place",
    )
