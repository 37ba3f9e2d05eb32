import pytest
from django.utils import translation

from wimmentor.base.codes import (
    FUNCTION_AREA,
    GENDER,
    GOALS,
    GOALS_MENTOR,
    INITIATIVE_STATUS,
    LISTS,
    MINING_FUNCTION,
    PREFERRED_GENDER,
    ROTATION,
    SENIORITY_BAND,
    CodeList,
    function_area,
)


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("seniority_band", 12),
        ("mining_function", 28),
        ("mining_segment", 10),
        ("goals", 13),
        ("goals_mentor", 13),
        ("gender", 4),
        ("preferred_gender", 4),
        ("matching_method", 11),
        ("mentor_target_gender", 6),
        ("initiative_kind", 17),
        ("status", 8),
        ("organisation_type", 14),
        ("region_scope", 7),
        ("programme_format", 6),
        ("delivery", 3),
        ("answer_state", 5),
        ("visibility", 3),
        ("matching_criteria", 13),
        ("funding_kind", 10),
        ("tool_kind", 10),
        ("success_factor", 19),
        ("challenge", 19),
        ("evaluation_level", 5),
    ],
)
def test_lists_are_whole(name: str, size: int) -> None:
    assert len(LISTS[name]) == size


@pytest.mark.parametrize("code_list", LISTS.values(), ids=LISTS.keys())
def test_every_code_and_label_means_its_code(code_list: CodeList) -> None:
    assert {code: code_list.match(code) for code in code_list} == {code: code for code in code_list}
    labels = [code_list.label(code) for code in code_list]
    assert [code_list.match(label.upper()) for label in labels] == list(code_list.codes)
    assert len(set(labels)) == len(code_list)


def test_goals_of_both_sides_share_codes_and_understand_each_other() -> None:
    assert GOALS.codes == GOALS_MENTOR.codes
    assert [GOALS.match(GOALS_MENTOR.label(code)) for code in GOALS] == list(GOALS.codes)
    assert [GOALS_MENTOR.match(GOALS.label(code)) for code in GOALS] == list(GOALS.codes)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Liderazgo, ascenso y visibilidad", "leadership"),
        ("CONCILIACION, TURNOS Y MATERNIDAD", "work_life"),
        ("Work-life balance; rosters", "work_life"),
        ("retour_pause", "return_after_break"),
        ("Board readiness", "board"),
        ("something of my own", None),
        ("", None),
    ],
)
def test_goals_as_forms_write_them(written: str, code: str | None) -> None:
    assert GOALS.match(written) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Health & safety", "hse"),
        ("Geología y exploración", "exploration"),
        ("Mine artisanale", "asm"),
        ("Otro", "other"),
    ],
)
def test_functions_as_forms_write_them(written: str, code: str) -> None:
    assert MINING_FUNCTION.match(written) == code


def test_genders_as_forms_write_them() -> None:
    assert [GENDER.match(word) for word in ("Mujer", "homme", "Non-binary", "Prefiero no decirlo")] == list(
        GENDER.codes
    )
    assert [PREFERRED_GENDER.match(word) for word in ("A woman", "Me da igual", "indifferent", "Hombre")] == [
        "female",
        "no_preference",
        "no_preference",
        "male",
    ]


def test_rosters_as_people_write_them() -> None:
    assert [ROTATION.match(word) for word in ("14x7", "14/7", "7 / 7")] == ["roster_14_7", "roster_14_7", "roster_7_7"]


def test_every_function_has_an_area_that_exists() -> None:
    assert {function_area(code) for code in MINING_FUNCTION} == set(FUNCTION_AREA.codes)
    assert function_area("exploration") == function_area("resource_geology") == "geology"
    assert function_area("finance") == function_area("supply_chain") == "finance_commercial"
    assert function_area("her own words") == "other"


def test_label_keeps_own_words_and_choices_keep_order() -> None:
    assert INITIATIVE_STATUS.label("running") == "Running"
    assert INITIATIVE_STATUS.label("her own words") == "her own words"
    assert [code for code, _ in SENIORITY_BAND.choices][:3] == ["school", "student", "graduate"]
    assert "mid" in SENIORITY_BAND
    assert "manager" not in SENIORITY_BAND


def test_match_does_not_depend_on_the_reader() -> None:
    with translation.override("es"):
        fresh = CodeList("fresh", [("a", "First thing"), ("b", "Second thing", "otra cosa")])
        assert [fresh.match("first THING"), fresh.match("Otra cosa!")] == ["a", "b"]
