"""Every e-mail is worded in the language of whoever gets it, whatever the language of whoever set it off.

Spanish is marked here: each of its sentences stands in brackets, as in the pseudo-locale. What an e-mail says outside
of brackets is then not in the catalogues, or was worded in another language.
"""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real

from matching.board import domain as board
from matching.board import emails as offer_emails
from matching.board.models import Offer
from programmes.applications import emails as application_emails
from programmes.applications.domain import decide_applications
from programmes.applications.letters import DECISION_LETTERS
from programmes.cohorts.blueprints import LETTERS
from programmes.cohorts.models import Cohort
from programmes.mentorships import emails as pair_emails
from programmes.models import Application, Membership, Organisation, OutboxEmail, User
from programmes.organisations import domain as organisations
from programmes.organisations import emails as organisation_emails
from programmes.outbox.rendering import render_html
from tests.matching.board.cast import Cast, make_cast, offer_of, publish
from wimmentor.base.actors import SYSTEM, Actor
from wimmentor.base.pseudo import CLOSE, OPEN, PseudoTranslation

WORD = re.compile(r"[^\W\d_]{2,}")
MARK = re.compile(r"\[\[[^\]]*\]\]|https?://\S+|\S+@\S+")
BRACKETED = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")


@pytest.fixture
def marked_spanish() -> Iterator[None]:
    genuine = trans_real.translation("es")
    trans_real._translations["es"] = PseudoTranslation(genuine)  # type: ignore[attr-defined]
    with translation.override("en"):
        yield
    trans_real._translations["es"] = genuine  # type: ignore[attr-defined]


@pytest.fixture
def cast(db: None, marked_spanish: None) -> Cast:
    """Everybody reads Spanish; whoever acts does so in English."""
    cast = make_cast()
    Application.objects.update(language="es")
    User.objects.update(language="es")
    cast.cohort.programme.organisation.languages = ("es",)
    cast.cohort.programme.organisation.save()
    for proposal in cast.run.proposals.all():
        assert proposal.mentee.language == "es"
    return cast


def outside(text: str, cohort: Cohort) -> list[str]:
    """The words that no sentence of the catalogues holds, but for names."""
    left = MARK.sub(" ", text)
    while BRACKETED.search(left):
        left = BRACKETED.sub(" ", left)
    names = [cohort.name, cohort.programme.name, cohort.programme.organisation.name]
    names += Application.objects.values_list("first_name", flat=True)
    for name in names:
        left = left.replace(name, " ")
    return WORD.findall(left)


def assert_spanish(cast: Cast, *kinds: str) -> None:
    rows = OutboxEmail.objects.filter(kind__in=kinds)
    assert set(rows.values_list("kind", flat=True)) == set(kinds)
    for row in rows:
        assert (row.kind, row.language) == (row.kind, "es")
        assert OPEN in row.subject, row.kind
        assert (row.kind, outside(f"{row.subject}\n{row.body}", cast.cohort)) == (row.kind, [])


def test_letters_about_an_application(cast: Cast) -> None:
    ana = cast["Ana"]
    Application.objects.filter(pk=ana.pk).update(source="import")
    ana.refresh_from_db()
    ana.cohort = cast.cohort
    for send in ("send_confirm", "send_received", "send_resume", "send_page"):
        getattr(application_emails, send)(ana)
    for status in ("waitlisted", "declined", "accepted"):
        ana.refresh_from_db()
        seen = {ana.pk: ana.status}
        decide_applications(cohort=cast.cohort, seen=seen, to=status, letters={}, by=SYSTEM)

    told = ("application_confirm", "application_received", "application_resume", "application_page")
    assert_spanish(cast, *told, *DECISION_LETTERS.values())


def test_letters_of_offers_and_pairs(cast: Cast) -> None:
    publish(cast)
    first, second = offer_of(cast, "Ana"), offer_of(cast, "Lucía")
    offer_emails.send_reminder(first, "mentee")
    for side in ("mentee", "mentor"):
        board.answer_offer(offer=Offer.objects.get(pk=first.pk), side=side, answer="yes", by=SYSTEM)
    board.answer_offer(offer=second, side="mentor", answer="no", by=SYSTEM)
    mentorship = Offer.objects.get(pk=first.pk).mentorship
    assert mentorship is not None
    pair_emails.send_link_again(mentorship, "mentee", 1)
    pair_emails.send_ended(mentorship, "mentor", looking_again=True)

    offers = ("offer_mentee", "offer_mentor", "offer_reminder", "offer_ended")
    assert_spanish(cast, *offers, "pair_confirmed", "pair_link", "pair_ended")


def test_letters_of_an_organisation(cast: Cast) -> None:
    organisation = cast.cohort.programme.organisation
    Membership.objects.create(user=cast.rosa, organisation=organisation, role="owner")
    platform = Organisation.objects.create(
        name="Platform", name_folded="platform", slug="platform", is_platform=True, contact_email="p@example.org"
    )
    Membership.objects.create(user=cast.rosa, organisation=platform, role="iwim_reviewer")
    organisations.invite_person(
        organisation=organisation, email="new@example.org", role="reviewer", by=Actor.of(cast.rosa)
    )
    organisation_emails.tell_reviewers(organisation)
    organisation_emails.tell_verified(organisation)
    organisation_emails.tell_refused(organisation)

    kinds = ("invitation", "waiting", "verified", "refused")
    assert_spanish(cast, *(f"organisation_{kind}" for kind in kinds))


def test_letters_of_the_account(cast: Cast) -> None:
    """She asks on a machine that speaks English."""
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.post("/account/login/code/", {"email": cast.rosa.email})
    client.post("/account/password/reset/", {"email": cast.rosa.email})

    kinds = set(OutboxEmail.objects.values_list("kind", flat=True))
    assert_spanish(cast, *kinds)
    assert kinds == {"login_code", "password_reset_key"}
    assert all('lang="es"' in render_html(email, {}) for email in OutboxEmail.objects.all())


def test_every_kind_of_letter_is_told_above() -> None:
    """A new kind belongs into one of these tests. `imported_notice` is worded and not sent by itself: origin_notice
    goes with the first letter."""
    told = {"application_confirm", "application_received", "application_resume", *DECISION_LETTERS.values()}
    told |= {"offer_mentee", "offer_mentor", "offer_reminder", "offer_ended", "pair_confirmed"}
    assert set(LETTERS) - told == {"imported_notice"}


def test_own_terms_are_in_letters_and_not_in_names(cast: Cast) -> None:
    organisation = cast.cohort.programme.organisation
    organisation.terms = {"en": {"mentor": ["guide", "guides"]}}
    organisation.name = "Mentor Circle"
    organisation.save()
    cast.cohort.programme.organisation = organisation
    Application.objects.update(language="en")

    publish(cast, "Ana")

    letter = OutboxEmail.objects.get(kind="offer_mentee")
    assert letter.subject.endswith("could be your guide")
    assert letter.body.endswith("Mentor Circle")
