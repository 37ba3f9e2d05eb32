"""Hours as people write them in five languages: read where they can mean one thing only."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from wimmentor.base.languages import site_languages, speak
from wimmentor.base.weekhours import DAYS, UnreadWeek, format_week, parse_week, read_week, word_week

WORKING = parse_week("mon 18-20;tue 18-20;wed 18-20;thu 18-20;fri 18-20")
# The days of a week and "to", as each language writes them.
NAMES = {
    "en": ("Monday Tuesday Wednesday Thursday Friday Saturday Sunday", "to"),
    "es": ("lunes martes miércoles jueves viernes sábado domingo", "a"),
    "fr": ("lundi mardi mercredi jeudi vendredi samedi dimanche", "à"),
    "pt": ("segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo", "às"),
    "id": ("Senin Selasa Rabu Kamis Jumat Sabtu Minggu", "sampai"),
}
languages = st.sampled_from(sorted(NAMES))
days = st.integers(0, 6)
# Slots at which hours begin and end, not before eight: earlier figures may be meant for the evening.
spans = st.tuples(st.integers(16, 48), st.integers(16, 48)).filter(lambda span: span[0] < span[1])


@pytest.mark.parametrize(
    "text",
    [
        "lun-vie 18-20",
        "lunes a viernes de 18:00 a 20:00",
        "18:00 a 20:00, de lunes a viernes",
        "L-V 18 a 20 hrs",
        "Lun - Vie: 18 - 20",
        "Mon–Fri 6pm-8pm",
        "from Monday to Friday, between 6 p.m. and 8 p.m.",
        "6-8pm Mon-Fri",
        "du lundi au vendredi de 18h à 20h",
        "lundi, mardi, mercredi, jeudi et vendredi 18 h 00 – 20 h 00",
        "segunda a sexta-feira das 18h às 20h",
        "seg–sex 18h-20h",
        "Senin s/d Jumat pukul 18.00-20.00",
        "Senin, Selasa, Rabu, Kamis dan Jum’at jam 18-20",
        "lun 18-20, mar 18-20\nMIÉRCOLES 18-20; jue y vie 6 p. m. a 8 p. m.",
    ],
)
def test_one_week_in_many_words(text: str) -> None:
    assert read_week(text) == (WORKING, False)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("sábado 9h30-11h", "sat 9:30-11"),
        ("10pm-12am Sat", "sat 22-24"),
        ("12am-1am Sat", "sat 0-1"),
        ("12-2pm Sat", "sat 12-14"),
        ("entre las 18 y las 20 los domingos", "sun 18-20"),
        ("fri-mon 9-10", "mon 9-10;fri 9-10;sat 9-10;sun 9-10"),
        ("todos los días 19:00 a 20:00", ";".join(f"{day} 19-20" for day in DAYS)),
        ("hari Minggu 9-12", "sun 9-12"),
    ],
)
def test_days_and_hours(text: str, hours: str) -> None:
    assert format_week(parse_week(text)) == hours


@pytest.mark.parametrize(
    "text",
    [
        "lun/vie 18-20",  # these two, or from one to the other
        "weekdays 18-20",  # some work on Saturdays
        "mon 10-2pm",
        "mon 6pm-8",
        "mon 11-12pm",
        "mon 14am-15",
        "lun 18 y 20",
        "lun 1800-2000",
        "lun 18h 20h",
        "lun-lun 18-20",
        "setiap hari Senin 18-20",
        "lun 18-20 GMT-5",
        "no lunes 18-20",
        "every second Monday 18-20",
        "mon 9-5",
        "2ª a 6ª 18-20",
        "lun 18-20 a 21",
        "se 18-20",  # senin, selasa, segunda
    ],
)
def test_what_is_doubtful_is_not_read(text: str) -> None:
    with pytest.raises(UnreadWeek):
        parse_week(text)


@pytest.mark.parametrize(
    ("text", "is_doubtful"),
    [("mon 6-8", True), ("mon 06-08", False), ("mon 6:00-8:00", False), ("mon 6-12", False), ("mon 6-8am", False)],
)
def test_small_figures_may_be_meant_for_the_evening(text: str, is_doubtful: bool) -> None:
    assert read_week(text).is_doubtful is is_doubtful


def test_a_refusal_shows_how_to_write_it_in_the_readers_language() -> None:
    with pytest.raises(UnreadWeek) as refused:
        parse_week("evenings")

    examples = {}
    for language in site_languages():
        with speak(language):
            said = str(refused.value.reason)
            examples[language] = word_week("mon 18-20")
            assert examples[language] in said
    assert examples == {"en": "Mon 18-20", "es": "lun 18-20", "fr": "lun 18-20"}


@given(st.frozensets(st.integers(0, 335)), st.sampled_from(["en", "es", "fr", "pt-br", "id"]))
def test_hours_said_in_a_language_are_read_back(slots: frozenset[int], language: str) -> None:
    with translation.override(language):
        said = word_week(format_week(slots))
    assert parse_week(said) == slots


@given(languages, days, days, spans, st.booleans())
def test_ranges_of_days_are_read_back(language: str, first: int, last: int, span: tuple[int, int], bare: bool) -> None:
    names, to = NAMES[language][0].split(), NAMES[language][1]
    begin, end = (f"{slot // 2:02}:{slot % 2 * 30:02}" for slot in span)
    day_to = "-" if bare or to == "às" else f" {to} "
    some_days = names[first] if first == last else f"{names[first]}{day_to}{names[last]}"

    week = parse_week(f"{some_days} {begin} {'-' if bare else to} {end}")

    wanted = [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    assert week == {day * 48 + slot for day in wanted for slot in range(*span)}


@given(st.text(alphabet="lunvieda 0123456789-–:;,hpm.yàçá\n/&()", max_size=60))
def test_whatever_is_written_is_read_or_refused_with_a_sentence(text: str) -> None:
    said, slots = "", frozenset[int]()
    try:
        slots = parse_week(text)
    except UnreadWeek as refusal:
        said = str(refusal)

    assert "“" in said if said else parse_week(format_week(slots)) == slots
