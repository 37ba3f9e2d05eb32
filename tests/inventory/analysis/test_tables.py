from inventory.analysis.derived import COUNTRY, EDITION_YEAR, FEES, METHOD
from inventory.analysis.fields import FIELDS, fields_for
from inventory.analysis.levels import Level
from inventory.analysis.tables import Count, Tally, cross, tally
from inventory.initiatives.rows import InitiativeRow
from tests.inventory.analysis.made import edition, initiative, organisation, survey

UNNAMED = [organisation(100 + number, named=False) for number in range(12)]


def shown(found: Tally) -> dict[str, int | str]:
    return {line: said(found.counts[line]) for line in found.lines if found.counts[line] != Count(0, 0)}


def said(count: Count) -> int | str:
    return f"{count.least} or more" if count.number is None else count.number


def test_states_are_told_apart_and_never_as_no() -> None:
    andes = organisation()
    rows = [
        initiative(andes, E3="no"),
        initiative(andes, E3={"state": "unknown"}),
        initiative(andes, E3={"state": "declined"}),
        initiative(andes),
        initiative(andes, B2=["scholarship"]),  # is never asked
    ]

    found = tally(rows, FIELDS["accepting"], "public")

    assert shown(found) == {"no": 1, "?unknown": 1, "?declined": 1, "?pending": 1, "?not_applicable": 1}
    assert (found.total, said(found.told)) == (5, 1)


def test_one_with_several_codes_counts_in_each_and_once_as_told() -> None:
    rows = [initiative(organisation(), B2=["mentoring_1to1", "coaching"]), initiative(organisation(2), B2=["coaching"])]

    found = tally(rows, FIELDS["kinds"], "public")

    assert shown(found) == {"mentoring_1to1": 1, "coaching": 2}
    assert said(found.told) == 2


def test_empty_list_is_no_answer_and_an_unknown_target_is_unknown() -> None:
    rows = [initiative(organisation(), C1=[], C6="unknown")]

    assert shown(tally(rows, FIELDS["scope"], "public")) == {"?pending": 1}
    assert shown(tally(rows, FIELDS["mentor_target"], "public")) == {"?unknown": 1}


def test_code_that_left_the_list_is_shown_as_told() -> None:
    found = tally([initiative(organisation(), F3="by_post")], FIELDS["delivery"], "public")

    assert found.lines == ("online", "in_person", "hybrid", "by_post")


def rows_with_unnamed(level_of_few: int) -> list[InitiativeRow]:
    rows = [initiative(organisation(number), F3="online") for number in range(1, 8)]
    rows += [initiative(one, F3="hybrid") for one in UNNAMED[:level_of_few]]
    return rows + [initiative(one, F3="in_person") for one in UNNAMED[level_of_few:]]


def test_few_unnamed_are_hidden_with_a_second_line_and_never_shown_as_zero() -> None:
    found = tally(rows_with_unnamed(2), FIELDS["delivery"], "public")

    # 10 stand elsewhere; that nobody not named is online, or has not answered, is hidden too.
    assert {line: said(found.counts[line]) for line in ("online", "in_person", "hybrid")} == {
        "online": "7 or more",
        "in_person": 10,
        "hybrid": "0 or more",
    }
    assert found.hides


def test_members_see_of_public_questions_what_everybody_sees_and_iwim_all() -> None:
    rows = rows_with_unnamed(2)

    assert tally(rows, FIELDS["delivery"], "alliance") == tally(rows, FIELDS["delivery"], "public")
    assert shown(tally(rows, FIELDS["delivery"], "iwim")) == {"online": 7, "in_person": 10, "hybrid": 2}


def test_answers_that_are_not_public_are_hidden_where_few_even_by_name() -> None:
    rows = [initiative(organisation(number), H1="yes") for number in range(9)]
    rows += [initiative(organisation(20 + number), H1="no") for number in range(3)]

    found = tally(rows, FIELDS["code_of_conduct"], "alliance")

    assert (said(found.counts["no"]), said(found.counts["yes"])) == ("0 or more", 9)
    assert shown(tally(rows, FIELDS["code_of_conduct"], "iwim")) == {"yes": 9, "no": 3}


def test_country_where_only_unnamed_are_is_not_listed() -> None:
    rows = [initiative(organisation(number, countries=("CL",))) for number in range(6)]
    rows += [initiative(organisation(50, named=False, countries=("MN",)))]
    rows += [initiative(organisation(51 + number, named=False, countries=("GH",))) for number in range(5)]

    found = tally(rows, COUNTRY, "public")

    assert found.codes == ["CL", "GH"]


