"""Spreadsheets of answers that were not written by us: what is read, and what is refused with its place and reason."""

import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook

from inventory.initiatives.questionnaire import QUESTIONS
from inventory.waves.importing import Plan, read_answers, read_files
from inventory.waves.importing.plan import Note
from wimmentor.base.languages import speak
from wimmentor.base.spreadsheets import SpreadsheetError


def read(*lines: str, name: str = "initiatives.csv") -> Plan:
    return read_answers(read_files([(name, "\n".join(lines).encode())]))


def one(heading: str, cell: str) -> Plan:
    """A file of one initiative and one column beside what identifies it."""
    return read(f"id\torganisation\t{heading}", f'umbral\tAndes\t"{cell}"', name="initiatives.tsv")


def told(plan: Plan) -> dict[str, Any]:
    assert (plan.refused, plan.flagged) == ([], [])
    return plan.initiatives[0].answers


def figures(plan: Plan) -> dict[str, Any]:
    assert (plan.refused, plan.flagged) == ([], [])
    return plan.initiatives[0].editions[0].answers


def refusal(plan: Plan) -> tuple[int, str, str]:
    assert len(plan.refused) == 1
    note = plan.refused[0]
    return note.row, note.column, note.reason


@pytest.mark.parametrize(
    "heading",
    [
        *("formal", "B4", "b4", "B4.", "Formal or informal"),
        "Is it formal (written rules, applications, start and end) or informal?",
        "B4 - Is it formal (written rules, applications, start and end) or informal?",
    ],
)
def test_a_heading_is_known_by_name_code_and_text(heading: str) -> None:
    assert told(one(heading, "mixed")) == {"B4": {"value": "mixed"}}


def test_a_question_is_known_in_every_language_of_the_site() -> None:
    for language in ("en", "es", "fr"):
        with speak(language):
            heading, cell = str(QUESTIONS["B3"].text), QUESTIONS["B3"].label_of("planned")
        assert told(one(heading, cell)) == {"B3": {"value": "planned"}}


@pytest.mark.parametrize(
    ("heading", "cell", "answer"),
    [
        ("B6 first_year", "2019", {"B6": {"value": {"first_year": 2019}}}),
        ("B6 completed", "0", {"B6": {"value": {"completed": 0}}}),
        ("editions_completed", "3", {"B6": {"value": {"completed": 3}}}),
        ("E1 (own words)", "mixed", {"E1": {"words": "mixed"}}),
        ("scope_words", "recién egresadas", {"C1": {"words": "recién egresadas"}}),
        ("C2 From", "2", {"C2": {"value": {"minimum": 2}}}),
    ],
)
def test_parts_and_words_have_headings_of_their_own(heading: str, cell: str, answer: dict[str, Any]) -> None:
    assert told(one(heading, cell)) == answer


def test_the_main_one_stands_beside_all_of_them() -> None:
    plan = read("id,E1,E1 main", "umbral,expert;event,event", "norte,expert,event", "sur,,event")

    assert plan.initiatives[0].answers == {"E1": {"value": ["expert", "event"], "main": "event"}}
    assert [(note.row, note.column, note.reason) for note in plan.refused] == [
        (3, "E1, E1 main", "The main one must be among those that are ticked."),
        (4, "E1 main", "Say all of them as well, not only the main one."),
    ]


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("coaching", ["coaching"]),
        ("Coaching; Training / seminars", ["coaching", "training"]),
        ("Coaching;;training;", ["coaching", "training"]),
        ("coaching, training", ["coaching", "training"]),
        ("Role models: awards, publications, profiles, speakers, Coaching", ["role_models", "coaching"]),
        ("Role models: awards, publications, profiles, speakers", ["role_models"]),
        ("Role models", ["role_models"]),
        ("One-to-one mentoring\nCoaching", ["mentoring_1to1", "coaching"]),
        ("COACHING ; coaching", ["coaching"]),
    ],
)
def test_several_choices_are_parted_where_that_is_clear(cell: str, codes: list[str]) -> None:
    assert told(one("kinds", cell)) == {"B2": {"value": codes}}


