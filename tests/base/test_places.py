from datetime import UTC, datetime

import pytest
from django.utils import translation

from wimmentor.base.codes.places import (
    country_choices,
    country_name,
    is_time_zone,
    language_choices,
    language_name,
    match_country,
    match_language,
    offset_minutes,
    time_zone_choices,
)
from wimmentor.base.text import fold

WINTER = datetime(2026, 1, 15, 12, tzinfo=UTC)
SUMMER = datetime(2026, 7, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("MX", "MX"),
        ("mex", "MX"),
        (" méxico ", "MX"),
        ("Perú", "PE"),
        ("Sénégal", "SN"),
        ("Afrika Selatan", "ZA"),
        ("Brasil", "BR"),
        ("USA", "US"),
        ("EE.UU.", "US"),
        ("Côte d’Ivoire", "CI"),
        ("Cote d'Ivoire", "CI"),
        ("DRC", "CD"),
        ("République démocratique du Congo", "CD"),
        ("Congo (RDC)", "CD"),
        ("Congo-Brazzaville", "CG"),
        ("Congo, The Democratic Republic of the", "CD"),
        ("Tanzania, United Republic of", "TZ"),
        ("Korea, Republic of", "KR"),
        ("The Gambia", "GM"),
        ("Lima, Peru", None),
        ("South Korea", "KR"),
        ("Turkey", "TR"),
        ("Bolivia (Plurinational State of)", "BO"),
        ("Congo", None),
        ("CONGO (the)", None),
        ("Korea", None),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_match_country(written: str, code: str | None) -> None:
    assert match_country(written) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("es", "es"),
        ("Español", "es"),
        ("castellano", "es"),
        ("francais", "fr"),
        ("haoussa", "ha"),
        ("isiZulu", "zu"),
        ("Aimara", "ay"),
        ("Quechua", "qu"),
        ("Mapudungun", "arn"),
        ("Kiswahili", "sw"),
        ("pt-BR", "pt"),
        ("Portuguese (Brazil)", "pt"),
        ("Bahasa Indonesia", "id"),
        ("Mongolian", "mn"),
        ("lengua de señas peruana", None),
        ("", None),
    ],
)
def test_match_language(written: str, code: str | None) -> None:
    assert match_language(written) == code


def test_names_follow_the_reader() -> None:
    assert (country_name("ZA"), language_name("sw")) == ("South Africa", "Swahili")
    with translation.override("es"):
        assert (country_name("ZA"), language_name("sw")) == ("Sudáfrica", "Suajili")
    with translation.override("pt-br"):
        assert country_name("IR") == "Irã"
    assert (country_name("QQ"), country_name(""), language_name("")) == ("QQ", "", "")


def test_country_choices_are_all_and_sorted_for_the_reader() -> None:
    english = country_choices()
    assert len(english) == 250
    assert len({name for _, name in english}) == 250
    assert english[0] == ("AF", "Afghanistan")
    names = [fold(name) for _, name in english]
    assert names == sorted(names)
    with translation.override("es"):
        spanish = dict(country_choices())
        assert spanish["DE"] == "Alemania"
        assert [code for code, _ in country_choices()] != [code for code, _ in english]


def test_language_choices_have_every_two_letter_code() -> None:
    codes = [code for code, _ in language_choices()]
    assert len([code for code in codes if len(code) == 2]) == 183
    assert {"qu", "ay", "sw", "zu", "bem", "nso"} <= set(codes)
    assert match_country("CD") == "CD"


def test_every_name_offered_is_understood_or_ambiguous() -> None:
    with translation.override("en"):
        assert [name for code, name in country_choices() if match_country(name) != code] == []
        assert [name for code, name in language_choices() if match_language(name) != code] == []


def test_offset_minutes_follows_the_season() -> None:
    assert offset_minutes("America/Santiago", WINTER) == -180
    assert offset_minutes("America/Santiago", SUMMER) == -240
    assert offset_minutes("Asia/Kathmandu", WINTER) == 345
    assert offset_minutes("UTC", WINTER) == 0


@pytest.mark.parametrize("zone", ["Lima", "", "../../etc/passwd", "America/Nowhere"])
def test_offset_minutes_refuses_what_is_no_zone(zone: str) -> None:
    assert is_time_zone(zone) is False
    with pytest.raises(ValueError, match="is not a time zone we know"):
        offset_minutes(zone, WINTER)


def test_offset_minutes_refuses_a_moment_without_zone() -> None:
    with pytest.raises(ValueError, match="A moment needs a time zone"):
        offset_minutes("UTC", WINTER.replace(tzinfo=None))


def test_time_zone_choices_show_the_offset_of_the_moment() -> None:
    groups = dict(time_zone_choices(WINTER))
    assert list(groups) == ["Africa", "Americas", "Asia", "Atlantic", "Australia", "Europe", "Indian Ocean", "Pacific"]
    americas = dict(groups["Americas"])
    assert americas["America/Lima"] == "Lima (UTC−05:00)"
    assert americas["America/Argentina/San_Juan"] == "San Juan, Argentina (UTC−03:00)"
    assert dict(dict(time_zone_choices(SUMMER))["Americas"])["America/Santiago"] == "Santiago (UTC−04:00)"
    assert all(is_time_zone(zone) for _, zones in time_zone_choices(WINTER) for zone, _ in zones)
