from datetime import UTC, datetime, timedelta

import pytest

from programmes.audit.models import AuditEvent
from programmes.cohorts import domain
from programmes.cohorts.models import Cohort, Programme
from programmes.organisations.models import Organisation
from tests.programmes.cohorts.conftest import CALENDAR, make_cohort, make_organisation, make_programme
from wimmentor.base import clock as site_clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError


def wall(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type] # noqa: DTZ001 - as typed


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def refusal(call: object, **kwargs: object) -> tuple[str, str | None]:
    with pytest.raises(DomainError) as caught:
        call(**kwargs)  # type: ignore[operator]
    return caught.value.code, caught.value.field


def test_cohort_comes_with_forms_letters_and_weights(cohort: Cohort) -> None:
    assert (cohort.phase, cohort.slug, cohort.opens_wall, cohort.closes_wall) == (
        "draft",
        "cohort-2091",
        "2090-11-02T09:00",
        "2091-01-10T23:59",
    )
    assert cohort.closes_at == datetime(2091, 1, 11, 2, 59, tzinfo=UTC)
    assert cohort.letters.count() == 0
    assert (cohort.mentee_questions.key, cohort.mentor_questions.key) == ("mentee", "mentor")
    assert sum(cohort.matching_settings["weights"].values()) == 100
    assert verbs() == ["programme.register", "cohort.create"]


def test_second_cohort_shares_the_questions(programme: Programme) -> None:
    first, second = make_cohort(programme), make_cohort(programme, "Cohort 2092")

    assert second.mentee_questions == first.mentee_questions


def test_names_and_addresses_stay_apart(organisation: Organisation, programme: Programme) -> None:
    other = make_programme(organisation, "Primera Veta!")
    reserved = make_programme(organisation, "Settings")

    assert (other.slug, reserved.slug) == ("primera-veta-2", "settings-2")
    with pytest.raises(DomainError, match="with this name already"):
        make_programme(organisation, "PRIMERA VÉTA")
    make_cohort(programme, "Cohort 1")
    with pytest.raises(DomainError, match="with this name already"):
        make_cohort(programme, "cohort 1")


@pytest.mark.parametrize(
    ("zone", "typed", "instant"),
    [
        ("America/Santiago", wall(2027, 1, 10, 23, 59), datetime(2027, 1, 11, 2, 59, tzinfo=UTC)),
        ("Asia/Kathmandu", wall(2027, 1, 10, 23, 59), datetime(2027, 1, 10, 18, 14, tzinfo=UTC)),
        # The clocks of Berlin show this hour twice: the later one is kinder to whoever applies.
        ("Europe/Berlin", wall(2027, 10, 31, 2, 30), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),
    ],
)
def test_deadline_is_meant_in_the_zone_of_the_cohort(
    programme: Programme, by: Actor, zone: str, typed: datetime, instant: datetime
) -> None:
    calendar = domain_calendar(time_zone=zone, opens=wall(2026, 1, 1, 9, 0), closes=typed)

    made = domain.create_cohort(programme=programme, name="Zone", calendar=calendar, by=by)

    assert (made.closes_at, made.closes_wall) == (instant, typed.strftime("%Y-%m-%dT%H:%M"))


def domain_calendar(**changes: object) -> object:
    days = dict.fromkeys(CALENDAR.days())
    return type(CALENDAR)(**{**vars(CALENDAR), **days, **changes})  # type: ignore[arg-type]


def test_hour_that_the_clocks_skip_is_refused(programme: Programme, by: Actor) -> None:
    calendar = domain_calendar(time_zone="Europe/Berlin", opens=wall(2026, 1, 1, 9, 0), closes=wall(2027, 3, 28, 2, 30))

    code = refusal(domain.create_cohort, programme=programme, name="Skipped", calendar=calendar, by=by)

    assert code == ("no_such_time", "closes")
    assert not Cohort.objects.exists()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"time_zone": "Mars/Olympus"}, ("no_such_zone", "time_zone")),
        ({"closes": wall(2090, 11, 2, 9, 0)}, ("closes_first", "closes")),
        ({"decisions_on": wall(2091, 1, 9).date()}, ("days_out_of_order", "decisions_on")),
        ({"decisions_on": None, "answers_by": wall(2091, 2, 7).date()}, ("days_out_of_order", "answers_by")),
    ],
)
def test_calendar_that_cannot_be(
    programme: Programme, by: Actor, changes: dict[str, object], expected: tuple[str, str]
) -> None:
    calendar = type(CALENDAR)(**{**vars(CALENDAR), **changes})  # type: ignore[arg-type]

    assert refusal(domain.create_cohort, programme=programme, name="X", calendar=calendar, by=by) == expected


