"""What a package says of a survey, and what it does not."""

import json
from dataclasses import replace
from datetime import date

import pytest

from inventory.initiatives.questionnaire import QUESTIONS
from inventory.initiatives.rows import EditionRow, InitiativeRow, StatementRow
from inventory.publications.making import make_tables
from inventory.publications.questions import PUBLISHED, shown_columns
from inventory.publications.tables import Table, Tables, tables_as_json
from inventory.publications.withheld import ABOUT_FEW_PEOPLE, FEW_PEOPLE, NOT_COUNTED, NOT_NAMED
from inventory.waves.cells import Cell
from tests.inventory.told import (
    ANDES,
    CIRCLE,
    CUSCO,
    HIDDEN,
    NAMED,
    QUIET,
    TIDE,
    TOLD,
    UMBRAL,
    Bundle,
    values,
)

FIRST_OF_INITIATIVES = [
    *("id", "organisation", "country", "kinds", "status", "scope", "matching_method", "mentor_target"),
]
FIRST_OF_EDITIONS = [
    *("initiative", "organisation", "label", "year", "mentee_count", "mentor_count", "pair_count", "duration_months"),
]


def record(of: Table, /, **where: Cell) -> dict[str, Cell]:
    """The only record with these cells, without what is empty."""
    found = [each for each in of.records() if where.items() <= each.items()]
    assert len(found) == 1
    return {name: cell for name, cell in found[0].items() if cell is not None}


def all_text(tables: Tables) -> str:
    return json.dumps(tables_as_json(tables), ensure_ascii=False)


def only_edition(**told: object) -> Tables:
    edition = EditionRow(label="1", year=2021, answers=values(**told))
    return make_tables(Bundle(initiatives=[replace(UMBRAL, editions=(edition,))]))


def test_tables_begin_with_their_stable_columns() -> None:
    tables = make_tables(TOLD)

    assert list(tables["initiatives"].columns[:8]) == FIRST_OF_INITIATIVES
    assert list(tables["editions"].columns[:8]) == FIRST_OF_EDITIONS
    assert list(tables) == [
        *("organisations", "initiatives", "editions", "statements", "answers", "code_lists", "withheld")
    ]


def test_an_initiative_says_what_was_told_and_nothing_else() -> None:
    tables = make_tables(TOLD)

    assert record(tables["initiatives"], id="umbral") == {
        "id": "umbral",
        "organisation": "Mujeres de los Andes",
        "country": "PE;BO",
        "kinds": "mentoring_1to1;coaching",
        "kinds_main": "mentoring_1to1",
        "kinds_words": "uno a uno",
        "status": "running",
        "scope": "graduate;young_professional",
        "scope_words": "recién egresadas",
        "mentor_target": "both_open",
        "organisation_id": "andes",
        "name": "Umbral",
        "formal": "formal",
        "purpose": "-- Que nadie\nempiece sola; =SUM(A1)",
        "first_year": 2019,
        "editions_completed": 0,
        "start": "2021-09",
        "end": "before 2022",
        "reach": "national",
        "participant_countries": "PE;BO",
        "web_page": "https://andes.example.org/umbral",
        "partners": r"Cobre\; Sur \| 2 | funding_partner; Ley\\y",
        "experience_minimum": 2,
        "criteria": "goals;language",
        "meetings": 6,
        "meeting_minutes": 60,
        "training_mentors": "compulsory",
        "training_mentor_hours": 4.5,
        "training_mentees": "none",
        "fee_mentee": 0,
        "fee_currency": "PEN",
        "funding_partners": "Fondo A; Fondo B",
        "success_factors": "match_quality",
        "evidence": "Fourteen pairs.",
        "remarks": "@later",
        "as_of": "2021-07-29",
        "source": "Launch meeting",
    }


def test_an_organisation_counts_with_what_its_register_knows() -> None:
    tables = make_tables(TOLD)

    assert record(tables["organisations"], id="andes") == {
        "id": "andes",
        "name": "Mujeres de los Andes",
        "type": "wim_national",
        "countries": "PE;BO",
        "reach": "multi_country",
        "languages": "es",
        "founded": 2011,
    }
    assert record(tables["organisations"], id="cusco")["part_of"] == "andes"


def test_figures_stand_with_their_edition_and_mentors_are_added_up() -> None:
    tables = make_tables(TOLD)

    assert record(tables["editions"], initiative="umbral", label="2") == {
        "initiative": "umbral",
        "organisation": "Mujeres de los Andes",
        "label": "2",
        "year": 2022,
        "mentee_count": 14,
        "mentor_count": 9,
        "pair_count": 14,
        "duration_months": 6.5,
        "country_count": 2,
        "scholarship_places": 0,
        "as_of": "2021-07-29",
        "source": "Launch meeting",
    }
    assert record(tables["editions"], initiative="umbral", label="1")["mentor_count"] == 6


