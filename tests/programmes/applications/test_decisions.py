import threading
from collections.abc import Iterator

import pytest
from django.db import connections

from matching.board.models import Offer
from programmes.applications import registry
from programmes.applications.domain.decisions import decide_applications
from programmes.applications.models import Application
from programmes.audit.models import AuditEvent
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
