from inventory.analysis.funding import count_scholarships, tell_funding
from tests.inventory.analysis.made import edition, initiative, organisation, survey


def test_sources_main_source_and_fees() -> None:
    rows = [
        initiative(organisation(1), G1={"value": ["dues", "events"], "main": "events"}, G2={"mentee": 0}),
        initiative(organisation(2), G1=["dues"], G2={"mentee": 100, "currency": "AUD"}),
        initiative(organisation(3), G1=["dues", "donor"]),
        initiative(organisation(4)),
    ]

    found = tell_funding(survey(*rows))

    assert {line: count.number for line, count in found.sources.counts.items() if count.number} == {
        "answered": 3,
        "dues": 3,
        "events": 1,
        "donor": 1,
        "?pending": 1,
    }
    assert {line: count.number for line, count in found.main.counts.items() if count.number} == {
        "events": 1,
        "dues": 1,
        "mixed": 1,
        "?pending": 1,
    }
    assert {line: count.number for line, count in found.fees.counts.items() if count.number} == {
        "free": 1,
        "fee": 1,
        "?pending": 2,
    }


def test_zero_places_are_told_and_no_answer_is_not_zero() -> None:
    rows = [initiative(organisation(1), edition(D10=0), edition(label="2"))]

    found = count_scholarships(survey(*rows))

    assert (found.number, found.editions, found.unknown, found.untold) == (0, 1, 1, False)
    assert count_scholarships(survey(initiative(organisation(1), edition()))).untold


def test_sum_leaves_out_what_it_would_give_away() -> None:
    rows = [initiative(organisation(number), edition(D10=10)) for number in range(3)]
    rows += [initiative(organisation(10), edition(D10=2)), initiative(organisation(11, named=False), edition(D10=30))]

    public, iwim = (count_scholarships(survey(*rows, level=level)) for level in ("public", "iwim"))

    assert (public.number, public.organisations, public.left_out) == (30, 3, True)
    assert (iwim.number, iwim.organisations, iwim.left_out) == (62, 5, False)


def test_small_parts_are_in_no_sum_however_many_have_them() -> None:
    rows = [initiative(organisation(number), edition(D10=1)) for number in range(5)]

    found = count_scholarships(survey(*rows, initiative(organisation(9), edition(D10=10)), level="public"))

    assert (found.number, found.organisations, found.left_out) == (10, 1, True)
