import threading
from collections.abc import Iterator

import pytest
from django.db import connections

from matching.board.models import Offer
from programmes.applications import registry
from programmes.applications.domain.decisions import decide_applications
from programmes.applications.models import Application
from programmes.audit.models import AuditEvent
from programmes.cohorts.blueprints import LETTERS
from programmes.cohorts.letters import Letter
from programmes.cohorts.models import Cohort
from programmes.outbox.models import OutboxEmail
from tests.programmes.applications.coordinators import (
    SENT,
    address,
    apply_as,
    make_cohort,
    make_member,
    sign_in,
    statuses,
)
from wimmentor.base.actors import SYSTEM, Actor
from wimmentor.base.errors import Conflict, DomainError
from wimmentor.base.languages import speak

pytestmark = pytest.mark.django_db
LETTER = Letter("{first_name}, a place", "Hello {first_name},\n\n[[link:status]]")


def worded(to: str, letter: Letter = LETTER) -> dict[tuple[str, str], Letter]:
    return {(f"decision_{to}", "en"): letter}


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


@pytest.fixture
def live_offers() -> Iterator[set[int]]:
    """Ids that matching would say are in an open offer."""
    held: set[int] = set()

    def answer(ids: set[int]) -> set[int]:
        return ids & held

    registry.register_live_offers(answer)
    yield held
    registry._live_offers.remove(answer)


def seen(*applications: Application) -> dict[int, str]:
    return {application.pk: application.status for application in applications}


def test_accepting_moves_them_writes_to_each_and_is_one_event(cohort: Cohort) -> None:
    ana, berta = apply_as(cohort, "Ana Rojas"), apply_as(cohort, "Berta Cano", status="shortlisted")
    rosa = make_member(cohort)

    decided = decide_applications(
        cohort=cohort, seen=seen(ana, berta), to="accepted", letters=worded("accepted"), by=Actor.of(rosa)
    )

    assert [application.pk for application in decided.moved] == [ana.pk, berta.pk]
    assert statuses(cohort) == {"Ana": "accepted", "Berta": "accepted"}
    assert Application.objects.filter(decided_at__isnull=False, version=2).count() == 2
    emails = OutboxEmail.objects.order_by("pk").values_list("event_key", "recipient", "subject", "body", "kind")
    assert list(emails) == [
        (
            f"decision:{ana.pk}:accepted:2",
            "ana.rojas@example.org",
            "Ana, a place",
            "Hello Ana,\n\n[[link:status]]",
            "decision_accepted",
        ),
        (
            f"decision:{berta.pk}:accepted:2",
            "berta.cano@example.org",
            "Berta, a place",
            "Hello Berta,\n\n[[link:status]]",
            "decision_accepted",
        ),
    ]
    event = AuditEvent.objects.get(verb="application.decided")
    assert (event.actor, event.subject_id, event.details) == (
        rosa,
        cohort.pk,
        {"to": "accepted", "moved": [ana.pk, berta.pk], "skipped": 0, "written": True},
    )


def test_without_a_letter_nobody_is_written_to(cohort: Cohort) -> None:
    ana = apply_as(cohort, "Ana Rojas")

    decide_applications(cohort=cohort, seen=seen(ana), to="declined", letters=None, by=SYSTEM)

    assert statuses(cohort) == {"Ana": "declined"}
    assert OutboxEmail.objects.count() == 0


def test_whoever_somebody_else_moved_is_left_and_named(cohort: Cohort) -> None:
    ana, berta, carla = (apply_as(cohort, name) for name in ("Ana Rojas", "Berta Cano", "Carla Soto"))
    as_seen = seen(ana, berta, carla)
    Application.objects.filter(pk=berta.pk).update(status="declined")
    Application.objects.filter(pk=carla.pk).update(status="withdrawn")

    decided = decide_applications(cohort=cohort, seen=as_seen, to="accepted", letters=worded("accepted"), by=SYSTEM)

    assert [application.first_name for application in decided.moved] == ["Ana"]
    assert [(left.first_name, left.status) for left in decided.skipped] == [
        ("Berta", "declined"),
        ("Carla", "withdrawn"),
    ]
    assert OutboxEmail.objects.count() == 1


