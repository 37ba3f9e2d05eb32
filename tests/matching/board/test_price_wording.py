"""Prices as a coordinator reads them."""

from typing import Any

import pytest

from matching.board.price_wording import PriceLine, PriceWords, count_own, order_of

NAMES = {"1": "Ana", "2": "Bea", "3": "Cleo", "11": "Rita", "12": "Sara"}


def price(pairs: int = 0, levels: Any = (), points: int = 0, *moves: tuple[str, str | None, str | None]) -> Any:
    changes = [{"mentee_id": who, "old_mentor_id": old, "new_mentor_id": new} for who, old, new in moves]
    return {"pairs": pairs, "levels": [list(level) for level in levels], "points": points, "changes": changes}


@pytest.mark.parametrize(
    ("told", "asked", "line"),
    [
        (price(), ["1"], PriceLine("0", "", "Costs nothing.", "Moves nobody else.")),
        (price(), [], PriceLine("0", "", "Costs nothing.", "Moves nobody.")),
        (
            price(0, [(5230, 0)], 120, ("1", "11", "12"), ("2", "12", "11"), ("3", None, "12")),
            ["1"],
            PriceLine(
                "−1.2",
                "",
                "−1.2 points of 13,600.",
                "Moves 2 others: Bea to Rita and Cleo (has nobody now) to Sara.",
            ),
        ),
        (
            price(1, [(5230, 1)], 7100, ("1", "11", "12"), ("2", "12", None)),
            ["1"],
            PriceLine("−71.0", "Costs one pair: Bea stays without a mentor.", "−71.0 points of 13,600.", ""),
        ),
        (
            price(1, [(5230, 2)], 7100, ("1", "11", None), ("2", "12", None), ("3", None, "12")),
            [],
            PriceLine(
                "−71.0",
                "Costs one pair. Ana and Bea stay without a mentor. One pair falls below the weakest pair (52.3).",
                "−71.0 points of 13,600.",
                "Moves one mentee: Cleo (has nobody now) to Sara.",
            ),
        ),
        (
            price(-1, [(5230, -1)], -4, ("2", None, "11")),
            [],
            PriceLine(
                "+0.04", "", "+0.04 points of 13,600.", "One pair more. Moves one mentee: Bea (has nobody now) to Rita."
            ),
        ),
    ],
)
def test_price_in_words(told: Any, asked: list[str], line: PriceLine) -> None:
    assert PriceWords(NAMES, 1_360_020, floor=True).word(told, asked) == line


@pytest.mark.parametrize(
    ("lost", "grave", "moves"),
    [
        (2, "2 pairs more below 55.0 points.", "Moves nobody."),
        (-1, "", "One pair fewer below 55.0 points. Moves nobody."),
    ],
)
def test_bands_are_counted_by_level(lost: int, grave: str, moves: str) -> None:
    line = PriceWords(NAMES, 100, floor=False).word(price(0, [(5500, lost)]))

    assert line == PriceLine("0", grave, "", moves)


def test_many_moves_are_cut_and_counted() -> None:
    told = price(0, [], 10, *[("1", "11", "12")] * 8)

    line = PriceWords(NAMES, 100, floor=True).word(told)

    assert line.moves == (
        "Moves 8 mentees: Ana to Sara, Ana to Sara, Ana to Sara, Ana to Sara, Ana to Sara, Ana to Sara and 2 more."
    )


def test_a_pair_made_by_hand_counts_for_fairness_as_any_other() -> None:
    told = price(0, [(7000, 1), (4000, 0)], -50)

    assert count_own(told, 3999)["levels"] == [[7000, 2], [4000, 1]]
    assert count_own(told, 4000)["levels"] == [[7000, 2], [4000, 0]]


def test_pairs_come_before_the_gravest_level_and_that_before_points() -> None:
    cheap = price(0, [(7000, 5), (4000, 0)], 900)
    grave = price(0, [(7000, 0), (4000, 1)], -900)
    lost = price(1, [(7000, 0), (4000, 0)], -900)

    assert sorted([lost, grave, cheap], key=order_of) == [cheap, grave, lost]
