from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from programmes.cohorts import domain, registry
from programmes.cohorts.models import Cohort, Programme
from programmes.cohorts.registry import CohortCounts, LanguageCount, RoleCounts
from programmes.cohorts.wording import describe_cohort
from programmes.organisations.models import Membership, Organisation
from programmes.people.models import User
from tests.programmes.cohorts.conftest import make_cohort, make_organisation, make_programme
from wimmentor.base.actors import SYSTEM

HOME = "/o/wim-cordillera/primera-veta/cohort-2091/"
ORGANISATION = "/o/wim-cordillera/programmes/new/"
PROGRAMME = "/o/wim-cordillera/primera-veta/"
IN_PROGRAMME = ("", "edit/", "new/")
IN_COHORT = ("", "settings/", "deadline/", "letters/", "letters/offer_mentee/")
POSTED = ("open/", "phase/")
NEW_PROGRAMME = {
    "name": "Deep Shift",
    "format": "one_to_one",
    "scope": ["mid", "senior"],
    "mentor_target": "women_only",
    "matching_method": "software_proposed",
    "reach": "multi_country",
    "countries": "Chile, perú; Bolivia",
    "regions": "Andes",
    "languages": "Spanish, English",
    "delivery": "online",
    "months": "9",
    "summary": "For women who want to lead.",
    "description": "You meet.",
    "eligibility": "You lead.",
    "version": "1",
}


def test_programme_is_registered_as_the_working_group_asks(coordinator: Client) -> None:
    response = coordinator.post(ORGANISATION, NEW_PROGRAMME)

    made = Programme.objects.get(name="Deep Shift")
    assert response.headers["Location"] == "/o/wim-cordillera/deep-shift/"
    assert (made.scope, made.countries, made.languages) == (("mid", "senior"), ("CL", "PE", "BO"), ("es", "en"))
    assert (made.mentor_target, made.reach, made.regions, made.months) == ("women_only", "multi_country", "Andes", 9)


def test_country_that_nobody_knows_keeps_what_was_typed(coordinator: Client) -> None:
    response = coordinator.post(ORGANISATION, {**NEW_PROGRAMME, "countries": "Chile, Atlantis"})

    page = response.content.decode()
    assert "We do not know “Atlantis”." in page
    assert 'value="Chile, Atlantis"' in page
    assert not Programme.objects.exists()


def test_other_format_is_recorded_and_says_so(coordinator: Client) -> None:
    page = coordinator.post(ORGANISATION, {**NEW_PROGRAMME, "format": "circle"}, follow=True).content.decode()

    assert "Mentoring circle: recorded, and it cannot be run here yet" in page
    assert "deep-shift/new/" not in page


def test_stale_edit_shows_both_versions(coordinator: Client, programme: Programme) -> None:
    coordinator.post(PROGRAMME + "edit/", {**NEW_PROGRAMME, "name": "Mine first"})

    response = coordinator.post(PROGRAMME + "edit/", {**NEW_PROGRAMME, "name": "Mine second"})

    assert response.status_code == 409
    assert "Mine first" in response.content.decode()
    programme.refresh_from_db()
    assert programme.name == "Mine first"


def test_cohort_from_one_date(coordinator: Client, programme: Programme) -> None:
    start = {"name": "Cohort 2027", "time_zone": "America/Lima", "first_day": "2090-03-01", "known": "opening"}

    form = coordinator.get(PROGRAMME + "new/", start).context["form"]
    fields = {name: form[name].value() or "" for name in form.fields}
    wall = {name: fields[name].strftime("%Y-%m-%dT%H:%M") for name in ("opens", "closes")}
    response = coordinator.post(PROGRAMME + "new/", {**fields, **wall})

    made = Cohort.objects.get()
    assert response.headers["Location"] == "/o/wim-cordillera/primera-veta/cohort-2027/"
    assert (made.time_zone, made.opens_wall, made.closes_wall) == (
        "America/Lima",
        "2090-03-01T09:00",
        "2090-05-09T23:59",
    )
    assert str(made.kickoff_on) == "2090-06-28"


