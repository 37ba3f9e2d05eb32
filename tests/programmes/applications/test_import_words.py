"""Numbers, dates, choices and consent, as people write them; with generated ones where a hand-made list stops short."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programmes.applications.importing.choices import Splitter, match_any
from programmes.applications.importing.dates import DateOrder, find_moment
from programmes.applications.importing.words import parse_capacity, parse_consent, parse_years
from tests.programmes.applications.test_import_reading import notes, read, read_cell

FEW = settings(max_examples=60, deadline=None)
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
CHOICES = ["Leadership and promotion", "Technical path", "Confidence", "Work-life balance; rosters"]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        *(("thirty-five years", "35"), ("thirty five", "35"), ("fifty", "50"), ("twenty-one", "21")),
        *(("treinta y cinco", "35"), ("veintidós años", "22"), ("cincuenta", "50"), ("dieciséis", "16")),
        *(("vingt et un ans", "21"), ("trente-deux", "32"), ("dix-sept ans", "17"), ("soixante-dix", "70")),
        *(("trinta e cinco anos", "35"), ("vinte e um", "21"), ("quinze anos e meio", "15.5")),
        *(("tiga puluh lima tahun", "35"), ("dua belas", "12"), ("duabelas tahun", "12"), ("dua puluh", "20")),
        *(("treinta años y seis meses", "30.5"), ("½", "0.5"), ("1/2", "0.5"), ("5½ años", "5.5"), ("setengah", "0.5")),
    ],
)
def test_years_in_words_of_five_languages(text: str, years: str) -> None:
    found = parse_years(text)

    assert found is not None
    assert (found.value, found.is_plain) == (Decimal(years), False)


@pytest.mark.parametrize("text", ["1e1", "2.5", "-1", "depende", "x3", "", "siete u ocho quizás", "1 2", "1 000"])
def test_what_is_no_number_of_places(text: str) -> None:
    assert parse_capacity(text) is None


def test_figures_apart_are_not_read_as_one() -> None:
    assert parse_years("4 5") is None


def test_a_number_that_was_rounded_is_said() -> None:
    assert read_cell("years_experience", "1.234") == ("1.2", ["“1.234” was read as 1.2 years."])


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("UTC", 0), ("GMT", 0), ("Z", 0), ("-0330", -210), ("+0530", 330), ("05:45", 345), ("5.75", 345)],
)
def test_offsets_that_are_certain(text: str, minutes: int) -> None:
    assert read_cell("utc_offset", text) == (minutes, [])


@pytest.mark.parametrize("text", ["-330", "330", "-300", "15:00", "5:30:00"])
def test_offsets_that_may_be_minutes_are_asked(text: str) -> None:
    assert read_cell("utc_offset", text) == (None, [f"“{text}” is no offset like -5 or +05:30."])


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *(("I agree", True), ("I do not agree", False), ("I don't consent", False), ("Disagree", False)),
        *(("Estoy de acuerdo", True), ("No estoy de acuerdo", False), ("En desacuerdo", False), ("Sí, acepto", True)),
        *(("J'accepte", True), ("Je n'accepte pas", False), ("D'accord", True), ("Pas d'accord", False)),
        *(("Concordo", True), ("Não aceito", False), ("Saya setuju", True), ("Saya tidak setuju", False)),
        *(("maybe", None), ("", None)),
    ],
)
def test_consent_in_words(text: str, answer: bool | None) -> None:
    assert parse_consent(text) is answer


def test_who_does_not_agree_stays_out() -> None:
    reading = read("name,email,consent\nAna,ana@example.org,I agree\nEva,eva@example.org,I do not agree\n")

    assert [entry.email for entry in reading.entries] == ["ana@example.org"]
    assert (notes(reading.refused), reading.flagged) == ([(3, "consent")], [])


def test_a_mapping_of_a_heading_that_is_not_there_is_said() -> None:
    reading = read("name,email\nAna,ana@example.org\n", mapping={"Kountry": "country", "Land": None})

    assert notes(reading.flagged) == [(1, "Kountry")]


def test_a_language_without_a_two_letter_code_is_kept_but_not_shown() -> None:
    reading = read("name,email,languages\nAna,ana@example.org,Spanish;Mapudungun;xx\n")

    assert reading.entries[0].values["languages"] == ["es", "arn", "xx"]
    assert reading.entries[0].person["languages"] == ["es"]
    assert [str(note.reason) for note in reading.flagged] == ["“xx” is no language that we know; kept as written."]


@FEW
@given(day=DAYS, form=st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y"]))
def test_a_date_that_says_its_order_is_that_day(day: date, form: str) -> None:
    moment = find_moment(day.strftime(form))

    assert moment is not None
    assert {moment.day(order) for order in ("dmy", "mdy", "")} == {day}


@FEW
@given(first=DAYS, gaps=st.lists(st.integers(0, 40), min_size=1, max_size=8), sign=st.sampled_from("/-."))
def test_a_column_is_never_read_in_an_order_that_one_of_its_cells_denies(
    first: date, gaps: list[int], sign: str
) -> None:
    days = [first + timedelta(sum(gaps[:count])) for count in range(len(gaps))]
    cells = [day.strftime(f"%d{sign}%m{sign}%Y") for day in days]

    order = DateOrder.of(cells)

    assert order.is_mixed is False
    if any(day.day > 12 for day in days):
        assert (order.order, order.is_inferred) == ("dmy", False)
    elif order.order:
        assert order.is_inferred


@FEW
@given(text=st.text(max_size=40))
def test_anything_at_all_is_a_number_in_range_or_none(text: str) -> None:
    for found in (parse_years(text), parse_capacity(text)):
        assert found is None or 0 <= found.value < 100_000
    find_moment(text)
    parse_consent(text)


@FEW
@given(
    rows=st.lists(st.lists(st.sampled_from(CHOICES), unique=True, max_size=4), min_size=1, max_size=8),
    joint=st.sampled_from([", ", ";", "; ", " ||| ", "\n"]),
)
def test_what_was_ticked_comes_out_again(rows: list[list[str]], joint: str) -> None:
    cells = [joint.join(row) for row in rows]
    splitter = Splitter(cells, match_any, options=CHOICES)

    assert [splitter.split(cell) for cell in cells] == rows
