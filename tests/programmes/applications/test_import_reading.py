"""Rows to people, without a database."""

import io
from typing import Any

import pytest
from openpyxl import Workbook

from programmes.applications.importing import Reading, UnknownField, read_people
from wimmentor.base.spreadsheets import read_table


def read(text: str, *, role: str = "mentee", **options: Any) -> Reading:
    return read_people(read_table(io.BytesIO(text.encode()), "people.csv"), role=role, **options)


def read_cell(field: str, text: str, **options: Any) -> tuple[Any, list[str]]:
    """The value that a cell becomes and what is flagged about it."""
    quoted = text.replace('"', '""')
    reading = read(f'email,name,{field}\nana@example.org,Ana Rojas,"{quoted}"\n', **options)
    column = {"utc_offset": "utc_offset_min"}.get(field, field)
    return reading.entries[0].values.get(column), [str(note.reason) for note in reading.flagged]


def notes(found: list[Any]) -> list[tuple[int, str]]:
    return [(note.row, note.column) for note in found]


def test_a_row_becomes_a_person() -> None:
    reading = read(
        "name,email,country,languages,years_experience,capacity,preferred_mentor_gender,function,employer\n"
        "Noemí Quispe Mamani, NOEMI@example.org ,México,Spanish;en,5,,A woman,Seguridad y salud,Minera Alta\n"
    )

    assert reading.entries[0].person == {
        "row": 2,
        "roles": ["mentee"],
        "email": "noemi@example.org",
        "name": "Noemí Quispe Mamani",
        "country": "MX",
        "languages": ["es", "en"],
        "years_experience": 5,
        "capacity": None,
        "preferred_mentor_gender": "female",
        "function": "Seguridad y salud",
        "employer": "Minera Alta",
    }
    assert reading.entries[0].values["function"] == "hse"
    assert (reading.refused, reading.flagged) == ([], [])


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Noemí Quispe Mamani", "Noemí", "Quispe Mamani"),
        ("Quispe Mamani, Noemí", "Noemí", "Quispe Mamani"),
        ("Siti", "Siti", ""),
    ],
)
def test_names_are_split_so_that_letters_can_greet(name: str, first: str, last: str) -> None:
    reading = read(f'email,name\nana@example.org,"{name}"\n')

    values = reading.entries[0].values
    assert (values["first_name"], values["last_name"]) == (first, last)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("years_experience", "4,5", "4.5"),
        ("years_experience", " 7\u00a0", "7.0"),
        ("years_experience", "0", "0.0"),
        ("capacity", "3 o más", 3),
        ("capacity", "0", 0),
        ("utc_offset", "-5", -300),
        ("utc_offset", "UTC+05:30", 330),
        ("utc_offset", "−3.5", -210),
        ("goals", "leadership;Fly a plane", ["leadership", "Fly a plane"]),
        ("goals", "Work-life balance; rosters", ["work_life"]),
        ("interests", "safety;safety", ["safety_culture"]),
        ("gender", "Mujer", "female"),
        ("preferred_mentor_gender", "me da igual", "no_preference"),
        ("top_criterion", "region", "region"),
        ("top_criterion", "The same field of work", "function"),
        ("rotation", "14x7", "roster_14_7"),
        ("roster_hours", "at_home", "at_home"),
        ("gender_preference_strict", "Sí", True),
        ("gender_preference_strict", "no", False),
        ("time_zone", "America/Lima", "America/Lima"),
        ("availability", "mon 18-20;sat 9-12", "mon 18-20;sat 9-12"),
        ("availability", "Lunes y sábado de 18:00 a 20:00", "mon 18-20;sat 18-20"),
        ("line_manager_email", " Boss@Example.org", "boss@example.org"),
        ("submitted_at", "2027-01-05", "2027-01-05T00:00:00-03:00"),
        ("submitted_at", "2027-01-05T10:00:00+01:00", "2027-01-05T10:00:00+01:00"),
        ("function", "Drone pilot", "Drone pilot"),
        ("employer", "=HYPERLINK(1)", "=HYPERLINK(1)"),
    ],
)
def test_cells_that_are_read_without_a_doubt(field: str, text: str, value: Any) -> None:
    assert read_cell(field, text, zone="America/Santiago") == (value, [])


@pytest.mark.parametrize(
    ("field", "text", "value", "reason"),
    [
        ("years_experience", "3 años y medio", "3.5", "“3 años y medio” was read as 3.5 years."),
        ("years_experience", "many", None, "“many” is no number of years from 0 to 70. It was left empty."),
        ("years_experience", "-2", None, "“-2” is no number of years from 0 to 70. It was left empty."),
        ("years_experience", "20 meses", "1.7", "“20 meses” was read as 1.7 years."),
        ("capacity", "51", None, "“51” is no number of places from 0 to 50. It was left empty."),
        ("country", "Congo", "", "“Congo” is no country that we know for certain. It was left empty."),
        ("languages", "Tsk", ["Tsk"], "“Tsk” is no language that we know; kept as written."),
        ("time_zone", "Lima time", "", "“Lima time” is no time zone like America/Lima."),
        ("utc_offset", "+25", None, "“+25” is no offset like -5 or +05:30."),
        ("gender", "Geologist", "", "“Geologist” is none of the choices. It was left empty."),
        ("submitted_at", "soon", None, "“soon” is no date like 2027-01-31 18:00."),
        ("consent", "", None, "Consent is empty. Ask her before you write to others about her."),
    ],
)
def test_doubts_are_flagged_and_never_guessed(field: str, text: str, value: Any, reason: str) -> None:
    assert read_cell(field, text) == (value, [reason])