def test_pressed_twice_it_writes_once(cohort: Cohort) -> None:
    ana = apply_as(cohort, "Ana Rojas")
    as_seen, rosa = seen(ana), Actor.of(make_member(cohort))
    decide_applications(cohort=cohort, seen=as_seen, to="accepted", letters=worded("accepted"), by=rosa)

    again = decide_applications(cohort=cohort, seen=as_seen, to="accepted", letters=worded("accepted"), by=rosa)

    assert [application.first_name for application in again.repeated] == ["Ana"]
    assert OutboxEmail.objects.count() == 1
    assert AuditEvent.objects.filter(verb="application.decided").count() == 1


def test_slower_coordinator_reads_both_versions(cohort: Cohort) -> None:
    ana = apply_as(cohort, "Ana Rojas")
    as_seen, rosa = seen(ana), make_member(cohort)
    decide_applications(cohort=cohort, seen=as_seen, to="accepted", letters=worded("accepted"), by=Actor.of(rosa))

    with pytest.raises(Conflict, match="Somebody decided about Ana Rojas") as refused:
        decide_applications(cohort=cohort, seen=as_seen, to="declined", letters=worded("declined"), by=SYSTEM)

    assert refused.value.yours == {"Ana Rojas": "declined"}
    assert refused.value.theirs["Ana Rojas"].startswith(f"accepted: {rosa}, ")
    assert " in Santiago (UTC−" in refused.value.theirs["Ana Rojas"]
    assert OutboxEmail.objects.count() == 1


def test_slower_coordinator_keeps_the_letter_that_she_wrote(cohort: Cohort) -> None:
    ana = apply_as(cohort, "Ana Rojas")
    client = sign_in(cohort)
    form = {"to": "declined", "seen": f"{ana.pk}:submitted", "step": "send", "send": "letter"}
    decide_applications(cohort=cohort, seen=seen(ana), to="accepted", letters=worded("accepted"), by=SYSTEM)

    page = client.post(
        address("applications-decide", cohort),
        {
            **form,
            "decision_declined_en_subject": "About you",
            "decision_declined_en_body": "Dear {first_name} [[link:status]]",
        },
    )

    html = page.content.decode()
    assert page.status_code == 409
    assert all(text in html for text in ("About you", "Dear {first_name}", "the site itself"))
    assert statuses(cohort) == {"Ana": "accepted"}


def test_people_of_another_cohort_and_unconfirmed_ones_are_not_decided(cohort: Cohort) -> None:
    theirs = apply_as(make_cohort("wim-andes"), "Frida Elsewhere")
    carla = apply_as(cohort, "Carla Unread", email_confirmed_at=None)

    with pytest.raises(Conflict, match="not here any more"):
        decide_applications(cohort=cohort, seen=seen(theirs), to="accepted", letters=None, by=SYSTEM)
    with pytest.raises(Conflict):
        decide_applications(cohort=cohort, seen=seen(carla), to="accepted", letters=None, by=SYSTEM)

    assert Application.objects.filter(status="accepted").count() == 0


@pytest.mark.parametrize("to", ["declined", "waitlisted"])
def test_live_offer_holds_everybody_back(cohort: Cohort, live_offers: set[int], to: str) -> None:
    ana = apply_as(cohort, "Ana Rojas", status="accepted")
    berta = apply_as(cohort, "Berta Cano", status="accepted")
    live_offers.add(berta.pk)

    with pytest.raises(DomainError, match="Berta Cano: an offer is open"):
        decide_applications(cohort=cohort, seen=seen(ana, berta), to=to, letters=worded(to), by=SYSTEM)

    assert statuses(cohort) == {"Ana": "accepted", "Berta": "accepted"}
    assert OutboxEmail.objects.count() == 0


def test_an_offer_that_was_sent_holds_both_sides(cohort: Cohort) -> None:
    ana = apply_as(cohort, "Ana Rojas", status="accepted")
    carmen = apply_as(cohort, "Carmen Vega", status="accepted", role="mentor", capacity=1)
    Offer.objects.create(cohort=cohort, mentee=ana, mentor=carmen, points=7000, deadline=SENT, sent_at=SENT)

    for person in (ana, carmen):
        with pytest.raises(DomainError, match=f"{person.name}: an offer is open"):
            decide_applications(cohort=cohort, seen=seen(person), to="declined", letters=None, by=SYSTEM)

    assert statuses(cohort) == {"Ana": "accepted", "Carmen": "accepted"}


