from datetime import date, datetime

import pytest

from matching.engine.model import DEFAULT_HARD, DEFAULT_WEIGHTS, Settings
from programmes.cohorts.blueprints import (
    LETTERS,
    MENTEE_QUESTIONS,
    MENTOR_QUESTIONS,
    RULES,
    LetterKind,
    matching_defaults,
    propose_calendar,
    propose_calendar_to,
)
from programmes.cohorts.domain.calendars import columns_of
from programmes.cohorts.letters import Letter, check_wording
from wimmentor.base.errors import DomainError
from wimmentor.base.languages import speak


def test_calendar_from_the_opening() -> None:
    calendar = propose_calendar(date(2026, 11, 2), time_zone="America/Santiago")

    assert (calendar.opens, calendar.closes) == (
        datetime(2026, 11, 2, 9, 0),  # noqa: DTZ001 - wall times
        datetime(2027, 1, 10, 23, 59),  # noqa: DTZ001
    )
    assert [str(day) for day in calendar.days().values()] == [
        "2027-01-25",
        "2027-02-01",
        "2027-02-08",
        "2027-02-15",
        "2027-03-01",
        "2027-05-31",
        "2027-08-30",
    ]


def test_calendar_to_a_far_kickoff_is_the_same() -> None:
    proposed = propose_calendar_to(date(2027, 3, 1), today=date(2026, 6, 1), time_zone="America/Santiago")

    assert proposed == propose_calendar(date(2026, 11, 2), time_zone="America/Santiago")


@pytest.mark.parametrize("lead", [21, 22, 30, 60, 118])
def test_calendar_to_a_near_kickoff_opens_today_and_holds(lead: int) -> None:
    today = date(2026, 11, 2)

    calendar = propose_calendar_to(date.fromordinal(today.toordinal() + lead), today=today, time_zone="UTC")

    assert calendar.opens.date() == today
    assert columns_of(calendar)["closes_at"] > columns_of(calendar)["opens_at"]


def test_kickoff_that_is_too_near() -> None:
    with pytest.raises(DomainError, match="less than three weeks"):
        propose_calendar_to(date(2026, 11, 22), today=date(2026, 11, 2), time_zone="UTC")


def test_matching_settings_are_the_engines_own() -> None:
    defaults = matching_defaults()

    assert defaults["weights"] == dict(DEFAULT_WEIGHTS)
    assert set(defaults["hard"]) == DEFAULT_HARD
    assert (defaults["min_gap_months"], defaults["fairness"]) == (Settings().min_gap_months, Settings().fairness)
    assert set(RULES) == DEFAULT_HARD | {"overlap"}


@pytest.mark.parametrize("questions", [MENTEE_QUESTIONS, MENTOR_QUESTIONS])
def test_questions_have_their_shape(questions: list[dict[str, object]]) -> None:
    codes = [question["code"] for question in questions]
    assert len(codes) == len(set(codes))
    for question in questions:
        assert question["step"] in {"about", "work", "goals", "meeting", "care"}
        assert question["who_sees"] in {"coordinators", "pair"}
        assert question["kind"] in {"text", "long_text", "choice", "choices", "yes_no"}
        assert bool(question["choices"]) == (question["kind"] in {"choice", "choices"})
        assert bool(question["max_length"]) == (question["kind"] in {"text", "long_text"})


@pytest.mark.parametrize("kind", LETTERS.values(), ids=LETTERS)
def test_letters_of_the_blueprint_pass_their_own_check(kind: LetterKind) -> None:
    for language in ("en", "es", "fr"):
        with speak(language):
            subject, body = str(kind.subject), str(kind.body)
        check_wording(kind.code, Letter(subject, body))
        assert len(subject) <= 200
        assert not set("!¡") & set(body)
