"""Weights as whole numbers that sum to 100, also where one criterion is to count for more."""

from collections.abc import Mapping
from typing import Final

from .model import Mentee, Settings

WHOLE: Final = 100
RANKING_WEIGHTS: Final[Mapping[str, int]] = {"mentee_ranking": 30, "mentor_ranking": 10}


def share_out(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """`total` points in proportion to the weights, by largest remainder; of equal ones the first key in the alphabet.

    With a total that is no more than their sum nobody gets more than her weight, and 0 stays 0.
    """
    whole = sum(weights.values())
    if not whole:
        return dict(weights)
    shares = {key: divmod(weight * total, whole) for key, weight in weights.items()}
    spare = total - sum(share for share, _rest in shares.values())
    first = set(sorted(shares, key=lambda key: (-shares[key][1], key))[:spare])
    return {key: share + (key in first) for key, (share, _rest) in shares.items()}


def weigh_for(mentee: Mentee, settings: Settings) -> Mapping[str, int]:
    """The weights of her pairs: `top_criterion_extra` points move to what counts most for her, off the others in
    proportion. Nothing moves to a criterion that weighs 0 in the settings: the programme has switched it off.
    """
    top, weights = mentee.top_criterion, settings.weights
    if top is None or not weights.get(top):
        return weights
    others = {key: weight for key, weight in weights.items() if key != top}
    left = max(0, WHOLE - weights[top] - settings.top_criterion_extra)
    lowered = share_out(left, others)
    return {key: lowered.get(key, WHOLE - left) for key in weights}


def with_rankings(weights: Mapping[str, int]) -> dict[str, int]:
    """What is recommended once people have ranked each other: 30 and 10 points for that, the others share 60."""
    others = {key: weight for key, weight in weights.items() if key not in RANKING_WEIGHTS}
    return {**share_out(WHOLE - sum(RANKING_WEIGHTS.values()), others), **RANKING_WEIGHTS}
