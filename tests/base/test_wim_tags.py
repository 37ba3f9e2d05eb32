"""Small formats for templates: points, times in a zone, bars and badges."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from wimmentor.base.templatetags.wim import day_in, in_zone, initials, points


def render(source: str, **context: Any) -> str:
    return Template("{% load wim %}" + source).render(Context(context))


def test_addresses_and_lists_break_where_a_reader_would() -> None:
    shown = render("{{ text|breakable }}", text="Ana@example.org;O'Hanlon & co; <b>")

    assert shown == "Ana@<wbr>example.org;<wbr>O&#x27;Hanlon &amp; co; &lt;b&gt;"


@pytest.mark.parametrize(
    ("hundredths", "shown"),
    [
        (7840, "78.4"),
        (7845, "78.5"),
        (7844, "78.4"),
        (7835, "78.4"),
        (5, "0.1"),
        (4, "0.0"),
        (0, "0.0"),
        (10000, "100.0"),
        (None, ""),
    ],
)
def test_points_round_half_up(hundredths: int | None, shown: str) -> None:
    assert points(hundredths) == shown


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("America/Santiago", "Sunday 10 January 2027, 23:59 in Santiago (UTC−3)"),
        ("Asia/Kolkata", "Monday 11 January 2027, 08:29 in Kolkata (UTC+5:30)"),
        ("Asia/Kathmandu", "Monday 11 January 2027, 08:44 in Kathmandu (UTC+5:45)"),
        ("America/Argentina/Buenos_Aires", "Sunday 10 January 2027, 23:59 in Buenos Aires (UTC−3)"),
        ("America/St_Johns", "Sunday 10 January 2027, 23:29 in St. John’s (UTC−3:30)"),
        ("Europe/London", "Monday 11 January 2027, 02:59 in London (UTC+0)"),
        ("UTC", "Monday 11 January 2027, 02:59 UTC"),
        ("", "Monday 11 January 2027, 02:59 UTC"),
        ("Nowhere/Here", "Monday 11 January 2027, 02:59 UTC"),
        ("../../etc/passwd", "Monday 11 January 2027, 02:59 UTC"),
    ],
)
def test_time_in_a_zone_names_place_and_offset(zone: str, shown: str) -> None:
    assert in_zone(datetime(2027, 1, 11, 2, 59, tzinfo=UTC), zone) == shown


def test_offset_follows_the_season() -> None:
    assert in_zone(datetime(2027, 7, 1, 12, tzinfo=UTC), "Europe/London").endswith("13:00 in London (UTC+1)")


def test_day_is_that_of_the_zone() -> None:
    instant = datetime(2027, 1, 11, 2, 59, tzinfo=UTC)

    assert (day_in(instant, "America/Santiago"), day_in(instant, "UTC"), day_in(None, "UTC"), in_zone(None, "UTC")) == (
        "Sunday 10 January 2027",
        "Monday 11 January 2027",
        "",
        "",
    )


@pytest.mark.parametrize(("name", "shown"), [("Lucía Paredes Rojas", "LP"), ("ana", "A"), ("", ""), ("  Í  d ", "ÍD")])
def test_initials(name: str, shown: str) -> None:
    assert initials(name) == shown


def test_core_bar_takes_mappings_and_says_its_scores() -> None:
    parts = [{"criterion": "Goals", "weight": 60, "score": 75}, {"criterion": "Hours", "weight": 40, "unknown": True}]

    html = render("{% core_bar parts 'lg' %}", parts=parts)

    assert 'class="core lg"' in html
    assert 'aria-label="Score by criterion: Goals 75, Hours not answered"' in html


def test_badge_has_shape_and_word() -> None:
    html = render("{% badge 'attention' word %}", word="Not <sent>")

    assert 'class="badge attn"' in html
    assert "icons.svg#alert" in html
    assert "Not &lt;sent&gt;" in html


@pytest.mark.parametrize(
    ("query", "link", "state"),
    [
        ("", '<a href="?sort=name">Name</a>', ""),
        ("?sort=name&q=a&page=3", '<a href="?sort=-name&amp;q=a">Name ↑</a>', 'aria-sort="ascending"'),
        ("?sort=-name", '<a href="?sort=name">Name ↓</a>', 'aria-sort="descending"'),
    ],
)
def test_table_head_sorts_and_keeps_the_filters(query: str, link: str, state: str) -> None:
    request = RequestFactory().get(f"/{query}")

    html = render('{% sort_link "name" "Name" %}', request=request)

    assert sorted(html.replace("?", "&amp;").split("&amp;")) == sorted(link.replace("?", "&amp;").split("&amp;"))
    assert render('{% sort_state "name" %}', request=request) == state
