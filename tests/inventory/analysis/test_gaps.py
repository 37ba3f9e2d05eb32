from typing import Any

import pytest

from inventory.analysis.fields import FIELDS
from inventory.analysis.gaps import Gaps, Supply, find_country_gaps, find_language_gaps, find_seniority_gaps
from inventory.analysis.levels import Level
from inventory.analysis.pages.gaps import show_countries, show_seniority
from inventory.analysis.tables import cross
from inventory.initiatives.rows import InitiativeRow
from tests.inventory.analysis.made import initiative, organisation, survey


def line(found: Gaps, code: str) -> Supply:
    return next(one for one in found.lines if one.code == code)


def numbers(found: Supply) -> dict[str, int | None]:
    return {state: count.number for state, count in found.counts.items() if count.number != 0}


def test_supply_is_mentoring_and_sponsorship_by_status() -> None:
    told = [
        {"B2": ["sponsorship"], "B3": "launching"},
        {"B2": ["mentoring_informal"], "B3": None},
        {"B2": ["mentoring_circle"], "B3": "discontinued"},
        {"B2": ["coaching"], "B3": "running"},
        {"B2": {"state": "unknown"}, "B3": "running"},
    ]
    rows = [initiative(organisation(), C1=["graduate"], **answers) for answers in told]

    assert numbers(line(find_seniority_gaps(survey(*rows)), "graduate")) == {"launching": 1, "untold": 1}


def test_band_that_no_programme_accepts_is_a_gap() -> None:
    rows = [
        initiative(organisation(1), C1=["graduate"]),
        initiative(organisation(2), B3="planned", C1=["graduate", "student"]),
        initiative(organisation(3), B3="concluded", C1=["executive"]),
        initiative(organisation(4), B2=["role_models"], C1=["returner"]),
        initiative(organisation(5)),
    ]

    found = find_seniority_gaps(survey(*rows))

    assert numbers(line(found, "graduate")) == {"running": 1, "planned": 1}
    assert numbers(line(found, "executive")) == {"concluded": 1}
    assert not line(found, "student").is_gap
    assert {"executive", "returner", "mid"} <= {one.code for one in found.gaps}
    # One says nothing of it, which is not "for nobody".
    assert (found.told.number, found.untold.number) == (3, 1)


def test_wider_scope_and_untold_status_leave_no_certain_gap() -> None:
    rows = [
        initiative(organisation(1), B3=None, C1=["executive"]),
        initiative(organisation(2), C1=["exp_5_plus"]),
    ]

    found = find_seniority_gaps(survey(*rows))

    assert numbers(line(found, "executive")) == {"untold": 1}
    assert not line(found, "executive").is_gap
    assert (line(found, "senior").also.number, line(found, "senior").is_gap) == (1, False)
    assert line(found, "returner").is_gap


def test_demand_stands_against_supply() -> None:
    demanding = [organisation(number, answers={"A11": {"mid": "high", "asm": "unknown"}}) for number in range(6)]
    rows = [initiative(one, C1=["graduate"]) for one in demanding]

    public, iwim = (find_seniority_gaps(survey(*rows, level=level)) for level in ("public", "iwim"))

    assert line(public, "mid").is_gap
    assert line(iwim, "mid").is_wanted
    assert {one: count.number for one, count in line(iwim, "asm").demand.items()} == dict.fromkeys(
        ("high", "medium", "low", "none"), 0
    )
    assert line(iwim, "all").demand == {}


def test_demand_of_few_is_hidden_outside_iwim() -> None:
    rows = [initiative(organisation(number, answers={"A11": {"mid": "high"}})) for number in range(3)]
    rows += [initiative(organisation(20 + number)) for number in range(5)]

    assert line(find_seniority_gaps(survey(*rows)), "mid").demand["high"].is_hidden
    assert line(find_seniority_gaps(survey(*rows, level="iwim")), "mid").demand["high"].number == 3


def demanding(*levels: str, **values: Any) -> list[InitiativeRow]:
    said = [organisation(number, answers={"A11": {"mid": level}}, **values) for number, level in enumerate(levels)]
    return [initiative(one) for one in said]


@pytest.mark.parametrize(("level", "high"), [("public", None), ("alliance", 6), ("iwim", 6)])
def test_public_is_not_told_what_all_who_answer_say(level: Level, high: int | None) -> None:
    """Six who all see high demand: each of them would be known to have said so."""
    rows = survey(*demanding(*["high"] * 6, countries=("CL",)), level=level)

    for found, code in ((find_seniority_gaps(rows), "mid"), (find_country_gaps(rows), "CL")):
        demand = line(found, code).demand
        assert demand["high"].number == high
        assert {demand[one].number for one in ("medium", "low", "none")} == {0 if high else None}


def test_public_is_told_of_demand_that_is_not_the_same_for_all() -> None:
    found = find_seniority_gaps(survey(*demanding(*["high"] * 6, *["low"] * 5)))

    assert [line(found, "mid").demand[one].number for one in ("high", "medium", "low", "none")] == [6, 0, 5, 0]
    assert line(found, "mid").is_wanted


def test_language_in_which_organisations_work_and_nobody_is_mentored() -> None:
    rows = [initiative(organisation(1, languages=("fr", "en")), F4=["en"])]

    found = find_language_gaps(survey(*rows))

    assert [(one.code, one.is_gap) for one in found.lines] == [("en", False), ("fr", True)]


