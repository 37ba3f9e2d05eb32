import pytest
from hypothesis import given
from hypothesis import strategies as st

from wimmentor.base.weekhours import format_week, parse_week, shift_to_utc


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("", set()),
        (" ; ", set()),
        ("mon 0-1", {0, 1}),
        ("mon 18-20", {36, 37, 38, 39}),
        ("Mon 18:30-20:00", {37, 38, 39}),
        ("sun 23-24", {334, 335}),
        ("Tuesday 9–10", {66, 67}),
        ("thurs 8-9", {160, 161}),
        ("mon 8-9, 10-11", {16, 17, 20, 21}),
        ("mon 8-9 10-11;", {16, 17, 20, 21}),
        ("mon 0-0:30;mon 0-1", {0, 1}),
        ("wed\u00a01-1:30", {98}),
    ],
)
def test_parse_week(text: str, slots: set[int]) -> None:
    assert parse_week(text) == slots


@pytest.mark.parametrize(
    ("text", "named", "reason"),
    [
        ("mon 18-20;funday 9-12", "funday 9-12", "is not a day with hours"),
        ("evenings", "evenings", "is not a day with hours"),
        ("m 9-12", "m 9-12", "is not a day with hours"),
        ("18-20", "18-20", "is not a day with hours"),
        ("mon 9", "mon 9", "has hours that cannot be read"),
        ("mon 9-12-14", "mon 9-12-14", "has hours that cannot be read"),
        ("mon 20-18", "mon 20-18", "ends before it begins"),
        ("mon 9-9", "mon 9-9", "ends before it begins"),
        ("mon 9-25", "mon 9-25", "is not a full or half hour"),
        ("mon 9:15-10", "mon 9:15-10", "is not a full or half hour"),
        ("mon 23-24:30", "mon 23-24:30", "is not a full or half hour"),
    ],
)
def test_parse_week_names_the_bad_part(text: str, named: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as refused:
        parse_week(text)
    assert f"“{named}”" in str(refused.value)


def test_format_week() -> None:
    assert format_week(parse_week("sat 9-12; mon 18-19, 19-20:30; mon 8-9")) == "mon 8-9,18-20:30;sat 9-12"
    assert format_week([]) == ""


@given(st.frozensets(st.integers(0, 335)))
def test_format_week_is_read_back(slots: frozenset[int]) -> None:
    assert parse_week(format_week(slots)) == slots


def test_shift_to_utc_goes_round_the_week() -> None:
    assert shift_to_utc(parse_week("mon 18-20"), -300) == parse_week("mon 23-24;tue 0-1")
    assert shift_to_utc(parse_week("mon 0-1"), 600) == parse_week("sun 14-15")
    assert shift_to_utc(parse_week("sun 23-24"), -120) == parse_week("mon 1-2")
    assert shift_to_utc(parse_week("mon 12-13"), 570) == parse_week("mon 2:30-3:30")


@given(st.frozensets(st.integers(0, 335)), st.integers(-24, 28).map(lambda halves: halves * 30))
def test_shift_to_utc_loses_nothing(slots: frozenset[int], offset: int) -> None:
    assert shift_to_utc(shift_to_utc(slots, offset), -offset) == slots
