"""Nobody is written to in the words of an organisation that nobody has verified."""

import pytest

from programmes.applications.domain.decisions import decide_applications
from programmes.applications.models import Application
from programmes.cohorts.letters import Letter
from programmes.cohorts.models import Cohort
from programmes.organisations.models import Organisation
from programmes.outbox.models import OutboxEmail
from tests.programmes.applications.coordinators import address, apply_as, make_cohort, sign_in, statuses
from wimmentor.base.actors import SYSTEM
from wimmentor.base.errors import DomainError

pytestmark = pytest.mark.django_db
BAIT = Letter("Your account is closed", "Sign in at https://elsewhere.example.org\n\n[[link:status]]")


@pytest.fixture
def ana() -> Application:
    """As an import leaves her: she has never heard of them."""
    cohort = make_cohort()
    Organisation.objects.update(verified_at=None)
    return apply_as(Cohort.objects.get(pk=cohort.pk), "Ana Rojas", source="import")


@pytest.mark.parametrize("letters", [{("decision_declined", "en"): BAIT}, {}])
def test_no_letter_goes(ana: Application, letters: dict[tuple[str, str], Letter]) -> None:
    with pytest.raises(DomainError, match="IWiM has not verified your organisation yet") as refusal:
        decide_applications(cohort=ana.cohort, seen={ana.pk: "submitted"}, to="declined", letters=letters, by=SYSTEM)

    assert (refusal.value.code, statuses(ana.cohort)) == ("not_verified", {"Ana": "submitted"})
    assert OutboxEmail.objects.count() == 0


def test_a_decision_without_a_letter_counts(ana: Application) -> None:
    decide_applications(cohort=ana.cohort, seen={ana.pk: "submitted"}, to="accepted", letters=None, by=SYSTEM)

    assert statuses(ana.cohort) == {"Ana": "accepted"}


def test_the_page_says_so_and_asks_for_no_letter(ana: Application) -> None:
    client, path = sign_in(ana.cohort), address("applications-decide", ana.cohort)

    page = client.post(path, {"to": "declined", "chosen": [f"{ana.pk}:submitted"]}).content.decode()

    main = page.partition("<main")[2].partition("</main>")[0]
    assert "Your organisation is not verified yet" in main
    assert "You can decide now; nobody is written to." in main
    assert [words for words in ("<textarea", "Subject", "Show the message again") if words in main] == []


def test_a_letter_posted_all_the_same_goes_nowhere(ana: Application) -> None:
    client, path = sign_in(ana.cohort), address("applications-decide", ana.cohort)
    letter = {"decision_declined_en_subject": BAIT.subject, "decision_declined_en_body": BAIT.body, "send": "letter"}

    page = client.post(
        path, {"to": "declined", "seen": f"{ana.pk}:submitted", "step": "send", **letter}, follow=True
    ).content.decode()

    assert "Ana Rojas is declined. No message was sent." in page
    assert OutboxEmail.objects.count() == 0