def test_what_fits_no_column_stays_in_her_words() -> None:
    reading = read("email,name,capacity\nana@example.org,Ana Rojas,depende del semestre\n", role="mentor")

    assert reading.entries[0].values["answers"] == {"import_capacity": "depende del semestre"}


def test_bad_hours_stay_out() -> None:
    value, reasons = read_cell("availability", "evenings")

    assert value == ""
    assert len(reasons) == 1


def test_hours_that_may_be_in_the_evening_are_said() -> None:
    assert read_cell("availability", "Tue 6-8") == (
        "tue 6-8",
        ["“Tue 6-8” was read as hours of 24, as “Tue 6-8”. For an evening write 18-20."],
    )


def test_hours_in_more_pieces_than_fit_are_left_out_whole() -> None:
    """Cut in the middle they would be others."""
    half_hours = ",".join(f"{hour}-{hour}:30" for hour in range(24))
    text = ";".join(f"{day} {half_hours}" for day in ("mon", "tue", "wed"))

    assert read_cell("availability", text) == (
        "",
        ["These are more separate hours than fit here. They were left empty."],
    )
    assert read_cell("availability", "mon-sun 8-9 and 10-11; mon 9-10, tue 9-10; " * 20)[0].startswith("mon 8-11;")


def test_refusals_name_row_and_column() -> None:
    reading = read(
        "Nombre completo,Correo,consent,role\n"
        "Ana Rojas,,yes,mentee\n"
        "Ana Rojas,ana@example,yes,mentee\n"
        ",berta@example.org,yes,mentee\n"
        "Carla Soto,carla@example.org,no,mentee\n"
        "Dora Paz,dora@example.org,yes,\n"
        "Elsa Gil,elsa@example.org,yes,Sponsor\n"
        "Flor Ríos,flor@example.org,yes,mentee,shifted\n",
        role="column",
        mapping={"Nombre completo": "name", "Correo": "email"},
    )

    assert notes(reading.refused) == [
        (2, "Correo"),
        (3, "Correo"),
        (4, "Nombre completo"),
        (5, "consent"),
        (6, "role"),
        (7, "role"),
        (8, "role"),
    ]
    assert reading.entries == []


def test_strict_refuses_unknown_choices() -> None:
    text = "email,name,goals\nana@example.org,Ana Rojas,leadership;Fly\n"

    assert notes(read(text).refused) == []
    assert notes(read(text, strict=True).refused) == [(2, "goals")]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Both", ("mentee", "mentor")),
        ("Mentora", ("mentor",)),
        ("mentee;mentor", ("mentee", "mentor")),
        ("MENTEE", ("mentee",)),
    ],
)
def test_the_file_says_who_is_what(text: str, roles: tuple[str, ...]) -> None:
    reading = read(f"email,name,role\nana@example.org,Ana Rojas,{text}\n", role="column")

    assert reading.entries[0].roles == roles


def test_of_repeated_addresses_the_later_row_counts() -> None:
    reading = read(
        "email,name,years_experience\nana@example.org,Ana Rojas,1\nberta@example.org,Berta Cano,2\n"
        " ANA@example.org,Ana Rojas,3\n"
    )

    assert [(entry.row, entry.values["years_experience"]) for entry in reading.entries] == [(3, "2.0"), (4, "3.0")]
    assert [(note.row, note.column, str(note.reason)) for note in reading.flagged] == [
        (2, "email", "The same e-mail stands again in row 4, which counts.")
    ]


def test_who_takes_consent_back_later_stays_out() -> None:
    reading = read("email,name,consent\nana@example.org,Ana Rojas,yes\nana@example.org,Ana Rojas,no\n")

    assert reading.entries == []
    assert notes(reading.refused) == [(3, "consent")]
    assert notes(reading.flagged) == [(2, "email")]


def test_a_later_row_that_is_refused_for_its_form_replaces_nobody() -> None:
    reading = read("email,name\nana@example.org,Ana Rojas\nana@example.org,\n")

    assert [entry.row for entry in reading.entries] == [2]


def test_unknown_headings_are_left_out_and_said() -> None:
    reading = read("email,name,Favourite mineral,notes\nana@example.org,Ana Rojas,azurite,phoned\n")

    assert reading.unknown_headings == ["Favourite mineral"]
    assert notes(reading.flagged) == [(1, "Favourite mineral")]
    assert reading.entries[0].values["notes"] == "phoned"


def test_a_heading_mapped_to_nothing_is_left_out_in_silence() -> None:
    reading = read("email,name,score\nana@example.org,Ana Rojas,5\n", mapping={"score": None})

    assert reading.flagged == []


def test_a_mapping_to_no_field_is_wrong_use() -> None:
    with pytest.raises(UnknownField, match="surname"):
        read("email,name\n", mapping={"name": "surname"})


def test_hidden_columns_are_not_answers() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["email", "name", "notes"])
    sheet.append(["ana@example.org", "Ana Rojas", "internal"])
    sheet.column_dimensions["C"].hidden = True
    file = io.BytesIO()
    book.save(file)
    file.seek(0)

    reading = read_people(read_table(file, "people.xlsx"), role="mentee")

    assert "notes" not in reading.entries[0].values


def test_headings_alone_are_nobody() -> None:
    reading = read("email,name\n")

    assert (reading.read, reading.entries, reading.refused) == (0, [], [])


def test_a_reading_survives_being_stored() -> None:
    reading = read("email,name,goals\nana@example.org,Ana Rojas,leadership\n,Berta,\n")

    assert Reading.from_json(reading.as_json()) == reading