@pytest.mark.parametrize(
    ("heading", "cell", "reason"),
    [
        ("kinds", "coaching;juggling", "“juggling” is none of the choices."),
        ("kinds", "coaching, juggling", "“juggling” is none of the choices."),
        ("B3", "walking", "“walking” is none of the choices."),
        ("B3", "Runing", "“Runing” is none of the choices. Is “Running” meant?"),
        (
            "E1",
            "By hand",
            "“By hand” can be one of these: “By hand: one coordinator”; “By hand: committee”. Write which.",
        ),
        ("first_year", "about 2010", "“about 2010” is no number."),
        ("first_year", "1.950", "“1.950” can be read in two ways. Write it without a sign between the figures."),
        ("first_year", "19", "Write a number from 1900 to 2100."),
        ("meetings", "2.5", "“2.5” is no whole number."),
        ("start", "soon", "“soon” is no date. Write a year, a month or a day: 2021, 2021-09 or 2021-09-29."),
        ("web_page", "andes", "Write a whole web address, such as https://example.org."),
        ("J1", "funding;language;structure;training_mentors", "At most 3 fit here."),
        ("partners", "A | host | x", "“A | host | x” has more parts than the question: Organisation | Role."),
    ],
)
def test_what_does_not_fit_is_refused_with_row_heading_and_reason(heading: str, cell: str, reason: str) -> None:
    plan = one(heading, cell)

    assert refusal(plan) == (2, heading, reason)
    assert plan.initiatives[0].answers == {}


def test_congo_is_asked_and_never_guessed() -> None:
    plan = one("participant_countries", "Peru; Congo")

    assert "Write which." in refusal(plan)[2]
    assert plan.initiatives[0].answers == {}


def test_one_cell_that_does_not_fit_leaves_the_rest_of_the_row() -> None:
    plan = read("id,kinds,status", "umbral,juggling,running", "norte,coaching,running")

    assert plan.refused == [Note("initiatives", 2, "kinds", "“juggling” is none of the choices.")]
    assert [each.answers for each in plan.initiatives] == [
        {"B3": {"value": "running"}},
        {"B2": {"value": ["coaching"]}, "B3": {"value": "running"}},
    ]


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        *(
            ("unknown", "unknown"),
            ("Not known", "unknown"),
            ("?", "unknown"),
            ("??", "unknown"),
            ("no se sabe", "unknown"),
        ),
        *(("n/a", "not_applicable"), ("N/A", "not_applicable"), ("Not applicable", "not_applicable")),
        *(("declined", "declined"), ("Prefer not to say", "declined")),
    ],
)
def test_words_say_why_there_is_no_answer(cell: str, state: str) -> None:
    assert told(one("purpose", cell)) == {"B5": {"state": state}}


@pytest.mark.parametrize("cell", ["-", "—", "pending", "Not answered yet", "tbc"])
def test_nothing_yet_is_nothing(cell: str) -> None:
    assert told(one("purpose", cell)) == {}


def test_a_choice_that_is_called_like_a_state_is_the_choice() -> None:
    assert told(one("E1", "not_applicable")) == {"E1": {"value": ["not_applicable"]}}
    assert told(one("participant_countries", "NA")) == {"B9": {"value": ["NA"]}}


def test_a_part_that_is_not_known_is_left_out() -> None:
    plan = read("id,first_year,editions_completed", "umbral,2019,?", "norte,?,unknown")

    assert [each.answers for each in plan.initiatives] == [
        {"B6": {"value": {"first_year": 2019}}},
        {"B6": {"state": "unknown"}},
    ]


@pytest.mark.parametrize(
    ("cells", "dates"),
    [
        (["2021", "2021-09", "2021-09-29"], ["2021", "2021-09", "2021-09-29"]),
        (["before 2011-07", "antes de 2011", "avant 2011"], ["before 2011-07", "before 2011", "before 2011"]),
        (["September 2021", "septiembre de 2021", "09/2021"], ["2021-09"] * 3),
        (["29/09/2021", "03/04/2021", "1 May 2021"], ["2021-09-29", "2021-04-03", "2021-05-01"]),
        (["9/29/2021", "03/04/2021", "2021-05-01"], ["2021-09-29", "2021-03-04", "2021-05-01"]),
    ],
)
def test_dates_are_read_as_the_column_writes_them(cells: list[str], dates: list[str]) -> None:
    plan = read("id,start", *(f"i{number},{cell}" for number, cell in enumerate(cells)))

    assert plan.refused == []
    assert [each.answers["B7"]["value"]["start"] for each in plan.initiatives] == dates


