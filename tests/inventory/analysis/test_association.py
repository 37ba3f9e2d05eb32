import random
from dataclasses import replace
from typing import Any

import pytest
from scipy.stats import binom

from inventory.analysis.association import FAMILY_RATE, Association, Associations, find_associations
from inventory.initiatives.rows import InitiativeRow
from tests.inventory.analysis.made import edition, initiative, organisation, survey


def completing(number: int, share: float, pairs: int = 20, **answers: Any) -> InitiativeRow:
    told = {"D7": pairs, "D9": {"completed": round(share * pairs)}}
    return initiative(organisation(number), edition(**told), **answers)


def association(found: Associations, feature: str, outcome: str = "completion") -> Association:
    return next(one for one in found.found if (one.feature.name, one.outcome.name) == (feature, outcome))


def made_with_effect(seed: int, number: int = 30, effect: float = 0.2) -> list[InitiativeRow]:
    """Half have a say in the match, and complete so much more often; training does nothing."""
    chance = random.Random(seed)
    rows = []
    for place in range(number):
        say = place % 2 == 0
        share = min(max(chance.gauss(0.6 + effect * say, 0.08), 0), 1)
        training = chance.choice(["compulsory", "none"])
        answers = {"E3": "both" if say else "no", "F5": {"mentors": training}}
        rows.append(completing(place, share, pairs=1000, **answers))
    return rows


def test_known_effect_lies_within_its_interval_and_zero_does_not() -> None:
    found = [find_associations(survey(*made_with_effect(seed, 40), level="iwim")) for seed in range(20)]

    differences = [one.difference for every in found if (one := association(every, "say"))]
    assert all(one is not None and one.is_found for one in differences)
    held = [one for one in differences if one and one.low and one.high and one.low <= 0.2 <= one.high]
    assert len(held) >= binom.ppf(0.001, 20, 0.95)


def test_shuffled_labels_find_no_more_than_the_stated_rate() -> None:
    """Over all comparisons of a survey together."""
    rows = made_with_effect(3)
    features = [{code: row.answers[code] for code in ("E3", "F5")} for row in rows]
    chance = random.Random(11)

    found = comparisons = 0
    for _shuffle in range(1000):
        chance.shuffle(features)
        shuffled = [replace(row, answers={**row.answers, **labels}) for row, labels in zip(rows, features, strict=True)]
        associations = find_associations(survey(*shuffled, level="iwim"))
        comparisons += associations.comparisons
        found += any(one.difference and one.difference.is_found for one in associations.found)

    assert comparisons == 2000
    assert found <= binom.ppf(0.999, 1000, FAMILY_RATE)


def test_organisation_counts_once_with_its_editions_taken_together() -> None:
    rows = [completing(number, 0.5, E3="both") for number in range(5)]
    rows += [completing(20 + number, 0.5, E3="no") for number in range(5)]
    # Ten more editions of one organisation move only its own share.
    many = initiative(
        rows[0].organisation, *[edition(label=str(n), D7=10, D9={"completed": 10}) for n in range(10)], E3="mentee_only"
    )

    found = association(find_associations(survey(*rows, many, level="iwim")), "say")

    assert found.with_it.organisations.number == 5
    assert found.with_it.mean == pytest.approx((110 / 120 + 4 * 0.5) / 5)


def test_no_figure_with_fewer_than_five_and_a_caution_with_fewer_than_ten() -> None:
    few = [completing(number, 0.5, E3="both" if number < 4 else "no") for number in range(12)]
    some = [completing(number, 0.5, E3="both" if number < 5 else "no") for number in range(12)]
    many = [completing(number, 0.5, E3="both" if number < 10 else "no") for number in range(20)]

    found = [association(find_associations(survey(*rows, level="iwim")), "say") for rows in (few, some, many)]

    assert [one.difference is None for one in found] == [True, False, False]
    assert [one.needs_caution for one in found] == [False, True, False]
    assert [one.with_it.mean for one in found] == [None, 0.5, 0.5]


def test_interval_is_widened_for_the_number_of_comparisons() -> None:
    rows = made_with_effect(5)
    with_training, without = (
        rows,
        [replace(row, answers={k: v for k, v in row.answers.items() if k != "F5"}) for row in rows],
    )

    both, alone = (find_associations(survey(*one, level="iwim")) for one in (with_training, without))

    assert (both.comparisons, alone.comparisons) == (2, 1)
    wide, narrow = (association(one, "say").difference for one in (both, alone))
    assert wide is not None
    assert narrow is not None
    assert (wide.low or 0) < (narrow.low or 0)
    assert (wide.high or 0) > (narrow.high or 0)


@pytest.mark.parametrize(
    ("name", "with_it", "without", "untold"),
    [
        ("say", {"E3": "mentor_only"}, {"E3": "no"}, {"E3": {"state": "unknown"}}),
        ("mentors", {"F5": {"mentors": "voluntary"}}, {"F5": {"mentors": "none"}}, {"F5": {"mentees": "none"}}),
        ("mentees", {"F5": {"mentees": "compulsory"}}, {"F5": {"mentees": "none"}}, {}),
        ("software", {"E1": ["software_auto"]}, {"E1": ["hand_committee"]}, {"E1": ["expert"]}),
        ("check_ins", {"F6": ["check_ins", "goals"]}, {"F6": ["goals"]}, {"F6": {"state": "declined"}}),
        ("fee", {"G2": {"mentee": 50}}, {"G2": {"mentee": 0}}, {"G2": {"employer": 50}}),
    ],
)
def test_feature_that_is_not_told_is_in_neither_group(
    name: str, with_it: dict[str, Any], without: dict[str, Any], untold: dict[str, Any]
) -> None:
    rows = [completing(number, 1, **with_it) for number in range(5)]
    rows += [completing(10 + number, 0, **without) for number in range(6)]
    rows += [completing(20 + number, 0.5, **untold) for number in range(7)]

    found = association(find_associations(survey(*rows, level="iwim")), name)

    assert [side.organisations.number for side in found.sides] == [5, 6]
    assert [side.mean for side in found.sides] == [1, 0]


def test_few_organisations_are_not_told_outside_iwim() -> None:
    rows = [completing(number, 0.5, E3="both" if number < 3 else "no") for number in range(12)]

    public, iwim = (association(find_associations(survey(*rows, level=level)), "say") for level in ("public", "iwim"))

    assert [side.organisations.number for side in public.sides] == [None, 9]
    assert [side.organisations.number for side in iwim.sides] == [3, 9]


def test_no_mean_of_a_side_is_told_outside_iwim() -> None:
    """Two features whose sides differ by one organisation would tell its own share."""
    rows = [completing(number, 0.5, E3="both" if number < 6 else "no") for number in range(12)]

    public, iwim = (association(find_associations(survey(*rows, level=level)), "say") for level in ("public", "iwim"))

    assert [side.mean for side in public.sides] == [None, None]
    assert [side.mean for side in iwim.sides] == [0.5, 0.5]
    assert public.difference == iwim.difference
