from typing import Any

import pytest

from inventory.analysis.comparison import Comparison, compare_methods
from inventory.analysis.figures import Figure
from inventory.analysis.levels import Level
from inventory.initiatives.rows import InitiativeRow
from tests.inventory.analysis.made import edition, initiative, organisation, survey

Answers = dict[str, Any]
WHOLE: Answers = {
    "D2": 20,
    "D3": {"received": 40, "eligible": 25},
    "D5": 16,
    "D7": 15,
    "D9": {"completed": 12, "ended_early": 3},
    "E5": 10,
    "E6": {"paid": 6, "volunteer": 24},
    "E7": {"amount": 300, "currency": "aud"},
    "I2": {"mean": 4.5, "maximum": 5, "answered": 10, "asked": 16},
}


def by_hand(number: int, *editions: Answers, named: bool = True, **answers: Any) -> InitiativeRow:
    told = [edition(2020 + place, label=str(place), **given) for place, given in enumerate(editions)]
    return initiative(organisation(number, named=named), *told, E1=["hand_coordinator"], **answers)


def figure(found: Comparison, name: str, group: str = "hand") -> Figure:
    (one,) = [one for one in found.groups if one.code == group]
    return next(figure for figure in one.figures if figure.measure.name == name)


def compare(*rows: InitiativeRow, level: Level = "iwim") -> Comparison:
    return compare_methods(survey(*rows, level=level))


@pytest.mark.parametrize(
    ("name", "value", "base"),
    [
        ("uptake", 16 / 20, 20),
        ("match_rate", 15 / 25, 25),
        ("hours", 2.0, 15),
        ("satisfaction", 0.9, 10),
        ("completion", 12 / 15, 15),
    ],
)
def test_rates_come_with_their_base(name: str, value: float, base: float) -> None:
    found = figure(compare(by_hand(1, WHOLE)), name)

    assert (found.value, found.base) == (pytest.approx(value), base)


def test_rates_are_pooled_so_that_a_large_edition_weighs_more() -> None:
    found = figure(compare(by_hand(1, {"D2": 10, "D5": 10}, {"D2": 90, "D5": 45}), by_hand(2, {"D5": 30})), "uptake")

    assert (found.value, found.base) == (0.55, 100)
    assert found.behind is not None
    assert [count.number for count in (found.behind.organisations, found.behind.editions, found.behind.unknown)] == [
        1,
        2,
        1,
    ]


def test_sizes_and_days_are_medians_with_their_range() -> None:
    found = compare(by_hand(1, {"D7": 6, "E5": 30}, {"D7": 14}), by_hand(2, {"D7": 40, "E5": 0}))

    assert [
        (figure(found, name).low, figure(found, name).value, figure(found, name).high) for name in ("pairs", "days")
    ] == [
        (6, 14, 40),
        (0, 15, 30),
    ]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("hours", {"D7": 10, "E6": {"paid": 4}}),  # of volunteers is not known
        ("completion", {"D7": 10, "D9": {"completed": 12}}),
        ("satisfaction", {"I2": {"mean": 4.5, "maximum": 5}}),  # no rate without its base
        ("satisfaction", {"I2": {"mean": 6, "maximum": 5, "answered": 10}}),
        ("uptake", {"D2": 0, "D5": 0}),
        ("uptake", {"D2": 20, "D5": 30}),
        ("uptake", {"D5": 10, "D2": {"state": "unknown"}}),
    ],
)
def test_what_is_missing_or_contradicts_is_not_counted(name: str, told: Answers) -> None:
    assert figure(compare(by_hand(1, told)), name).state == "untold"


def test_in_circles_those_who_started_are_matched() -> None:
    row = by_hand(1, {"D3": {"eligible": 30}, "D5": 24, "D7": 4}, B2=["mentoring_circle"])

    assert figure(compare(row), "match_rate").value == 24 / 30


def test_costs_stay_in_their_currency() -> None:
    rows = [by_hand(1, WHOLE), by_hand(2, {"D7": 10, "E7": {"amount": 50, "currency": "PEN"}})]

    (group,) = compare(*rows).groups

    assert [(cost.measure.label, cost.value, cost.base) for cost in group.costs] == [
        ("AUD", 20.0, 15),
        ("PEN", 5.0, 10),
    ]


def test_currency_of_few_is_not_even_named_outside_iwim() -> None:
    rows = [by_hand(number, {"D7": 10, "E7": {"amount": 50, "currency": "PEN"}}) for number in range(4)]

    assert [len(compare(*rows, level=level).groups[0].costs) for level in ("public", "alliance", "iwim")] == [0, 0, 1]


