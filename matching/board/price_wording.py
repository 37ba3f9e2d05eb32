"""The price of a change in words: pairs first, then fairness, then points, then who moves."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.runs.wording import listed
from wimmentor.base.templatetags.wim import points

Change = Mapping[str, Any]
MOST_MOVES: Final = 6


@dataclass(frozen=True)
class PriceLine:
    """`cost`: points with their sign. `grave`: what is lost beside points. `price`: what the points sum up to;
    `moves`: who moves, and gains."""

    cost: str
    grave: str
    price: str
    moves: str


def count_own(price: Mapping[str, Any], pair_points: int) -> dict[str, Any]:
    """The engine does not ask of a pair that is fixed by hand to be fair; here it counts as any other."""
    levels = [[level, lost + (pair_points < level)] for level, lost in price["levels"]]
    return {**price, "levels": levels}


def order_of(price: Mapping[str, Any]) -> tuple[int, ...]:
    """Pairs, then each level, the gravest first, then points."""
    return price["pairs"], *(lost for _level, lost in reversed(price["levels"])), price["points"]


class PriceWords:
    """`names`: of everybody, by id of the engine; `total`: points of all pairs; `floor`: whether fairness is about the
    weakest pair."""

    def __init__(self, names: Mapping[str, str], total: int, *, floor: bool) -> None:
        self.names, self.total, self.floor = names, total, floor

    def word(self, price: Mapping[str, Any], asked: Collection[str] = ()) -> PriceLine:
        """`asked`: mentees whose own move is the question."""
        others = [change for change in price["changes"] if change["mentee_id"] not in asked]
        left = [change for change in others if change["new_mentor_id"] is None]
        grave = [*self._say_pairs(price["pairs"], left), *self._say_levels(price)]
        moves = [*_say_gains(price), self._say_moves(others, left, bool(asked))]
        return PriceLine(
            _signed(-price["points"]),
            " ".join(grave),
            self._say_points(price),
            " ".join(filter(None, moves)),
        )

    def say_total(self) -> str:
        return number_format(round(self.total / 100), force_grouping=True)

    def _say_pairs(self, lost: int, left: Sequence[Change]) -> Iterable[str]:
        names = {"names": self._list(left), "count": lost}
        if lost == len(left) > 0:
            yield (
                ngettext(
                    "Costs one pair: %(names)s stays without a mentor.",
                    "Costs %(count)s pairs: %(names)s stay without a mentor.",
                    lost,
                )
                % names
            )
            return
        if lost > 0:
            yield ngettext("Costs one pair.", "Costs %(count)s pairs.", lost) % names
        if left:
            yield ngettext("%(names)s stays without a mentor.", "%(names)s stay without a mentor.", len(left)) % names

    def _say_levels(self, price: Mapping[str, Any]) -> Iterable[str]:
        """A pair that is lost reaches no level any more, but that is said already."""
        for level, lost in price["levels"]:
            fallen = lost - price["pairs"]
            told = {"count": fallen, "level": points(level)}
            if fallen > 0 and self.floor:
                yield (
                    ngettext(
                        "One pair falls below the weakest pair (%(level)s).",
                        "%(count)s pairs fall below the weakest pair (%(level)s).",
                        fallen,
                    )
                    % told
                )
            elif fallen > 0:
                yield (
                    ngettext(
                        "One pair more below %(level)s points.", "%(count)s pairs more below %(level)s points.", fallen
                    )
                    % told
                )

    def _say_points(self, price: Mapping[str, Any]) -> str:
        lost = price["points"]
        if lost:
            return _("%(points)s points of %(total)s.") % {"points": _signed(-lost), "total": self.say_total()}
        if price["pairs"] or any(fallen for _level, fallen in price["levels"]):
            return ""
        return _("Costs nothing.")

    def _say_moves(self, others: Sequence[Change], left: Sequence[Change], beside: bool) -> str:
        """`beside`: somebody moves anyway."""
        moved = [change for change in others if change["new_mentor_id"] is not None]
        if not moved:
            return "" if left else _("Moves nobody else.") if beside else _("Moves nobody.")
        moves = [self._say_move(change) for change in moved[:MOST_MOVES]]
        if more := len(moved) - len(moves):
            moves.append(ngettext("%(count)s more", "%(count)s more", more) % {"count": more})
        if beside:
            sentence = ngettext("Moves one other: %(moves)s.", "Moves %(count)s others: %(moves)s.", len(moved))
        else:
            sentence = ngettext("Moves one mentee: %(moves)s.", "Moves %(count)s mentees: %(moves)s.", len(moved))
        return sentence % {"count": len(moved), "moves": listed(moves)}

    def _say_move(self, change: Change) -> str:
        told = {"mentee": self.names[change["mentee_id"]], "mentor": self.names[change["new_mentor_id"]]}
        if change["old_mentor_id"] is None:
            return _("%(mentee)s (has nobody now) to %(mentor)s") % told
        return _("%(mentee)s to %(mentor)s") % told

    def _list(self, changes: Sequence[Change]) -> str:
        return listed(self.names[change["mentee_id"]] for change in changes)


def _say_gains(price: Mapping[str, Any]) -> Iterable[str]:
    if price["pairs"] < 0:
        gained = -price["pairs"]
        yield ngettext("One pair more.", "%(count)s pairs more.", gained) % {"count": gained}
    for level, lost in price["levels"]:
        risen = price["pairs"] - lost
        if risen > 0:
            yield ngettext(
                "One pair fewer below %(level)s points.", "%(count)s pairs fewer below %(level)s points.", risen
            ) % {"count": risen, "level": points(level)}


def _signed(hundredths: int) -> str:
    """Less than a tenth of a point is told to the hundredth."""
    if not hundredths:
        return number_format(0)
    digits = 2 if abs(hundredths) < 10 else 1
    sign = "−" if hundredths < 0 else "+"
    return sign + number_format(abs(hundredths) / 100, decimal_pos=digits, force_grouping=True)