@pytest.mark.parametrize(
    ("letter", "sentence"),
    [
        (Letter("Hello", "No link here"), "The letter needs"),
        (Letter("Hello", "{surname} [[link:status]]"), "is not filled in this letter"),
    ],
)
def test_a_letter_that_would_reach_people_broken_is_refused(cohort: Cohort, letter: Letter, sentence: str) -> None:
    ana = apply_as(cohort, "Ana Rojas")

    with pytest.raises(DomainError, match=sentence):
        decide_applications(cohort=cohort, seen=seen(ana), to="accepted", letters=worded("accepted", letter), by=SYSTEM)

    assert statuses(cohort) == {"Ana": "submitted"}


def test_imported_person_reads_where_her_answers_came_from(cohort: Cohort) -> None:
    ana = apply_as(cohort, "Ana Rojas", source="import", email_confirmed_at=None)

    decide_applications(cohort=cohort, seen=seen(ana), to="accepted", letters=worded("accepted"), by=SYSTEM)

    body = OutboxEmail.objects.get().body
    assert body.startswith("Hello Ana,\n\n[[link:status]]\n\nWim Cordillera entered your application here")


def test_page_shows_who_what_and_the_letter_before_anything_changes(cohort: Cohort) -> None:
    ana = apply_as(cohort, "Ana Rojas")
    done = apply_as(cohort, "Berta Cano", status="accepted")
    client = sign_in(cohort)

    page = client.post(
        address("applications-decide", cohort),
        {"to": "accepted", "chosen": [f"{ana.pk}:submitted", f"{done.pk}:accepted"]},
    ).content.decode()

    assert "<h1>Accept Ana Rojas</h1>" in page
    assert "Hello Ana," in page
    assert "Hello {first_name}," in page
    assert "(her own link)" in page
    assert "Berta Cano (accepted)" in page
    assert statuses(cohort) == {"Ana": "submitted", "Berta": "accepted"}
    assert OutboxEmail.objects.count() == 0


def test_edited_letter_is_previewed_then_sent(cohort: Cohort) -> None:
    ana = apply_as(cohort, "Ana Rojas")
    client = sign_in(cohort)
    data = {
        "to": "declined",
        "seen": f"{ana.pk}:submitted",
        "filters": "role=mentee",
        "send": "letter",
        "decision_declined_en_subject": "Dear {first_name}",
        "decision_declined_en_body": "Next year, {first_name}.\r\n\r\n[[link:status]]",
    }

    preview = client.post(address("applications-decide", cohort), {**data, "step": "preview"}).content.decode()
    unchanged = statuses(cohort)
    sent = client.post(address("applications-decide", cohort), {**data, "step": "send"}, follow=True)

    assert "Next year, Ana." in preview
    assert unchanged == {"Ana": "submitted"}
    assert sent.redirect_chain == [(address("applications-list", cohort) + "?role=mentee", 302)]
    assert "Ana Rojas is declined. The message is on its way." in sent.content.decode()
    assert OutboxEmail.objects.get().body == "Next year, Ana.\n\n[[link:status]]"


def test_refusal_keeps_what_she_wrote(cohort: Cohort) -> None:
    ana = apply_as(cohort, "Ana Rojas")
    client = sign_in(cohort)

    page = client.post(
        address("applications-decide", cohort),
        {
            "to": "accepted",
            "seen": f"{ana.pk}:submitted",
            "send": "letter",
            "decision_accepted_en_subject": "Yes",
            "decision_accepted_en_body": "My own words",
            "step": "send",
        },
    ).content.decode()

    assert "The letter needs [[link:status]]" in page
    assert "My own words" in page
    assert statuses(cohort) == {"Ana": "submitted"}