def test_kickoff_too_near_is_said_beside_its_field(coordinator: Client, programme: Programme) -> None:
    start = {"name": "Soon", "time_zone": "UTC", "first_day": "2020-03-01", "known": "kickoff"}

    form = coordinator.get(PROGRAMME + "new/", start).context["form"]

    assert form.errors == {
        "first_day": ["This kick-off leaves less than three weeks to find and match people. Choose a later day."]
    }


def test_draft_is_opened(coordinator: Client, cohort: Cohort) -> None:
    assert "Open the cohort" in coordinator.get(HOME).content.decode()

    page = coordinator.post(HOME + "open/", follow=True).content.decode()

    cohort.refresh_from_db()
    assert cohort.phase == "open"
    assert "Cohort 2091 is open. Its page is public." in page


def test_unverified_organisation_reads_the_reason(coordinator: Client, cohort: Cohort) -> None:
    Organisation.objects.update(verified_at=None)

    before = coordinator.get(HOME).content.decode()
    after = coordinator.post(HOME + "open/", follow=True).content.decode()

    assert "Open the cohort" not in before
    for page in (before, after):
        assert "IWiM has not verified your organisation yet." in page
    cohort.refresh_from_db()
    assert cohort.phase == "draft"


def test_overview_says_what_it_found(coordinator: Client, cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = CohortCounts(
        mentees=RoleCounts(started=214, sent=131, accepted=60),
        mentors=RoleCounts(started=50, sent=48, accepted=44),
        mentor_places=58,
        languages=(LanguageCount("es", 34, 31), LanguageCount("en", 14, 19), LanguageCount("fr", 5, 1)),
    )
    monkeypatch.setattr(registry, "_sources", [lambda asked: counts])

    context = coordinator.get(HOME).context

    assert context["lead"] == (
        "Calendar, forms and letters are ready. Nobody sees this cohort before you open it. "
        "60 mentees are accepted. 44 mentors are accepted. Mentors offer 58 places. "
        "Mentors are short in Spanish and French."
    )
    assert [(step.name, step.mentees, step.mentors) for step in context["funnel"]] == [
        ("Started the form", 214, 50),
        ("Sent it", 131, 48),
        ("Accepted", 60, 44),
    ]
    assert [(row.name, row.difference, row.marked) for row in context["language_rows"].rows] == [
        ("Spanish", "3 short", True),
        ("English", "5 over", False),
        ("French", "4 short", True),
    ]
    assert [phase["state"] for phase in context["phases"]] == ["here", "", "", "", "", "", "", ""]


@pytest.mark.parametrize(
    ("mentees", "mentors", "days", "lead"),
    [
        (1, 0, 0, "Applications close today. 1 mentee has applied. 0 mentors have applied."),
        (2, 1, 1, "Applications close tomorrow. 2 mentees have applied. 1 mentor has applied."),
        (0, 0, 5, "Applications close in 5 days. Nobody has applied yet."),
    ],
)
def test_lead_of_an_open_cohort(cohort: Cohort, mentees: int, mentors: int, days: int, lead: str) -> None:
    domain.open_cohort(cohort=cohort, by=SYSTEM)
    counts = CohortCounts(mentees=RoleCounts(sent=mentees), mentors=RoleCounts(sent=mentors))

    assert describe_cohort(cohort, counts, cohort.closes_at - timedelta(days=days, minutes=1)) == lead


def test_deadline_page(coordinator: Client, cohort: Cohort) -> None:
    domain.open_cohort(cohort=cohort, by=SYSTEM)

    refused = coordinator.post(HOME + "deadline/", {"closes": "2091-01-01T12:00"})
    moved = coordinator.post(HOME + "deadline/", {"closes": "2091-02-01T12:00"}, follow=True)

    assert "A deadline that people know can only move to a later time." in refused.content.decode()
    cohort.refresh_from_db()
    assert cohort.closes_wall == "2091-02-01T12:00"
    assert "“Decisions go out” lies before the deadline" in moved.content.decode()


def settings_of(client: Client, form: str) -> dict[str, object]:
    """What the page's form would send."""
    shown = client.get(HOME + "settings/").context[form]
    values = {shown.add_prefix(name): shown[name].value() for name in shown.fields}
    times = {name: f"{values[name]:%Y-%m-%dT%H:%M}" for name in ("opens", "closes") if name in values}
    return {**{name: value for name, value in values.items() if value not in (None, False)}, **times, "part": form}


def test_settings_of_dates_and_places(coordinator: Client, cohort: Cohort) -> None:
    sent = settings_of(coordinator, "dates")

    response = coordinator.post(
        HOME + "settings/", {**sent, "mentee_places": "12", "offer_days": "10", "kickoff_on": "2091-03-08"}
    )

    cohort.refresh_from_db()
    assert response.status_code == 302
    assert (cohort.mentee_places, cohort.offer_days, str(cohort.kickoff_on)) == (12, 10, "2091-03-08")
    assert cohort.both_roles_allowed


def test_settings_after_opening_leave_the_deadline(coordinator: Client, cohort: Cohort) -> None:
    domain.open_cohort(cohort=cohort, by=SYSTEM)
    sent = settings_of(coordinator, "dates")

    response = coordinator.post(HOME + "settings/", {**sent, "closes": "2099-01-01T00:00", "mentee_places": "9"})

    cohort.refresh_from_db()
    assert response.status_code == 302
    assert (cohort.closes_wall, cohort.mentee_places) == ("2091-01-10T23:59", 9)


def test_settings_of_matching(coordinator: Client, cohort: Cohort) -> None:
    sent = settings_of(coordinator, "matching")
    del sent["matching-rule_employer"]

    wrong = coordinator.post(HOME + "settings/", {**sent, "matching-weight_goals": "31"})
    right = coordinator.post(
        HOME + "settings/", {**sent, "matching-weight_goals": "20", "matching-weight_language": "20"}
    )

    assert "The weights add up to 101; they must make 100. Take away 1 point." in wrong.content.decode()
    cohort.refresh_from_db()
    assert right.status_code == 302
    assert (cohort.matching_settings["weights"]["goals"], cohort.matching_settings["weights"]["language"]) == (20, 20)
    assert cohort.matching_settings["hard"] == ["language", "seniority_gap"]
    assert cohort.matching_settings["fairness"] == "bottleneck"


def test_letter_is_previewed_and_saved(coordinator: Client, cohort: Cohort) -> None:
    sent = {"subject": "For {first_name}", "body": "Look:\n\n[[link:answer]]", "version": "1"}

    preview = coordinator.post(HOME + "letters/offer_mentee/?language=es", {**sent, "preview": "1"})
    unchanged = cohort.letters.exists()
    saved = coordinator.post(HOME + "letters/offer_mentee/?language=es", sent)

    assert "<h3>For Lucía</h3>" in preview.content.decode()
    assert unchanged is False
    assert saved.headers["Location"] == HOME + "letters/?language=es"
    assert cohort.letters.values_list("language", "subject").get() == ("es", "For {first_name}")
    english, spanish = (coordinator.get(HOME + f"letters/?language={code}").content.decode() for code in ("en", "es"))
    assert "Changed in Spanish. English still has the standard wording." in english
    assert "Changed in" not in spanish
    assert coordinator.get(HOME + "letters/nothing/").status_code == 404


def test_letter_of_a_language_that_nobody_reads_any_more_is_not_written_over_another(
    coordinator: Client, cohort: Cohort
) -> None:
    sent = {"subject": "Bonjour {first_name}", "body": "Voilà :\n\n[[link:answer]]", "version": "1"}
    cohort.letters.create(kind="offer_mentee", language="es", subject="Hola", body="[[link:answer]]")

    saving, standard = (
        coordinator.post(HOME + f"letters/offer_mentee/{part}?language=fr", sent) for part in ("", "standard/")
    )

    assert (saving.status_code, standard.status_code) == (409, 409)
    assert "Bonjour {first_name}" in saving.content.decode()
    assert cohort.letters.values_list("language", "subject").get() == ("es", "Hola")


def all_addresses() -> list[str]:
    return [ORGANISATION, *(PROGRAMME + part for part in IN_PROGRAMME), *(HOME + part for part in IN_COHORT)]


@pytest.mark.usefixtures("cohort")
def test_letter_of_another_language_than_hers_stays_the_one_she_chose(coordinator: Client, rosa: User) -> None:
    User.objects.filter(pk=rosa.pk).update(language="es")

    spanish = coordinator.get(HOME + "letters/?language=es").content.decode()
    english = coordinator.get(HOME + "letters/?language=en").content.decode()
    letter = coordinator.get(HOME + "letters/offer_mentee/?language=en").content.decode()

    assert [page.count("offer_mentee/?language=en") for page in (spanish, english)] == [0, 1]
    assert [page.count('aria-current="page">Inglés') for page in (spanish, english, letter)] == [0, 1, 1]
    assert '<html lang="es"' in english


def test_every_page_answers_its_coordinator(coordinator: Client, cohort: Cohort) -> None:
    assert [coordinator.get(address).status_code for address in all_addresses()] == [200] * 9


def test_stranger_gets_what_a_missing_id_gets(client: Client, cohort: Cohort) -> None:
    stranger = User.objects.create_user("denise@savanna.example.org")
    Membership.objects.create(user=stranger, organisation=make_organisation("wim-savanna"), role="owner")
    client.force_login(stranger)
    missing = client.get("/o/wim-nowhere/primera-veta/cohort-2091/")

    for address in all_addresses():
        response = client.get(address)
        assert (response.status_code, response.content) == (404, missing.content)
    for part in POSTED:
        assert client.post(HOME + part, {"to": "selecting"}).status_code == 404
    cohort.refresh_from_db()
    assert cohort.phase == "draft"


def test_reviewer_looks_and_changes_nothing(client: Client, cohort: Cohort, organisation: Organisation) -> None:
    reviewer = User.objects.create_user("ana@cordillera.example.org")
    Membership.objects.create(user=reviewer, organisation=organisation, role="reviewer")
    client.force_login(reviewer)

    assert client.get(HOME).status_code == 200
    assert "Open the cohort" not in client.get(HOME).content.decode()
    refused = [ORGANISATION, PROGRAMME + "edit/", PROGRAMME + "new/", *(HOME + part for part in IN_COHORT[1:])]
    assert [client.get(address).status_code for address in refused] == [403] * 7
    assert [client.post(HOME + part).status_code for part in POSTED] == [403, 403]


def test_signed_out_is_asked_to_sign_in(client: Client, cohort: Cohort) -> None:
    assert [client.get(address).status_code for address in all_addresses()] == [302] * 9


def test_phase_by_hand(coordinator: Client, cohort: Cohort) -> None:
    domain.open_cohort(cohort=cohort, by=SYSTEM)

    refused = coordinator.post(HOME + "phase/", {"to": "running"})
    moved = coordinator.post(HOME + "phase/", {"to": "selecting"})

    cohort.refresh_from_db()
    assert (refused.status_code, moved.status_code, cohort.phase) == (409, 302, "selecting")


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(
    coordinator: Client, programme: Programme, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for number in range(rows):
        make_cohort(programme, f"Cohort {number}")
        make_programme(programme.organisation, f"Other {number}")

    with django_assert_num_queries(5):
        coordinator.get(PROGRAMME)
    with django_assert_num_queries(6):
        coordinator.get("/o/wim-cordillera/primera-veta/cohort-0/letters/")


def test_desk_and_organisation_lead_to_programmes_and_cohorts(coordinator: Client, cohort: Cohort) -> None:
    desk = coordinator.get("/desk/").content.decode()
    organisation = coordinator.get("/o/wim-cordillera/").content.decode()

    assert f'<a href="{HOME}">Primera Veta · Cohort 2091</a>' in desk
    assert f'<a href="{PROGRAMME}">Primera Veta</a>' in organisation
    assert ORGANISATION in organisation