def test_country_is_where_participants_live_or_else_where_the_organisation_is() -> None:
    idle = organisation(3, countries=("GH",))
    rows = [
        initiative(organisation(1, countries=("PE",)), B9=["CL", "PE"]),
        initiative(organisation(2, countries=("NG",))),
    ]

    found = find_country_gaps(survey(*rows, also=(idle,)))

    assert {one.code: one.is_gap for one in found.lines} == {"CL": False, "PE": False, "NG": False, "GH": True}


def test_country_of_an_unnamed_programme_is_no_certain_gap() -> None:
    idle = organisation(3, countries=("GH",))
    rows = [initiative(organisation(number, countries=("PE",))) for number in range(6)]
    rows += [initiative(organisation(50, named=False, countries=("GH",)))]

    assert not line(find_country_gaps(survey(*rows, also=(idle,))), "GH").is_gap


def unnamed(number: int, *, begin: int, **answers: Any) -> list[InitiativeRow]:
    return [initiative(organisation(begin + place, named=False), **answers) for place in range(number)]


def test_few_that_are_no_mentoring_are_not_what_the_table_by_status_has_more() -> None:
    """8 for executives run, 7 of them mentoring: one would be known to be something else."""
    rows = unnamed(7, begin=1, C1=["executive"]) + unnamed(1, begin=20, C1=["executive"], B2=["coaching"])
    rows += unnamed(9, begin=30, C1=["graduate"]) + unnamed(9, begin=40, C1=["graduate"], B2=["coaching"])
    rows += unnamed(9, begin=50, C1=["graduate"], B3="planned")

    table = cross(rows, FIELDS["scope"], FIELDS["status"], "public")
    public, iwim = (find_seniority_gaps(survey(*rows, level=level)) for level in ("public", "iwim"))

    assert table.cells["executive", "running"].number == 8
    assert line(public, "executive").counts["running"].is_hidden
    # One of each could have been for the others.
    assert line(public, "graduate").counts["running"].is_hidden
    assert line(public, "graduate").counts["planned"].number == 9
    assert numbers(line(iwim, "executive")) == {"running": 7}


def test_few_that_are_no_mentoring_hide_how_many_are() -> None:
    """26 have told for whom, 25 of them mentor."""
    rows = unnamed(9, begin=1, C1=["executive"]) + unnamed(1, begin=20, C1=["executive"], B2=["coaching"])
    rows += unnamed(16, begin=30, C1=["executive"], B3="planned")

    public, iwim = (find_seniority_gaps(survey(*rows, level=level)) for level in ("public", "iwim"))

    assert public.told.is_hidden
    assert (iwim.told.number, iwim.untold.number) == (25, 0)


def test_country_that_few_have_as_their_organisations_is_not_what_they_tell_of_participants() -> None:
    """6 tell that participants live in Chile; 7 programmes would be one more, which is of a Chilean organisation."""
    rows = unnamed(6, begin=1, B9=["CL"])
    rows += [initiative(organisation(20, named=False, countries=("CL",)))]
    rows += [initiative(organisation(30, countries=("CL",)))]

    found = line(find_country_gaps(survey(*rows)), "CL").counts["running"]

    assert (found.number, found.least) == (None, 1)


@pytest.mark.parametrize(
    ("of_it", "of_its_organisation"),
    [({"B8": "global"}, {}), ({"B8": "global", "B9": ["CL"]}, {}), ({}, {"answers": {"A5": "global"}})],
)
def test_programme_for_all_countries_leaves_no_country_without_one(
    of_it: dict[str, Any], of_its_organisation: dict[str, Any]
) -> None:
    everywhere = initiative(organisation(1, countries=(), **of_its_organisation), **of_it)

    found = find_country_gaps(survey(everywhere, also=(organisation(2, countries=("GH",)),)))

    assert [(one.code, one.label, one.also.number, one.is_gap) for one in found.lines] == [
        ("GH", "Ghana", 1, False),
        ("global", "Global", 0, False),
    ]
    assert found.gaps == []
    assert numbers(line(found, "global")) == {"running": 1}
    assert (found.told.number, found.untold.number) == (1, 0)


def test_reach_of_a_programme_goes_before_that_of_its_organisation() -> None:
    wide = organisation(1, countries=("PE",), answers={"A5": "global"})

    found = find_country_gaps(survey(initiative(wide, B8="national"), initiative(wide, B9=["CL"])))

    assert {one.code: one.also.number for one in found.lines} == {"CL": 0, "PE": 0}


def test_country_that_is_not_known_is_said() -> None:
    rows = [initiative(organisation(1)), initiative(organisation(2, countries=()))]

    sentences = show_countries(find_country_gaps(survey(*rows))).sentences

    assert sentences[-1] == "Programmes whose countries are known: 1; not known: 1."


def test_file_tells_wider_scopes_and_programmes_that_do_not_say() -> None:
    rows = [initiative(organisation(1), C1=["all"]), initiative(organisation(2), B3="planned")]

    sheet = show_seniority(find_seniority_gaps(survey(*rows, level="iwim"))).sheet
    told = {row[0]: dict(zip(sheet.export_head, row, strict=True)) for row in sheet.export_rows}

    assert [told["graduate"][head] for head in ("Running", "Planned", "For a wider scope")] == [0, 0, 1]
    assert (told[""]["By seniority"], told[""]["Running"], told[""]["Planned"]) == ("Not told", 0, 1)
