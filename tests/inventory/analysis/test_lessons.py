from inventory.analysis.lessons import SUCCESS, Lessons, rank_lessons
from tests.inventory.analysis.made import initiative, organisation, survey


def ranks(found: Lessons) -> list[tuple[str, int | None, int | None]]:
    return [(one.code, one.named.number, one.first.number) for one in found.ranked]


def test_ranked_by_how_many_name_it_and_then_by_how_many_first() -> None:
    rows = [
        initiative(organisation(1), J1=["checkins", "structure"]),
        initiative(organisation(2), J1=["structure", "checkins", "funding"]),
        initiative(organisation(3), J1=["structure"]),
        initiative(organisation(4), J1={"state": "unknown"}),
        initiative(organisation(5)),
    ]

    found = rank_lessons(survey(*rows), SUCCESS)

    assert ranks(found) == [("structure", 3, 2), ("checkins", 2, 1), ("funding", 1, 0)]
    assert (found.organisations, found.told.number) == (5, 3)
    assert {line: found.tally.counts[line].number for line in found.tally.states} == {"?unknown": 1, "?pending": 1}


def test_organisation_counts_once_whatever_number_of_initiatives_name_it() -> None:
    andes = organisation(1)
    rows = [initiative(andes, J1=["funding"]), initiative(andes, J1=["funding"]), initiative(andes)]

    assert ranks(rank_lessons(survey(*rows), SUCCESS)) == [("funding", 1, 1)]


def test_few_that_are_not_named_are_hidden() -> None:
    rows = [initiative(organisation(number), J1=["structure"]) for number in range(6)]
    rows += [initiative(organisation(50 + number, named=False), J1=["funding"]) for number in range(2)]

    found = rank_lessons(survey(*rows), SUCCESS)

    assert ("funding", None, None) in ranks(found)
