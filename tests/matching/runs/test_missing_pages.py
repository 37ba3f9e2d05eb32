from typing import Any

from matching.runs.missing_pages import MOST_PROFILES, MissingPanel, missing_panel
from matching.runs.people import own_word
from programmes.applications.models import Application


def profile(count: int = 1, **fields: Any) -> dict[str, Any]:
    empty = {"language": None, "function": None, "experience_months": None, "hours": None, "gender": None}
    return {"count": count, **empty, "mentee_ids": ["1"], **fields}


def missing(**fields: Any) -> dict[str, Any]:
    return {"profiles": [], "mentors": 0, "bound": 0, "out_of_reach": [], "places": 1, **fields}


KNOWN = {1: Application(pk=1, first_name="Ana", last_name="Salas", function="assaying")}


def test_profiles_say_what_a_new_mentor_must_be_like() -> None:
    profiles = [
        profile(2, language="es", function="geotech", experience_months=120),
        profile(1, hours=[32, 40], gender="female"),
        profile(1, function=own_word("assaying")),
        profile(1),
    ]

    panel = missing_panel(missing(profiles=profiles, mentors=5, bound=5, places=2), KNOWN)

    assert panel == MissingPanel(
        "5 more mentors with 2 places each would place everybody, and fewer cannot do it.",
        [
            (2, "Spanish · Geotechnical, hydrogeology, tailings · at least 10 years"),
            (1, "free between 16:00 and 20:00 UTC · Woman"),
            (1, "assaying"),
            (1, "anybody"),
        ],
        0,
        "",
    )


def test_more_profiles_than_fit_are_counted() -> None:
    profiles = [profile(2, language="es")] * (MOST_PROFILES + 2)

    panel = missing_panel(missing(profiles=profiles, mentors=2 * len(profiles), bound=3), KNOWN)

    assert panel is not None
    assert (len(panel.profiles), panel.rest) == (MOST_PROFILES, 4)
    assert panel.sentence == (
        f"{2 * len(profiles)} more mentors with 1 place would place everybody; fewer than 3 cannot do it."
    )


def test_a_bound_alone_is_told_as_one() -> None:
    panel = missing_panel(missing(bound=7), KNOWN)

    assert panel == MissingPanel("At least 7 more mentors are needed to place everybody.", [], 0, "")


def test_who_is_out_of_reach_is_named() -> None:
    panel = missing_panel(missing(out_of_reach=["1", "2"]), KNOWN)

    assert panel == MissingPanel(
        "",
        [],
        0,
        "No new mentor could take Ana Salas and 1 more: their own answers or age exclude everybody.",
    )


def test_nothing_is_shown_where_everybody_has_a_mentor() -> None:
    assert missing_panel(missing(), KNOWN) is None