def test_open(cohort: Cohort, by: Actor) -> None:
    domain.open_cohort(cohort=cohort, by=by)

    cohort.refresh_from_db()
    assert cohort.phase == "open"
    assert cohort.opened_at is not None
    assert not cohort.takes_applications(cohort.opens_at - timedelta(seconds=1))
    assert cohort.takes_applications(cohort.opens_at)
    assert not cohort.takes_applications(cohort.closes_at)
    assert verbs()[-1] == "cohort.open"


def test_open_twice_is_refused(cohort: Cohort, by: Actor) -> None:
    stale = Cohort.objects.get(pk=cohort.pk)
    domain.open_cohort(cohort=cohort, by=by)

    with pytest.raises(Conflict):
        domain.open_cohort(cohort=stale, by=by)
    assert refusal(domain.open_cohort, cohort=cohort, by=by) == ("open_already", None)


def test_unverified_organisation_opens_nothing(by: Actor) -> None:
    cohort = make_cohort(make_programme(make_organisation("false-wim", verified=False)))

    assert refusal(domain.open_cohort, cohort=cohort, by=by) == ("unverified", None)
    cohort.refresh_from_db()
    assert (cohort.phase, cohort.opened_at) == ("draft", None)


def test_other_format_is_recorded_and_not_opened(organisation: Organisation, by: Actor) -> None:
    cohort = make_cohort(make_programme(organisation, "Circles", format="circle"))

    assert refusal(domain.open_cohort, cohort=cohort, by=by) == ("format_not_here", None)


def test_deadline_in_the_past_does_not_open(programme: Programme, by: Actor) -> None:
    calendar = domain_calendar(opens=wall(2020, 1, 1, 9, 0), closes=wall(2020, 2, 1, 9, 0))
    cohort = make_cohort(programme, calendar=calendar)  # type: ignore[arg-type]

    assert refusal(domain.open_cohort, cohort=cohort, by=by) == ("deadline_passed", None)


def test_form_without_questions_does_not_open(cohort: Cohort, by: Actor) -> None:
    type(cohort.mentor_questions).objects.filter(pk=cohort.mentor_questions_id).update(questions=[])

    assert refusal(domain.open_cohort, cohort=Cohort.objects.get(pk=cohort.pk), by=by) == ("forms_missing", None)


def test_extended_deadline(cohort: Cohort, by: Actor) -> None:
    domain.open_cohort(cohort=cohort, by=by)
    domain.move_phase(cohort=cohort, to="selecting", by=by)

    domain.extend_deadline(cohort=cohort, closes=wall(2091, 1, 17, 12, 0), by=by)

    cohort.refresh_from_db()
    assert (cohort.phase, cohort.closes_wall) == ("open", "2091-01-17T12:00")
    assert cohort.closes_at == datetime(2091, 1, 17, 15, 0, tzinfo=UTC)
    event = AuditEvent.objects.get(verb="cohort.extend_deadline")
    assert event.details == {"before": "2091-01-10T23:59", "after": "2091-01-17T12:00"}


def test_deadline_only_moves_to_a_later_time(cohort: Cohort, by: Actor) -> None:
    domain.open_cohort(cohort=cohort, by=by)

    for closes in (wall(2091, 1, 10, 23, 59), wall(2091, 1, 1, 0, 0)):
        assert refusal(domain.extend_deadline, cohort=cohort, closes=closes, by=by) == ("not_later", "closes")