def test_everybody_shown_is_chosen_by_the_filters(cohort: Cohort) -> None:
    apply_as(cohort, "Ana Rojas", country="PE")
    apply_as(cohort, "Berta Cano", country="PE")
    apply_as(cohort, "Carla Soto", country="BO")
    client = sign_in(cohort)

    page = client.post(
        address("applications-decide", cohort), {"to": "accepted", "everyone": "1", "filters": "country=PE"}
    ).content.decode()

    assert "<h1>Accept 2 people</h1>" in page
    assert "Carla" not in page


@pytest.mark.parametrize("data", [{"to": "accepted"}, {"to": "accepted", "chosen": "junk:submitted"}])
def test_nobody_chosen_is_said(cohort: Cohort, data: dict[str, str]) -> None:
    client = sign_in(cohort)

    answer = client.post(address("applications-decide", cohort), data, follow=True)

    assert "Nobody was chosen." in answer.content.decode()


def test_skipped_people_are_named_on_the_page(cohort: Cohort) -> None:
    ana, berta = apply_as(cohort, "Ana Rojas"), apply_as(cohort, "Berta Cano")
    client = sign_in(cohort)
    Application.objects.filter(pk=berta.pk).update(status="declined")

    answer = client.post(
        address("applications-decide", cohort),
        {"to": "accepted", "seen": f"{ana.pk}:submitted,{berta.pk}:submitted", "send": "none", "step": "send"},
        follow=True,
    ).content.decode()

    assert "Ana Rojas is accepted. No message was sent." in answer
    assert "Left as they are: Berta Cano (Declined)." in answer


def test_foreign_ids_in_the_choice_are_nobody(cohort: Cohort) -> None:
    theirs = apply_as(make_cohort("wim-andes"), "Frida Elsewhere")
    client = sign_in(cohort)

    answer = client.post(
        address("applications-decide", cohort), {"to": "accepted", "chosen": f"{theirs.pk}:submitted"}, follow=True
    ).content.decode()

    assert "Nobody was chosen." in answer
    assert "Frida" not in answer


@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_one_decides() -> None:
    cohort = make_cohort()
    ana = apply_as(cohort, "Ana Rojas")
    together = threading.Barrier(2)
    moved: list[str] = []
    refused: list[str] = []

    def decide(to: str) -> None:
        try:
            own = Cohort.objects.select_related("programme__organisation").get(pk=cohort.pk)
            together.wait()
            decided = decide_applications(cohort=own, seen={ana.pk: "submitted"}, to=to, letters=worded(to), by=SYSTEM)
            moved.extend(to for _application in decided.moved)
        except Conflict as conflict:
            refused.append(conflict.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=decide, args=(to,)) for to in ("accepted", "declined")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    ana.refresh_from_db()
    assert (moved, refused) == ([ana.status], ["decided"])
    assert list(OutboxEmail.objects.values_list("kind", flat=True)) == [f"decision_{ana.status}"]


def test_each_language_has_its_own_message_and_what_was_left_is_named_once(cohort: Cohort) -> None:
    ana, berta = apply_as(cohort, "Ana Rojas"), apply_as(cohort, "Berta Cano", language="es")
    client = sign_in(cohort)
    data = {
        "to": "declined",
        "seen": f"{ana.pk}:submitted,{berta.pk}:submitted",
        "send": "letter",
        "step": "send",
        "decision_declined_en_subject": "Next year",
        "decision_declined_en_body": "Dear {first_name} [[link:status]]",
    }
    with speak("es"):
        kind = LETTERS["decision_declined"]
        data["decision_declined_es_subject"], data["decision_declined_es_body"] = (
            text.replace("{programme}", cohort.programme.name)
            .replace("{cohort}", cohort.name)
            .replace("{organisation}", cohort.programme.organisation.name)
            for text in (str(kind.subject), str(kind.body))
        )

    told = client.post(address("applications-decide", cohort), data).content.decode()
    sent_early = OutboxEmail.objects.count()
    client.post(address("applications-decide", cohort), {**data, "as_it_is": "on"})

    assert "Still in the usual words: Spanish." in told
    assert '<input type="hidden" name="as_it_is" value="on"' in told
    assert sent_early == 0
    letters = dict(OutboxEmail.objects.values_list("language", "body"))
    assert letters["en"] == "Dear Ana [[link:status]]"
    assert letters["es"].startswith(data["decision_declined_es_body"].partition("{")[0])
    assert "Berta" in letters["es"]
