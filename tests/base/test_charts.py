"""Bars are shapes with places that do not move, and words for those who do not see them."""

import re
from xml.etree import ElementTree

import pytest

from wimmentor.base.charts import (
    GAP,
    WIDTH,
    Part,
    describe_parts,
    draw_core,
    draw_interval,
    draw_rating,
    draw_ruler,
    draw_share,
    draw_stack,
    draw_told,
    place_parts,
)

PARTS = [Part("Goals", 40, 100), Part("Language", 40, 50), Part("Region", 0, 80), Part("Hours", 20, 0, unknown=True)]


def shapes(svg: str) -> list[tuple[str, float, float]]:
    """(class, left edge, width) of each path."""
    found = [(path.get("class", ""), path.get("d", "")) for path in ElementTree.fromstring(svg).iter("path")]
    edges = [re.fullmatch(r"M([\d.]+) 0h([\d.]+)v9h-\2z", drawn) for _fill, drawn in found]
    assert all(edges)
    return [(fill, float(edge[1]), float(edge[2])) for (fill, _drawn), edge in zip(found, edges, strict=True) if edge]


def test_parts_share_the_width_by_weight() -> None:
    placed = [(part.criterion, round(left), round(width)) for part, left, width in place_parts(PARTS)]

    room = WIDTH - 2 * GAP
    assert placed == [
        ("Goals", 0, round(room * 0.4)),
        ("Language", round(room * 0.4 + GAP), round(room * 0.4)),
        ("Hours", round(room * 0.8 + 2 * GAP), round(room * 0.2)),
    ]


def test_places_depend_on_weights_only() -> None:
    other = [Part(part.criterion, part.weight, 7) for part in PARTS]

    assert [place[1:] for place in place_parts(other)] == [place[1:] for place in place_parts(PARTS)]


def test_bar_fills_each_place_to_its_score() -> None:
    found = [(fill, round(left), round(width)) for fill, left, width in shapes(draw_core(PARTS))]

    assert found[:4] == [("f0", 0, 396), ("f1", 0, 396), ("f0", 401, 396), ("f1", 401, 198)]
    assert found[4] == ("f0", 802, 198)


def test_unanswered_is_striped_within_its_place() -> None:
    stripes = shapes(draw_core(PARTS))[5:]

    assert len(stripes) == 15
    assert {(fill, width) for fill, _left, width in stripes} == {("f1", 5.0)}
    assert all(left >= 802 and left + width <= WIDTH for _fill, left, width in stripes)


@pytest.mark.parametrize(("score", "width"), [(-20, 0), (0, 0), (250, WIDTH)])
def test_score_never_leaves_its_place(score: float, width: int) -> None:
    filled = [shape for shape in shapes(draw_core([Part("Goals", 100, score)])) if shape[0] == "f1"]

    assert [shape[2] for shape in filled] == ([float(width)] if width else [])


def test_bar_says_its_scores() -> None:
    svg = draw_core(PARTS)

    sentence = "Score by criterion: Goals 100, Language 50, Hours not answered"
    assert (describe_parts(PARTS), ElementTree.fromstring(svg).get("aria-label")) == (sentence, sentence)


def test_words_in_a_bar_are_escaped() -> None:
    hostile = 'x" onload="alert(1)<script>'

    root = ElementTree.fromstring(draw_core([Part(hostile, 100, 50)]))

    assert root.get("onload") is None
    assert root.get("aria-label") == f"Score by criterion: {hostile} 50"


def test_bar_without_parts_is_empty() -> None:
    assert shapes(draw_core([])) == []


def test_ruler_names_places_that_are_wide_enough() -> None:
    parts = [Part("Goals", 95, 1, short="Goal"), Part("Region", 2, 1), Part("Hours", 3, 1), Part("Off", 0, 1)]

    texts = [(text.get("x"), text.text) for text in ElementTree.fromstring(draw_ruler(parts)).iter("text")]

    assert texts == [("0%", "Goal")]


def test_share_without_a_whole_is_empty() -> None:
    assert shapes(draw_share(3, 0)) == [("f0", 0.0, 1000.0)]
    assert shapes(draw_share(1, 4)) == [("f0", 0.0, 1000.0), ("f1", 0.0, 250.0)]


def test_drawing_beside_a_figure_is_decoration() -> None:
    assert ElementTree.fromstring(draw_share(1, 4)).get("aria-hidden") == "true"
    assert ElementTree.fromstring(draw_share(1, 4, label="1 of 4")).get("role") == "img"


def test_stack_leaves_out_what_is_nothing() -> None:
    found = shapes(draw_stack([("f1", 3), ("f2", 0), ("f3", 1)]))

    assert [(fill, round(left, 1), round(width, 1)) for fill, left, width in found] == [
        ("f1", 0.0, 746.2),
        ("f3", 751.2, 248.8),
    ]
    assert shapes(draw_stack([("f1", 0)])) == [("f0", 0.0, 1000.0)]


def test_rating_shows_as_many_blocks_as_points() -> None:
    fills = [fill for fill, _left, _width in shapes(draw_rating(3, 5))]

    assert fills == ["f1", "f1", "f1", "f0", "f0"]


def test_part_is_read_from_a_mapping_or_an_object() -> None:
    source = {"criterion": "Goals", "weight": 40, "score": None, "unknown": True}

    assert Part.read(source) == Part("Goals", 40, 0, unknown=True)
    assert Part.read(PARTS[1]) == PARTS[1]


def test_what_is_told_is_filled_and_the_rest_is_striped() -> None:
    told, rest = re.findall(r'<path class="(f\d)" d="([^"]+)"', draw_told(6, 12))

    assert told == ("f7", "M0 0h500v9h-500z")
    assert rest[0] == "f4"
    assert [float(left) >= 505 for left in re.findall(r"M([\d.]+)", rest[1])] == [True] * 38


def test_all_told_has_no_stripes_and_nothing_told_has_nothing_else() -> None:
    assert re.findall(r'class="(f\d)"', draw_told(12, 12)) == ["f7"]
    assert re.findall(r'class="(f\d)"', draw_told(0, 12)) == ["f4"]


def test_interval_stands_around_its_mark_on_an_axis_with_nought_in_the_middle() -> None:
    assert shapes(draw_interval(0.1, 0.2, 0.3, 0.5)) == [
        ("f0", 0.0, 1000.0),
        ("f4", 600.0, 200.0),
        ("f7", 498.0, 4.0),
        ("f1", 695.0, 10.0),
    ]