def test_deadline_of_a_draft_is_changed_in_the_settings(cohort: Cohort, by: Actor) -> None:
    closes = wall(2091, 2, 1, 0, 0)

    assert refusal(domain.extend_deadline, cohort=cohort, closes=closes, by=by) == ("wrong_phase", None)


def test_deadline_that_has_passed_meanwhile(cohort: Cohort, by: Actor) -> None:
    domain.open_cohort(cohort=cohort, by=by)

    with site_clock.shifted(cohort.closes_at - site_clock.now() + timedelta(days=5)):
        code = refusal(domain.extend_deadline, cohort=cohort, closes=wall(2091, 1, 12, 0, 0), by=by)

    assert code == ("past", "closes")


def test_two_extensions_at_once(cohort: Cohort, by: Actor) -> None:
    domain.open_cohort(cohort=cohort, by=by)
    stale = Cohort.objects.get(pk=cohort.pk)
    domain.extend_deadline(cohort=cohort, closes=wall(2091, 1, 20, 0, 0), by=by)

    with pytest.raises(Conflict):
        domain.extend_deadline(cohort=stale, closes=wall(2091, 1, 15, 0, 0), by=by)

    cohort.refresh_from_db()
    assert cohort.closes_wall == "2091-01-20T00:00"


def test_known_dates_stay_once_opened(cohort: Cohort, by: Actor) -> None:
    domain.open_cohort(cohort=cohort, by=by)
    earlier = type(CALENDAR)(**{**vars(CALENDAR), "closes": wall(2091, 1, 3, 12, 0)})
    later_kickoff = type(CALENDAR)(**{**vars(CALENDAR), "kickoff_on": wall(2091, 3, 8).date()})

    assert refusal(domain.edit_cohort, cohort=cohort, seen=1, calendar=earlier, by=by) == ("dates_fixed", "closes")
    domain.edit_cohort(cohort=cohort, seen=1, calendar=later_kickoff, by=by)

    cohort.refresh_from_db()
    assert (str(cohort.kickoff_on), cohort.version) == ("2091-03-08", 2)


def test_stale_settings_are_a_conflict(cohort: Cohort, by: Actor) -> None:
    domain.edit_cohort(cohort=cohort, seen=1, mentee_places=40, by=by)

    with pytest.raises(Conflict) as caught:
        domain.edit_cohort(cohort=cohort, seen=1, mentee_places=80, by=by)

    assert (caught.value.yours, caught.value.theirs) == ({"Mentee places": "80"}, {"Mentee places": "40"})


def test_phases_follow_their_table(cohort: Cohort, by: Actor) -> None:
    assert refusal(domain.move_phase, cohort=cohort, to="matching", by=by) == ("no_such_step", None)
    assert refusal(domain.move_phase, cohort=cohort, to="open", by=by) == ("open_otherwise", None)
    assert refusal(domain.move_phase, cohort=cohort, to="nowhere", by=by) == ("no_such_step", None)
    domain.open_cohort(cohort=cohort, by=by)
    for phase in ("selecting", "matching", "confirming", "running", "closing", "closed"):
        domain.move_phase(cohort=cohort, to=phase, by=by)
    cohort.refresh_from_db()
    assert (cohort.phase, domain.next_phases(cohort)) == ("closed", [])


def test_programme_edits(programme: Programme, cohort: Cohort, by: Actor) -> None:
    domain.edit_programme(programme=programme, seen=1, name="Segunda Veta", months=9, by=by)
    domain.open_cohort(cohort=cohort, by=by)

    code = refusal(domain.edit_programme, programme=programme, seen=2, format="circle", by=by)

    programme.refresh_from_db()
    assert code == ("format_fixed", "format")
    assert (programme.name, programme.slug, programme.months, programme.version) == (
        "Segunda Veta",
        "primera-veta",
        9,
        2,
    )


def test_weights_that_do_not_make_100(cohort: Cohort, by: Actor) -> None:
    settings = {**cohort.matching_settings, "weights": {**cohort.matching_settings["weights"], "goals": 20}}

    with pytest.raises(DomainError, match=r"add up to 90; they must make 100\. Add 10 points\."):
        domain.edit_cohort(cohort=cohort, seen=1, matching_settings=settings, by=by)
