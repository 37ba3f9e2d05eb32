"""Exports of four form tools as they are, without a mapping; what is expected is read from them by other means."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from programmes.applications.importing import PairEntry, guess_columns, guess_role, read_pairs
from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from tests.programmes.applications.coordinators import make_cohort
from wimmentor.base.spreadsheets import Table, read_table

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
MENTEES_ES, MENTORS_ES = "google_forms_mentees_es.csv", "google_forms_mentors_es.csv"
BOTH_EN, MENTEES_FR = "ms_forms_mentees_mentors_en.xlsx", "kobo_mentees_fr.csv"
COUNTRIES = {
    "México": "MX",
    "Perú": "PE",
    "Bolivia": "BO",
    "Ecuador": "EC",
    "Colombia": "CO",
    "Argentina": "AR",
    "Chile": "CL",
    "España": "ES",
    "Sénégal": "SN",
    "Mali": "ML",
    "Niger": "NE",
    "Côte d’Ivoire": "CI",
    "Burkina Faso": "BF",
    "Guinée": "GN",
    "République démocratique du Congo": "CD",
    "Madagascar": "MG",
    "Canada": "CA",
    "South Africa": "ZA",
    "Ghana": "GH",
    "Kenya": "KE",
    "Ireland": "IE",
    "Mongolia": "MN",
    "New Zealand": "NZ",
    "Zimbabwe": "ZW",
    "United Kingdom": "GB",
    "Philippines": "PH",
    "Zambia": "ZM",
    "Tanzania": "TZ",
    "Australia": "AU",
    "Papua New Guinea": "PG",
    "DRC": "CD",
    "USA": "US",
    "Congo": None,
}
LANGUAGES = {
    "Español": "es",
    "Inglés": "en",
    "Portugués": "pt",
    "Quechua": "qu",
    "Aimara": "ay",
    "francais": "fr",
    "anglais": "en",
    "wolof": "wo",
    "bambara": "bm",
    "lingala": "ln",
    "swahili": "sw",
    "haoussa": "ha",
    "English": "en",
    "French": "fr",
    "Spanish": "es",
    "Swahili": "sw",
    "isiZulu": "zu",
    "Afrikaans": "af",
    "Mongolian": "mn",
}
WISHES = {
    "Mujer": "female",
    "Hombre": "male",
    "Me da igual": "no_preference",
    "femme": "female",
    "homme": "male",
    "indifferent": "no_preference",
    "A woman": "female",
    "A man": "male",
    "No preference": "no_preference",
    "": None,
}
Row = dict[str, str]


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


def run(cohort: Cohort, name: str, role: str, *options: str) -> dict[str, Any]:
    out, err = io.StringIO(), io.StringIO()
    command = ["import_applications", str(cohort.pk), str(SAMPLES / name), "--role", role, "--json", *options]
    call_command(*command, stdout=out, stderr=err)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def table(name: str) -> Table:
    with (SAMPLES / name).open("rb") as file:
        return read_table(file, name)


def places(notes: list[dict[str, Any]]) -> list[tuple[int, str]]:
    return [(note["row"], note["column"]) for note in notes]


def rows_of_csv(name: str, encoding: str, delimiter: str) -> dict[int, Row]:
    """Rows by the number that a spreadsheet shows: a line break in a cell is no row."""
    text = (SAMPLES / name).read_bytes().decode(encoding)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    return dict(enumerate(reader, 2))


def rows_of_xlsx(name: str) -> dict[int, Row]:
    sheet = load_workbook(SAMPLES / name).worksheets[0]
    headings, *rows = sheet.iter_rows(values_only=True)
    return {
        number: {str(key): "" if value is None else str(value) for key, value in zip(headings, row, strict=True)}
        for number, row in enumerate(rows, 2)
    }


def person(number: int, roles: list[str], **values: Any) -> dict[str, Any]:
    empty = {"years_experience": None, "capacity": None, "preferred_mentor_gender": None}
    return {"row": number, "roles": roles, **empty, **values}


def spanish(number: int, row: Row, role: str, **exceptions: Any) -> dict[str, Any]:
    wish, places = (
        row.get("¿Prefieres que te acompañe una mujer o un hombre?", ""),
        row.get("¿A cuántas mentees puedes acompañar?", ""),
    )
    employer = next(value for key, value in row.items() if key.startswith("¿En qué empresa trabajas?"))
    values = {
        "email": row["Dirección de correo electrónico"].strip().lower(),
        "name": row["¿Cuál es tu nombre completo?"].strip(),
        "country": COUNTRIES[row["¿En qué país vives?"].strip()],
        "languages": [LANGUAGES[each] for each in _spoken(row)] if "languages" not in exceptions else [],
        "years_experience": exceptions.get("years_experience")
        or int(row["¿Cuántos años de experiencia tienes en minería?"]),
        "capacity": {"1": 1, "2": 2, "3 o más": 3}.get(places),
        "preferred_mentor_gender": WISHES[wish],
        "function": row["¿En qué área trabajas?"],
        "employer": employer or None,
    }
    return person(number, [role], **{**values, **exceptions})


def french(number: int, row: Row) -> dict[str, Any]:
    years = float(row["profil/annees_experience"].replace(",", "."))
    return person(
        number,
        ["mentee"],
        email=row["profil/email"].strip().lower(),
        name=f"{row['profil/prenom']} {row['profil/nom']}".strip(),
        country=COUNTRIES[row["profil/pays"]],
        languages=[LANGUAGES[code] for code in row["profil/langues"].split()],
        years_experience=int(years) if years.is_integer() else years,
        preferred_mentor_gender=WISHES[row["preferences/genre_mentor"]],
        function=row["profil/fonction"],
        employer=row["profil/employeur"] or None,
    )


def english(number: int, row: Row) -> dict[str, Any]:
    roles = {"Mentee": ["mentee"], "Mentor": ["mentor"], "Both": ["mentee", "mentor"]}[row["I apply as"]]
    years = int(row["Years of experience in mining"].strip())
    spoken = [each for each in row["Languages you are comfortable speaking"].split(";") if each in LANGUAGES]
    return person(
        number,
        roles,
        email=row["What is your e-mail address?"].strip().lower(),
        name=f"{row['First name']} {row['Family name']}",
        country=COUNTRIES[row["Country you live in"]],
        languages=[LANGUAGES[each] for each in spoken],
        years_experience=years if years >= 0 else None,
        capacity=int(row["How many mentees can you take?"]) if row["How many mentees can you take?"] else None,
        preferred_mentor_gender=WISHES[row["I would prefer a mentor who is..."]],
        function=row["Main function"],
        employer=row["Employer"] or None,
    )


@pytest.mark.parametrize(
    ("name", "role"),
    [(MENTEES_ES, "mentee"), (MENTORS_ES, "mentor"), (BOTH_EN, "column"), (MENTEES_FR, "mentee")],
)
def test_whose_answers_they_are_is_guessed(name: str, role: str) -> None:
    assert guess_role(table(name)) == role


@pytest.mark.django_db
class TestGoogleForms:
    def test_mentees(self, cohort: Cohort) -> None:
        report = run(cohort, MENTEES_ES, "mentee", "--accept")

        assert (report["read"], report["created"], report["updated"]) == (30, 27, 0)
        assert report["refused"] == [
            {"row": 11, "column": "¿Cuál es tu nombre completo?", "reason": "A name is needed."},
            {
                "row": 17,
                "column": "Dirección de correo electrónico",
                "reason": "This is no complete e-mail address.",
            },
        ]
        assert places(report["flagged"]) == [
            (1, "¿En qué ciudad o unidad minera trabajas?"),
            (1, "¿Cuántas horas al mes puedes dedicar?"),
            (5, "Dirección de correo electrónico"),
            (28, "¿Cuántos años de experiencia tienes en minería?"),
        ]
        assert report["flagged"][-1]["reason"] == "“3 años y medio” was read as 3.5 years."
        rows = rows_of_csv(MENTEES_ES, "utf-8-sig", ",")
        assert report["people"] == [
            spanish(number, row, "mentee", **({"years_experience": 3.5} if number == 28 else {}))
            for number, row in rows.items()
            if number not in (5, 11, 17)
        ]

    def test_what_mentees_wrote_is_whole(self, cohort: Cohort) -> None:
        run(cohort, MENTEES_ES, "mentee")

        people = {each.import_row: each for each in Application.objects.filter(cohort=cohort)}
        # Her own words hold a comma, and so do three of the choices.
        assert people[4].goals == ("technical_path", "quiero abrir una empresa de servicios, con socias")
        assert people[2].goals == ("work_life", "change_function", "visibility")
        assert (people[6].email, people[6].country) == ("graciela.villasenor@example.org", "BO")
        assert people[9].employer == '=HYPERLINK("http://www.example.com/x";"Minera Ñandú")'
        assert people[14].notes == (
            "Porque creo en nosotras 💪🏽⛏️👩🏾\u200d🔧 y ¡ya era hora! 🇵🇪\nSegunda línea de la misma respuesta."
        )
        assert len(people[20].notes) == 6531
        assert people[22].line_manager_email == "mentora.jefa@example.org"
        assert (people[26].email, str(people[26].years_experience)) == ("zoraida.huanca@example.org", "1.0")
        assert (people[2].preferred_mentor_gender, people[2].gender_preference_strict) == ("female", False)
        assert (people[4].preferred_mentor_gender, people[4].gender_preference_strict) == ("female", True)
        assert people[2].time_zone == "America/Mexico_City"
        assert people[2].submitted_at is not None
        assert people[2].submitted_at.date() == date(2026, 3, 2)

    def test_mentors(self, cohort: Cohort) -> None:
        report = run(cohort, MENTORS_ES, "mentor")

        assert (report["read"], report["created"]) == (18, 17)
        assert report["refused"] == [
            {"row": 9, "column": "Dirección de correo electrónico", "reason": "An e-mail address is needed."}
        ]
        assert places(report["flagged"]) == [
            (1, "¿Cuántas horas al mes puedes dedicar?"),
            (1, "¿Has sido mentora o mentor antes?"),
            # No day is past the twelfth: it is the language of the form that says which figure is the month.
            (1, "Marca temporal"),
            (12, "¿A cuántas mentees puedes acompañar?"),
            (15, "¿A cuántas mentees puedes acompañar?"),
            (17, "¿En qué idiomas puedes conversar con soltura?"),
        ]
        rows = rows_of_csv(MENTORS_ES, "utf-8-sig", ",")
        exceptions: dict[int, dict[str, Any]] = {17: {"languages": ["es"], "years_experience": 18}}
        assert report["people"] == [
            spanish(number, row, "mentor", **exceptions.get(number, {})) for number, row in rows.items() if number != 9
        ]
        people = {each.import_row: each for each in Application.objects.filter(cohort=cohort)}
        assert people[4].capacity == 3
        assert people[12].capacity is None
        assert (people[15].capacity, people[15].answers) == (None, {"import_capacity": "depende del semestre"})
        assert people[17].languages == ("es", "lengua de señas peruana")
        assert people[19].submitted_at is not None
        assert people[19].submitted_at.date() == date(2026, 3, 12)

    def test_who_applies_in_both_files_is_one_person_with_two_applications(self, cohort: Cohort) -> None:
        run(cohort, MENTEES_ES, "mentee")
        run(cohort, MENTORS_ES, "mentor")

        found = Application.objects.filter(email=Application.objects.get(import_row=13, role="mentor").email)
        assert sorted(found.values_list("role", "import_row")) == [("mentee", 30), ("mentor", 13)]


@pytest.mark.django_db
class TestMicrosoftForms:
    def test_both_roles(self, cohort: Cohort) -> None:
        report = run(cohort, BOTH_EN, "column")

        assert (report["read"], report["created"]) == (26, 23)
        assert report["refused"] == [
            {"row": 13, "column": "I apply as", "reason": "“Sponsor” is no role: mentee, mentor or both."},
            {
                "row": 16,
                "column": "What is your e-mail address?",
                "reason": "This is no complete e-mail address.",
            },
        ]
        assert places(report["flagged"]) == [
            (8, "What is your e-mail address?"),
            (10, "Languages you are comfortable speaking"),
            (11, "Country you live in"),
            (23, "Years of experience in mining"),
        ]
        assert report["people"] == [
            english(number, row) for number, row in rows_of_xlsx(BOTH_EN).items() if number not in (8, 13, 16)
        ]
        people = {(each.import_row, each.role): each for each in Application.objects.filter(cohort=cohort)}
        assert sorted(role for row, role in people if row == 9) == ["mentee", "mentor"]
        assert sorted(role for row, role in people if row == 20) == ["mentee", "mentor"]
        assert people[5, "mentor"].goals == ("confidence", "work_life")
        assert people[10, "mentor"].languages == ("en", "sign language (SASL)")
        assert people[11, "mentee"].answers == {"import_country": "Congo"}
        assert str(people[19, "mentee" if (19, "mentee") in people else "mentor"].years_experience) == "7.0"
        assert people[25, "mentee" if (25, "mentee") in people else "mentor"].answers == {}
        assert {each.notes for each in people.values()} == {"", "FIFO 8/6 roster", "Evenings only", "Thank you!"}

    def test_system_and_hidden_columns_are_no_answers(self) -> None:
        guesses = {guess.heading: guess for guess in guess_columns(table(BOTH_EN), role="column")}

        assert [name for name, guess in guesses.items() if guess.field is None] == [
            "ID",
            "Start time",
            "Email",
            "Reviewer score (internal)",
        ]
        assert guesses["Reviewer score (internal)"].is_hidden
        assert guesses["What is your e-mail address?"].field == "email"
        assert str(guesses["Email"].reason) == "“What is your e-mail address?” fits better."
        assert guesses["I apply as"].examples == ("Mentee", "Mentor", "Both")


@pytest.mark.django_db
class TestKobo:
    def test_mentees(self, cohort: Cohort) -> None:
        report = run(cohort, MENTEES_FR, "mentee")

        assert (report["read"], report["created"]) == (22, 17)
        assert places(report["refused"]) == [
            (7, "profil/email"),
            (14, "profil/email"),
            (16, "profil/prenom"),
            (18, "consentement"),
        ]
        assert places(report["flagged"]) == [
            (1, "disponibilite/heures_par_mois"),
            (6, "profil/email"),
            (9, "profil/pays"),
            (12, "profil/langues"),
        ]
        assert report["people"] == [
            french(number, row)
            for number, row in rows_of_csv(MENTEES_FR, "cp1252", ";").items()
            if number not in (6, 7, 14, 16, 18)
        ]
        people = {each.import_row: each for each in Application.objects.filter(cohort=cohort)}
        assert people[3].goals == ("visibility", "Créer une coopérative ; l’équiper")
        assert str(people[5].years_experience) == "7.5"
        assert people[12].languages == ()

    def test_the_ticked_columns_say_the_same_as_the_codes(self) -> None:
        found = {guess.heading: guess.field for guess in guess_columns(table(MENTEES_FR), role="mentee")}

        assert {heading for heading, field in found.items() if field == "goals"} == {
            "objectifs",
            *(f"objectifs/{code}" for code in ["leadership", "technique", "confiance", "reseau", "negociation"]),
            *("objectifs/retour_pause", "objectifs/entrepreneuriat", "objectifs/autre", "objectifs_autre"),
        }
        assert [heading for heading in found if heading.startswith("_") and found[heading]] == []


def test_pairs_that_were_made_elsewhere() -> None:
    reading = read_pairs(table("existing_pairs.csv"))

    assert reading.read == 15
    assert [entry.row for entry in reading.entries] == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15]
    assert reading.entries[2] == PairEntry(
        4, "citlali.catrileo@example.org", "milagros.zambrano@example.org", date(2026, 4, 6)
    )
    assert reading.entries[-1].started_on == date(2026, 4, 13)
    assert [(note.row, note.column, str(note.reason)) for note in reading.refused] == [
        (12, "mentee e-mail", "This pair stands in row 2 already."),
        (13, "mentee e-mail", "Mentor and mentee are the same person."),
        (14, "start date", "There is no such day as “2026-04-31”."),
        (16, "mentee e-mail", "An e-mail address is needed."),
    ]
    assert [(note.row, note.column) for note in reading.flagged] == [(15, "start date")]


def _spoken(row: dict[str, str]) -> list[str]:
    """Mapudungun is kept with the application, but ISO 639-1 has no code for it."""
    return [each for each in row["¿En qué idiomas puedes conversar con soltura?"].split(", ") if each != "Mapudungun"]
