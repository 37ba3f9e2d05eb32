from inventory.analysis.fields import FIELDS
from inventory.analysis.overview import show_told
from inventory.analysis.pages.sheets import Line
from inventory.analysis.suppression import hide_sums
from inventory.analysis.tables import tally
from inventory.analysis.telling import telling
from inventory.initiatives.rows import InitiativeRow
from tests.inventory.analysis.made import edition, initiative, organisation, survey


def unnamed(*told: tuple[int, str | None]) -> list[InitiativeRow]:
    """So many of each delivery."""
    answers = [answer for number, answer in told for _one in range(number)]
    return [initiative(organisation(n, named=False), F3=answer) for n, answer in enumerate(answers, 1)]


def lines(*rows: InitiativeRow, code: str) -> list[Line]:
    return show_told(survey(*rows), [(field, field.label) for field in telling(code)]).sheet.lines


def test_how_many_answer_is_hidden_where_the_table_of_the_question_hides_a_state() -> None:
    """15 of 15, less 8 online and 5 in person, would be the 2 of which the table hides that they are hybrid."""
    rows = unnamed((8, "online"), (5, "in_person"), (2, "hybrid"))

    assert tally(rows, FIELDS["delivery"], "public").counts["?unknown"].is_hidden
    assert [line.raw for line in lines(*rows, code="F3")] == [["hidden", 15]]


def test_few_who_answer_hide_a_state_with_them() -> None:
    """20 less those whose answer is missing would be the 3 who answered."""
    found = tally(unnamed((2, "online"), (1, "hybrid"), (17, None)), FIELDS["delivery"], "public")

    assert found.told.is_hidden
    assert found.counts["online"].is_hidden
    assert found.counts["hybrid"].is_hidden


def test_few_who_answer_could_be_others() -> None:
    """Each of three codes stands once: there is nobody who could have answered less often, so one more must."""
    sums = hide_sums([("a",), ("b",), ("c",), *[("?pending",)] * 9], ("a", "b", "c", "?unknown", "?pending"))

    assert sums.hidden == {"a", "b", "c", "?pending"}


def test_question_of_parts_is_told_by_the_fields_that_are_read_of_it() -> None:
    rows = [initiative(organisation(), F5={"mentors": "none", "mentor_hours": 2})]

    assert [(line.label, line.raw) for line in lines(*rows, code="F5")] == [
        ("Training of mentors", [1, 1]),
        ("Training of mentees", [0, 1]),
    ]


def test_number_of_an_edition_is_told_where_it_is_zero() -> None:
    rows = [
        initiative(organisation(), edition(D7=0)),
        initiative(organisation(2), edition(D7={"state": "unknown"})),
        initiative(organisation(3)),
    ]

    (field,) = telling("D7")

    assert [field.read(row) for row in rows] == [("told",), ("?unknown",), ("?pending",)]
