"""A cohort that takes applications, and people who fill in its form."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from programmes.applications import domain
from programmes.applications.consents import CONSENTS, REQUIRED
from programmes.applications.models import Application
from programmes.cohorts.blueprints import Calendar
from programmes.cohorts.domain import create_cohort, open_cohort, register_programme
from programmes.cohorts.models import Cohort
from programmes.organisations.models import Organisation
from programmes.outbox.models import OutboxEmail
from programmes.outbox.rendering import make_secrets
from wimmentor.base import clock
from wimmentor.base.actors import SYSTEM, Actor
from wimmentor.base.clock import shifted

HER = Actor.link("application.edit")
LUCIA = "lucia.paredes@example.org"
ABOUT = {
    "email": LUCIA,
    "first_name": "Lucía",
    "last_name": "Paredes Rojas",
    "preferred_name": "",
    "form_of_address": "Ms",
    "gender": "female",
    "phone": "+56 9 1234 5678",
}
WORK = {
    "country": "CL",
    "city": "Copiapó",
    "time_zone": "America/Santiago",
    "employer": "Minera Alta",
    "job_title": "Geologist",
    "function": "exploration",
    "segment": "lsm",
    "rotation": "roster_7_7",
    "years_experience": "3,5",
    "seniority": "young_professional",
    "q_qualification": "Geology, degree",
}
GOALS = {
    "goals": ["career_direction", "visibility"],
    "goals_words": "Quiero pasar a planificación.",
    "interests": ["underground"],
    "q_why_apply": "Because now is the time.",
}
MENTOR_GOALS = {"goals": ["leadership", "board"], "q_why_mentor": "Somebody helped me."}
MEETING = {
    "languages": ["es", "en"],
    "preferred_language": "es",
    "preferred_mentor_gender": "female",
    "availability": ["mon 18-22", "tue 18-22"],
    "hours_a_month": "3",
    "channels": "video",
}
CARE = {
    "not_with": "Minera Baja\nrival@example.org",
    "line_manager_email": "boss@example.org",
    "contacts": ["email"],
    **{f"consent_{purpose}": "on" for purpose in REQUIRED},
}
STEPS = {"work": WORK, "goals": GOALS, "meeting": MEETING, "care": CARE}


def make_cohort(*, opened: bool = True, **settings: Any) -> Cohort:
    instant = clock.now()
    organisation = Organisation.objects.create(
        name="Women in Mining Atacama",
        name_folded="women in mining atacama",
        slug="wim-atacama",
        contact_email="hola@wim-atacama.example.org",
        verified_at=instant,
    )
    programme = register_programme(
        organisation=organisation, by=SYSTEM, name="Primera Veta", languages=("es",), countries=("CL",)
    )
    opens = datetime.combine(instant.date() - timedelta(days=2), datetime.min.time())
    calendar = Calendar(
        time_zone="America/Santiago",
        opens=opens,
        closes=opens + timedelta(days=30, hours=23, minutes=59),
        decisions_on=_day(opens, 40),
        offers_on=_day(opens, 50),
        kickoff_on=_day(opens, 70),
    )
    cohort = create_cohort(programme=programme, name="Cohort 2027", calendar=calendar, by=SYSTEM, **settings)
    return open_cohort(cohort=cohort, by=SYSTEM) if opened else cohort


def _day(opens: datetime, days: int) -> date:
    return (opens + timedelta(days=days)).date()


def start_address(cohort: Cohort, role: str = "mentee") -> str:
    programme = cohort.programme
    return f"/apply/{programme.organisation.slug}/{programme.slug}/{cohort.slug}/{role}/"


def hidden_fields(html: str) -> dict[str, str]:
    """Of the form as the page shows it."""
    found: dict[str, str] = {}
    for tag in re.findall(r'<input[^>]*type="hidden"[^>]*>', html):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            found[name[1]] = value[1] if value else ""
    return found


def open_form(client: Client, cohort: Cohort, role: str = "mentee") -> dict[str, str]:
    """The hidden fields of a form that was shown a while ago."""
    with shifted(timedelta(seconds=-30)):
        return hidden_fields(client.get(start_address(cohort, role)).content.decode())


def post_start(client: Client, cohort: Cohort, role: str = "mentee", **changes: Any) -> Application:
    hidden = open_form(client, cohort, role)
    answer = client.post(start_address(cohort, role), {**hidden, **ABOUT, **changes})
    assert answer.status_code == 302, answer.content.decode()
    return Application.objects.get(submission_key=hidden["submission_key"])


def post_steps(client: Client, application: Application, **changes: dict[str, Any]) -> None:
    mentor = {"goals": MENTOR_GOALS, "meeting": {**MEETING, "capacity": "2"}} if application.role == "mentor" else {}
    for step, data in {**STEPS, **mentor, **changes}.items():
        answer = client.post(f"/apply/{application.submission_key}/{step}/", data)
        assert answer.status_code == 302, (step, answer.content.decode())


def post_all(client: Client, cohort: Cohort, role: str = "mentee", **changes: Any) -> Application:
    """Everything but Send."""
    application = post_start(client, cohort, role, **changes)
    post_steps(client, application)
    return application


def send(client: Client, application: Application) -> Any:
    return client.post(f"/apply/{application.submission_key}/check/", follow=True)


def link_in(email: OutboxEmail) -> str:
    """The address of the only link of an e-mail, made as it is when the e-mail goes out."""
    return next(iter(make_secrets(email).values())).removeprefix("http://127.0.0.1:8000")


def letters_to(email: str) -> list[str]:
    return list(OutboxEmail.objects.filter(recipient=email).order_by("pk").values_list("kind", flat=True))


def press_confirm(client: Client, email: OutboxEmail, **choice: str) -> Any:
    """Open the link of the e-mail in this browser and press its button."""
    page = client.get(link_in(email))
    return client.post(page["Location"], choice, follow=True)


def make_draft(cohort: Cohort, *, role: str = "mentee", email: str = LUCIA, **columns: Any) -> Application:
    """A complete draft, without the form."""
    application = domain.start_application(
        cohort=cohort,
        role=role,
        submission_key=uuid4(),
        values={"email": email, "first_name": "Lucía", "last_name": "Paredes Rojas"},
        answers={},
        by=HER,
    )
    values = {"country": "CL", "goals": ("visibility",), "languages": ("es",), **columns}
    Application.objects.filter(pk=application.pk).update(**values)
    consents = dict.fromkeys(CONSENTS, True)
    return domain.save_step(application=application, step="care", values={}, answers={}, consents=consents, by=HER)


def make_sent(cohort: Cohort, **changes: Any) -> Application:
    draft = make_draft(cohort, **changes)
    return domain.submit_application(application=draft, address_proven=False, by=HER)


def make_confirmed(cohort: Cohort, **changes: Any) -> Application:
    return domain.confirm_email(application=make_sent(cohort, **changes), by=HER)


def work_step(key: object) -> str:
    return reverse("apply-step", kwargs={"key": key, "step": "work"})