def test_a_date_that_could_be_two_is_refused() -> None:
    plan = read("id,start", "umbral,03/04/2021")

    assert refusal(plan) == (
        2,
        "start",
        "Whether “03/04/2021” begins with the day or the month, this column does not say. Write 2021-09-29.",
    )


@pytest.mark.parametrize(
    ("heading", "cell", "answer"),
    [
        ("D5", "14", {"D5": {"value": 14}}),
        ("mentee_count", "0", {"D5": {"value": 0}}),
        ("D6", "9", {"D6": {"value": {"total": 9}}}),
        ("D6 women", "5", {"D6": {"value": {"women": 5}}}),
        ("D7", "1 204", {"D7": {"value": 1204}}),
        ("F1", "6,5", {"F1": {"value": 6.5}}),
        ("recommend_percent", "85 %", {"I3": {"value": {"percent": 85}}}),
        (
            "later_results",
            "promotion | 5 | 12; new_role | 2",
            {"I4": {"value": [{"result": "promotion", "number": 5, "of": 12}, {"result": "new_role", "number": 2}]}},
        ),
    ],
)
def test_figures_of_an_edition_may_stand_beside_its_initiative(heading: str, cell: str, answer: Any) -> None:
    plan = read(f"id;edition;year;{heading}", f'umbral;Second;2022;"{cell}"')

    edition = plan.initiatives[0].editions[0]
    assert (edition.label, edition.year) == ("Second", 2022)
    assert figures(plan) == answer


def test_editions_stand_in_a_sheet_of_their_own() -> None:
    book = Workbook()
    initiatives = book.active
    assert initiatives is not None
    initiatives.title = "Initiatives"
    for row in (["Organisation", "Name of the initiative", "Status"], ["Andes", "Umbral", "Running"]):
        initiatives.append(row)
    editions = book.create_sheet("Editions")
    for row in (
        ["Organisation", "Initiative", "Edition", "Year", "Mentees", "Pairs"],
        ["Andes", "umbral", "First", 2021, 6, 6],
        ["Andes", "Umbral", "Second", 2022, 14, "?"],
        ["Norte", "Otra", "1", None, 5, 5],
    ):
        editions.append(row)
    buffer = io.BytesIO()
    book.save(buffer)

    plan = read_answers(read_files([("answers.xlsx", buffer.getvalue())]))

    assert (plan.refused, plan.flagged, plan.rows) == ([], [], 4)
    umbral, otra = plan.initiatives
    assert (umbral.id, umbral.organisation, umbral.name) == ("", "Andes", "Umbral")
    assert [(one.label, one.year, one.answers) for one in umbral.editions] == [
        ("First", 2021, {"D5": {"value": 6}, "D7": {"value": 6}}),
        ("Second", 2022, {"D5": {"value": 14}, "D7": {"state": "unknown"}}),
    ]
    assert (otra.id, otra.organisation, len(otra.editions)) == ("Otra", "Norte", 1)


def test_the_public_export_can_be_read() -> None:
    """One row for each edition, the initiative repeated."""
    plan = read(
        "id,organisation,country,kinds,status,edition,year,mentee_count,pair_count,duration_months,as_of,source",
        "umbral,Andes,PE,coaching,running,1,2021,6,6,,2021-07-29,Meeting",
        "umbral,Andes,PE,coaching,running,2,2022,14,14,6,2021-07-29,Meeting",
        "norte,Norte,CL,training,idea,,,,,,,",
    )

    assert (plan.refused, plan.flagged) == ([], [])
    umbral, norte = plan.initiatives
    assert [one.label for one in umbral.editions] == ["1", "2"]
    assert umbral.about == {"source": "Meeting", "as_of": "2021-07-29"}
    assert norte.editions == []