def test_answers_that_are_not_public_show_only_where_five_organisations_stand_behind_them() -> None:
    four = [by_hand(number, WHOLE) for number in range(4)]

    few, enough = compare(*four, level="public"), compare(*four, by_hand(9, WHOLE), level="public")

    assert [figure(few, name).state for name in ("uptake", "days", "hours")] == ["hidden"] * 3
    assert figure(few, "mentees").state == "shown"  # public by name
    assert [figure(enough, name).state for name in ("uptake", "days", "hours")] == ["shown"] * 3


def test_outside_iwim_the_middle_half_stands_for_single_answers() -> None:
    rows = [by_hand(number, {"E5": days}) for number, days in enumerate((1, 10, 20, 30, 99))]

    public, iwim = (figure(compare(*rows, level=level), "days") for level in ("public", "iwim"))

    assert (public.low, public.value, public.high, public.is_half) == (10, 20, 30, True)
    assert (iwim.low, iwim.value, iwim.high, iwim.is_half) == (1, 20, 99, False)


def test_few_who_do_not_tell_are_not_given_away_by_those_who_do() -> None:
    rows = [*(by_hand(number, WHOLE) for number in range(8)), by_hand(20), by_hand(21)]

    behind = figure(compare(*rows, level="public"), "uptake").behind

    assert behind is not None
    assert (behind.unknown.number, behind.initiatives.number, behind.initiatives.least) == (None, None, 6)


def test_one_to_four_people_are_not_told_outside_iwim() -> None:
    rows = [by_hand(1, {"D5": 3, "D7": 2}, {"D5": 9, "D7": 4}, {"D5": 12, "D7": 3})]

    found = compare(*rows, level="public")

    assert (figure(found, "mentees").low, figure(found, "mentees").value, figure(found, "mentees").high) == (
        None,
        9,
        12,
    )
    assert figure(found, "pairs").state == "hidden"
    assert figure(compare(*rows), "pairs").value == 3


def test_who_does_not_tell_how_it_matches_is_no_group() -> None:
    found = compare(by_hand(1, WHOLE), initiative(organisation(2), E1={"state": "unknown"}))

    assert [group.code for group in found.groups] == ["hand"]
    assert found.tally.counts["?unknown"].number == 1


def test_outside_iwim_shares_are_rounded_and_told_without_their_base() -> None:
    """Public numbers of pairs add up to the base: beside it, one that is hidden would be told."""
    rows = [by_hand(number, {"D7": 10 + number, "D9": {"completed": 7}}) for number in range(6)]

    public, iwim = (figure(compare(*rows, level=level), "completion") for level in ("public", "iwim"))

    assert (public.value, public.base) == (0.56, None)
    assert (iwim.value, iwim.base) == (pytest.approx(42 / 75), 75)


def test_a_share_of_few_people_is_hidden_outside_iwim() -> None:
    rows = [by_hand(number, {"D7": 10, "D9": {"completed": int(number < 3)}}) for number in range(5)]
    nearly = [by_hand(number, {"D7": 10, "D9": {"completed": 10 - int(number < 3)}}) for number in range(5)]

    states = [figure(compare(*each, level="public"), "completion").state for each in (rows, nearly)]

    assert states == ["hidden", "hidden"]


def test_no_organisation_has_more_than_half_of_a_figure_outside_iwim() -> None:
    rows = [by_hand(number, {"D2": 20, "D5": 10}) for number in range(5)]
    large = by_hand(9, {"D2": 101, "D5": 64})

    states = [figure(compare(*rows, large, level=level), "uptake").state for level in ("public", "alliance", "iwim")]

    assert states == ["hidden", "hidden", "shown"]


@pytest.mark.parametrize(
    ("mentees", "told"),
    [
        ((0, 0, 3), ("shown", 0, 0, None)),
        ((3, 9), ("hidden", None, None, None)),  # between the two lies 6
        ((2, 8, 9, 12), ("shown", None, 8, 12)),
    ],
)
def test_no_end_and_no_middle_tells_of_few(mentees: tuple[int, ...], told: tuple[Any, ...]) -> None:
    rows = [by_hand(number, {"D5": one}) for number, one in enumerate(mentees)]

    found = figure(compare(*rows, level="public"), "mentees")

    assert (found.state, found.low, found.value, found.high) == told


def test_who_tells_its_cost_in_another_currency_has_told_it() -> None:
    rows = [
        by_hand(number, {"D7": 10, "E7": {"amount": 50, "currency": currency}})
        for number, currency in enumerate(("US$", "usd", "PEN"))
    ]

    (group,) = compare(*rows, by_hand(9, {"D7": 10})).groups

    assert [(cost.measure.label, cost.behind and cost.behind.unknown.number) for cost in group.costs] == [
        ("PEN", 1),
        ("USD", 1),
    ]
