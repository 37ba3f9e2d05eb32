"""What the tally hides comes out nowhere else: not in the comparison of methods, not in what goes with what."""

import pytest

from inventory.analysis.association import find_associations
from inventory.analysis.comparison import compare_methods
from inventory.analysis.levels import Level
from inventory.initiatives.rows import InitiativeRow
from tests.inventory.analysis.made import edition, initiative, organisation, survey


def rows() -> list[InitiativeRow]:
    """By hand 7 named and 2 unnamed, with software 6 named, by a specialist 3 unnamed; all may say no."""
    told = [("hand_coordinator", True)] * 7 + [("hand_coordinator", False)] * 2
    told += [("software_proposed", True)] * 6 + [("expert", False)] * 3
    return [
        initiative(
            organisation(number, named=named),
            edition(D2=20, D5=15),
            code=f"i-{number}",
            E1=[method],
            E3="both" if named else "no",
        )
        for number, (method, named) in enumerate(told, 1)
    ]


@pytest.mark.parametrize(("level", "seen"), [("public", {"hand": 7, "software": 6}), ("iwim", None)])
def test_the_comparison_counts_no_more_than_the_tally_shows(level: Level, seen: dict[str, int] | None) -> None:
    found = compare_methods(survey(*rows(), level=level))

    told = {group.code: group.figures[0].behind for group in found.groups}
    numbers = {code: behind.organisations.known for code, behind in told.items() if behind is not None}
    assert numbers == (seen or {"hand": 9, "expert": 3, "software": 6})


@pytest.mark.parametrize(("level", "sides"), [("public", (13, 0)), ("iwim", (13, 5))])
def test_what_goes_with_what_counts_no_more_either(level: Level, sides: tuple[int, int]) -> None:
    say = find_associations(survey(*rows(), level=level)).found[0]

    assert (say.with_it.organisations.known, say.without.organisations.known) == sides