def test_mentors_of_whom_one_part_is_unknown_are_not_added_up() -> None:
    tables = only_edition(D6={"women": 6, "men": 7, "nonbinary": 0})

    assert tables["editions"].column("mentor_count") == (None,)
    assert record(tables["answers"], table="editions", question="D6")["state"] == "unknown"


def test_every_empty_cell_of_a_question_is_explained() -> None:
    tables = make_tables(NAMED)
    open_questions = {
        (row["table"], row["id"], row["edition"], row["question"]): row["state"] for row in tables["answers"].records()
    }

    assert open_questions["initiatives", "umbral", None, "E1"] == "unknown"
    assert open_questions["initiatives", "umbral", None, "E4"] == "not_applicable"
    assert open_questions["initiatives", "umbral", None, "F4"] == "pending"
    assert open_questions["organisations", "andes", None, "A2"] == "declined"
    assert open_questions["editions", "umbral", "1", "D7"] == "unknown"
    assert [
        (row["id"], question.code)
        for row in tables["initiatives"].records()
        for question in PUBLISHED["initiative"]
        if all(row.get(column.name) is None for column in shown_columns(question))
        if ("initiatives", row["id"], None, question.code) not in open_questions
    ] == [("cusco-circle", code) for code in ("C1", "C2", "C3", "C4", "C5", "C6", "C8", "C9", "E1", "E2", "E3", "E4")]