def test_rows_that_contradict_each_other_are_refused() -> None:
    plan = read("id,status,edition", "umbral,running,1", "umbral,idea,1")

    assert plan.refused == [
        Note("initiatives", 3, "status", "An earlier row answers this otherwise. Its answer counts."),
        Note("initiatives", 3, "edition", "An earlier row tells of this edition already."),
    ]
    assert plan.initiatives[0].answers == {"B3": {"value": "running"}}


@pytest.mark.parametrize(
    ("lines", "name", "heading", "reason"),
    [
        (
            ["organisation,status", "Andes,running"],
            "initiatives.csv",
            "organisation",
            "Neither an identifier nor an organisation with a name says which initiative it is.",
        ),
        (
            ["organisation,label,D5", "Andes,1,6"],
            "editions.csv",
            "organisation",
            "Of which initiative is this edition?",
        ),
        (
            ["organisation,topic,value", "Andes,,none"],
            "x.csv",
            "topic",
            "A statement needs an organisation and a topic.",
        ),
        (
            ["id,part_of,type", ",andes,ngo"],
            "x.csv",
            "id",
            "Neither an identifier nor a name says which organisation this is.",
        ),
        (["id,year,D5", "umbral,soon,6"], "initiatives.csv", "year", "“soon” is no number."),
        (["id,year,D5", "umbral,21,6"], "initiatives.csv", "year", "“21” is no year."),
        (["id,status", "id,status"], "initiatives.csv", "id", "This row repeats the headings."),
        (
            ["id,status", "umbral,running,6"],
            "initiatives.csv",
            "id",
            "This row has more cells than there are headings: its answers stand in wrong columns.",
        ),
    ],
)
def test_rows_that_say_too_little_are_refused(lines: list[str], name: str, heading: str, reason: str) -> None:
    plan = read(*lines, name=name)

    assert refusal(plan) == (2, heading, reason)


def test_columns_that_are_not_known_are_flagged_and_never_dropped_in_silence() -> None:
    plan = read("id,status,Shoe size,B6,status,Empty", "umbral,running,38,2019 / 3,idea,")

    assert [(note.row, note.column, note.reason) for note in plan.flagged] == [
        (1, "Shoe size", "This heading is not known. The column was left out."),
        (1, "B6", "This question has several parts. Give each a column: first_year, editions_completed."),
        (1, "status", "This column stands twice. The first one counts."),
    ]


def test_a_heading_that_could_ask_two_things_is_flagged() -> None:
    """How many mentors, or whether they are women?"""
    plan = read("id,Mentors", "umbral,9")

    assert [note.column for note in plan.flagged] == ["Mentors"]


def test_answers_of_the_organisation_may_stand_beside_its_initiatives() -> None:
    plan = read("Organisation,Name of the initiative,A3,K4", "Andes,Umbral,ngo,yes", "Andes,Norte,company,yes")

    assert [(each.name, each.answers) for each in plan.organisations] == [
        ("Andes", {"A3": {"value": "ngo"}, "K4": {"value": "yes"}})
    ]
    assert refusal(plan) == (3, "A3", "An earlier row answers this otherwise. Its answer counts.")


def test_statements_are_read() -> None:
    plan = read("organisation,topic,value,evidence", "Andes,role_models,none,No role models.")

    statement = plan.statements[0]
    assert (statement.organisation, statement.topic, statement.value) == ("Andes", "role_models", "none")
    assert statement.about == {"evidence": "No role models."}


def test_a_plan_is_the_same_again_from_its_json() -> None:
    plan = read("id,status,edition,Shoe", "umbral,walking,1,38")

    assert Plan.from_json(plan.as_json()) == plan


@pytest.mark.parametrize(
    ("name", "data"),
    [("package.zip", b"PK\x03\x04 nothing"), ("answers.pdf", b"%PDF-1.4"), ("package.zip", b"")],
)
def test_files_of_another_kind_are_refused_in_a_sentence(name: str, data: bytes) -> None:
    with pytest.raises(SpreadsheetError):
        read_files([(name, data)])


def test_an_archive_without_tables_is_no_package() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "hello")

    with pytest.raises(SpreadsheetError, match="no package of ours"):
        read_files([("package.zip", buffer.getvalue())])