def test_sums_of_a_table_of_two_are_those_of_the_tables_of_one() -> None:
    rows = rows_with_unnamed(2)

    found = cross(rows, FIELDS["delivery"], FIELDS["status"], "public")

    assert found.rows == tally(rows, FIELDS["delivery"], "public")
    assert found.columns == tally(rows, FIELDS["status"], "public")
    assert said(found.cells["hybrid", "running"]) == "0 or more"
    assert said(found.cells["online", "running"]) == "7 or more"


def test_cross_table_counts_pairs_of_answers() -> None:
    rows = [
        initiative(organisation(1), B2=["mentoring_1to1", "coaching"], F3="online"),
        initiative(organisation(2), B2=["coaching"], F3="online"),
        initiative(organisation(3), B2=["coaching"]),
    ]

    found = cross(rows, FIELDS["kinds"], FIELDS["delivery"], "public")

    assert {cell: said(count) for cell, count in found.cells.items() if count.number} == {
        ("answered", "online"): 2,
        ("answered", "?pending"): 1,
        ("mentoring_1to1", "online"): 1,
        ("coaching", "online"): 2,
        ("coaching", "?pending"): 1,
    }


def test_initiative_counts_in_each_year_it_had_an_edition() -> None:
    row = initiative(organisation(), edition(2025), edition(2026), edition(None), edition(2026))

    assert shown(tally([row], EDITION_YEAR, "public")) == {"2025": 1, "2026": 1}


def test_method_is_the_main_one_or_the_only_one() -> None:
    told = [
        ({"E1": ["hand_committee"]}, "hand"),
        ({"E1": {"value": ["hand_committee", "expert"], "main": "expert"}}, "expert"),
        ({"E1": ["hand_coordinator", "software_auto"]}, "mixed"),
        ({"E1": ["software_proposed"]}, "software"),
        ({"E1": ["mutual_choice"]}, "choice"),
        ({"E1": ["random"]}, "other"),
        ({"E1": ["not_applicable"]}, "?not_applicable"),
        ({"E1": {"state": "unknown"}}, "?unknown"),
        ({}, "?pending"),
    ]

    assert [METHOD.read(initiative(organisation(), **answers)) for answers, _group in told] == [
        (group,) for _answers, group in told
    ]


def test_fee_is_free_only_where_zero_is_told() -> None:
    told = [
        ({"mentee": 0, "currency": "AUD"}, "free"),
        ({"mentee": 0, "employer": 750}, "employer"),
        ({"mentee": 50, "employer": 750}, "fee"),
        ({"employer": 750}, "employer"),
        ({"currency": "AUD"}, "?unknown"),
    ]

    assert [FEES.read(initiative(organisation(), G2=value)) for value, _line in told] == [(line,) for _v, line in told]
    assert FEES.read(initiative(organisation())) == ("?pending",)


def test_derived_line_is_hidden_where_its_codes_are() -> None:
    """By hand 9 and by one coordinator 7 would tell that a committee does it for the 2 that are not named."""
    rows = [initiative(one, E1=["hand_coordinator"]) for one in UNNAMED[:7]]
    rows += [initiative(one, E1=["hand_committee"]) for one in UNNAMED[7:9]]
    rows += [initiative(organisation(number), E1=["expert"]) for number in range(5)]

    found = tally(rows, METHOD, "public")

    assert found.counts["hand"].is_hidden


def test_readers_choose_only_among_what_they_may_read() -> None:
    names: dict[Level, set[str]] = {
        level: {field.name for field in fields_for(level)} for level in ("public", "alliance", "iwim")
    }

    assert "tools" not in names["public"]
    assert names["alliance"] - names["public"] >= {"tools", "code_of_conduct", "organisation_needs"}
    assert names["iwim"] - names["alliance"] == {"minors", "parental_consent", "contacts_logged"}


def test_who_does_not_agree_to_be_counted_is_in_no_figure_outside_iwim() -> None:
    rows = [initiative(organisation()), initiative(organisation(2, named=False, counted=False))]

    assert [len(survey(*rows, level=level).initiatives) for level in ("public", "alliance", "iwim")] == [1, 1, 2]
    assert survey(*rows).left_out == 1