@pytest.mark.parametrize("figure", ["D5", "D7", "D10"])
@pytest.mark.parametrize(("number", "shown"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_one_to_four_people_are_withheld_with_the_reason(figure: str, number: int, shown: int | None) -> None:
    tables = only_edition(**{figure: number})

    column = QUESTIONS[figure].column
    assert tables["editions"].column(column) == (shown,)
    listed = [(row["edition"], row["field"], row["reason"]) for row in tables["withheld"].records() if row["edition"]]
    assert listed == ([] if shown is not None else [("1", column, FEW_PEOPLE)])


def test_few_mentors_are_withheld_though_only_their_parts_were_told() -> None:
    tables = only_edition(D6={"women": 1, "men": 2, "nonbinary": 0, "undisclosed": 0})

    assert tables["editions"].column("mentor_count") == (None,)


def test_what_could_tell_a_withheld_figure_goes_with_it() -> None:
    edition = EditionRow(label="1", answers={"D7": {"value": 3, "words": "tres parejas"}})
    initiative = replace(UMBRAL, editions=(edition,), evidence="Three pairs.", remarks="Three in all.")

    tables = make_tables(Bundle(initiatives=[initiative]))

    assert "pair_count_words" not in tables["editions"].columns
    assert tables["initiatives"].column("evidence") == tables["initiatives"].column("remarks") == (None,)
    reasons = [(row["field"], row["reason"]) for row in tables["withheld"].records() if row["id"]]
    assert reasons == [
        ("pair_count", FEW_PEOPLE),
        ("pair_count_words", ABOUT_FEW_PEOPLE),
        ("evidence", ABOUT_FEW_PEOPLE),
        ("remarks", ABOUT_FEW_PEOPLE),
    ]
    assert "tres parejas" not in all_text(tables)


def test_no_public_question_about_people_has_parts_that_add_up() -> None:
    """Else a part that is withheld could be had from the others and their sum."""
    public = [question for question in QUESTIONS.values() if question.visibility == "public" and question.people]

    assert [question.code for question in public if question.parts] == []


def test_words_beside_a_question_without_room_for_them_are_kept() -> None:
    answers = {**UMBRAL.answers, "B7": {"value": {"start": "before 2011-07"}, "words": "over a decade"}}

    tables = make_tables(Bundle(initiatives=[replace(UMBRAL, answers=answers)]))

    assert tables["initiatives"].column("dates_words") == ("over a decade",)


def test_closed_questions_are_named_as_withheld_and_nowhere_answered() -> None:
    tables = make_tables(TOLD)

    closed = {row["field"] for row in tables["withheld"].records() if row["number"] is None}
    assert {"target_share", "code_of_conduct", "places", "minors", "contact_email", "match_rating"} < closed
    shown = {column for name in ("organisations", "initiatives", "editions") for column in tables[name].columns}
    assert closed & shown == set()


def test_comments_are_never_published() -> None:
    assert "ask again" not in all_text(make_tables(TOLD))


def test_who_does_not_want_to_be_counted_is_only_a_number() -> None:
    tables = make_tables(TOLD)

    text = all_text(tables)
    assert [word for word in ("Absent", "absent", "Never", "Samoa", "WS") if word in text] == []
    assert record(tables["withheld"], reason=NOT_COUNTED) == {
        "table": "organisations",
        "number": 1,
        "reason": NOT_COUNTED,
    }


def test_who_does_not_want_to_be_named_has_no_row_and_leaves_no_trace() -> None:
    tables = make_tables(TOLD)

    text = all_text(tables)
    traces = ["Quiet", "quiet", "QWP", "Tide", "reef", "Reef", "Suva", "Nadi", "talanoa", "FJ", "Fiji", "1999", "2001"]
    assert [trace for trace in traces if trace in text] == []
    assert {name: len(tables[name].rows) for name in ("organisations", "initiatives", "editions", "statements")} == {
        "organisations": 2,
        "initiatives": 2,
        "editions": 2,
        "statements": 1,
    }
    assert "mentoring_circle" not in tables["initiatives"].column("kinds")
    assert {row["table"] for row in tables["answers"].records() if row["id"] not in ("andes", "cusco")} == {
        "initiatives",
        "editions",
    }


def unnamed(number: int) -> Bundle:
    """So many organisations, with two initiatives of two editions and one statement each."""
    organisations = [replace(QUIET, id=10 + each, slug=f"quiet-{each}") for each in range(number)]
    initiatives = [
        replace(TIDE, organisation=organisation, code=f"{organisation.slug}-{each}")
        for organisation in organisations
        for each in range(2)
    ]
    statements = [StatementRow(organisation=each, topic="role_models", value="none") for each in organisations]
    return Bundle(organisations, initiatives, statements)


@pytest.mark.parametrize(("number", "told"), [(0, []), (1, [None] * 4), (4, [None] * 4), (5, [20, 10, 5, 5])])
def test_how_many_are_not_named_is_told_where_they_are_not_few(number: int, told: list[int | None]) -> None:
    tables = make_tables(unnamed(number))

    said = [(row["table"], row["number"]) for row in tables["withheld"].records() if row["reason"] == NOT_NAMED]
    assert said == list(zip(("editions", "initiatives", "organisations", "statements")[: len(told)], told, strict=True))


def test_a_chapter_of_an_unnamed_organisation_does_not_point_to_it() -> None:
    tables = make_tables(Bundle([QUIET, replace(CUSCO, part_of=QUIET.id)]))

    assert tables["organisations"].column("part_of") == (None,)


def test_the_order_of_rows_does_not_matter() -> None:
    turned = Bundle(TOLD.organisations[::-1], TOLD.initiatives[::-1], TOLD.statements[::-1])

    assert make_tables(turned) == make_tables(TOLD)


def test_an_organisation_known_by_its_initiative_alone_is_in_it() -> None:
    tables = make_tables(Bundle(initiatives=[CIRCLE]))

    assert tables["organisations"].column("id") == ("cusco",)


def test_codes_are_listed_with_their_labels_in_each_language() -> None:
    tables = make_tables(TOLD)

    listed = {(row["list"], row["code"]): row for row in tables["code_lists"].records()}
    assert listed["country", "PE"]["label"] == "Peru"
    assert listed["country", "PE"]["label_es"] == "Perú"
    assert listed["initiative_kind", "coaching"]["label"] == "Coaching"
    assert [key for key in listed if key[0] == "tool_kind"] == []


def test_editions_whose_names_differ_in_blanks_alone_are_told_apart() -> None:
    labels = ("First", " First", "First (2)", " ", "4")
    editions = tuple(EditionRow(label=label, answers=values(D5=number)) for number, label in enumerate(labels, 11))

    found = [make_tables(Bundle(initiatives=[replace(UMBRAL, editions=told)])) for told in (editions, editions[::-1])]

    assert found[0] == found[1]
    told = zip(found[0]["editions"].column("label"), found[0]["editions"].column("mentee_count"), strict=True)
    assert list(told) == [("1", 14), ("4", 15), ("First", 12), ("First (2)", 11), ("First (2) (2)", 13)]


def test_statements_of_one_topic_stand_in_the_order_of_their_days() -> None:
    days = (date(2023, 1, 1), None, date(2022, 1, 1))
    statements = [StatementRow(organisation=ANDES, topic="role_models", value="none", as_of=day) for day in days]

    tables = make_tables(Bundle(statements=statements))

    assert tables["statements"].column("as_of") == (None, "2022-01-01", "2023-01-01")


def test_nothing_told_gives_empty_tables() -> None:
    tables = make_tables(Bundle())

    assert [len(tables[name].rows) for name in ("organisations", "initiatives", "editions", "statements")] == [0] * 4


def test_initiatives_of_others_have_no_row() -> None:
    tables = make_tables(Bundle(initiatives=[HIDDEN, TIDE, UMBRAL]))

    assert tables["initiatives"].column("id") == ("umbral",)


def test_an_idea_without_any_answer_is_a_row() -> None:
    tables = make_tables(Bundle(initiatives=[InitiativeRow(code="bare", organisation=ANDES, answers={})]))

    assert record(tables["initiatives"], id="bare") == {
        "id": "bare",
        "organisation": "Mujeres de los Andes",
        "country": "PE;BO",
        "organisation_id": "andes",
    }
