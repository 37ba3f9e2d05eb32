"""Publishing: all or nothing, once, never more than a mentor's places."""

from datetime import timedelta

import pytest

from matching.board.domain import publish_proposals
from matching.board.models import Offer, PairRule
from matching.board.offer_queries import held_by_offers
from matching.runs.models import MatchingRun
from programmes.applications.models import Application
from programmes.audit.models import AuditEvent
from programmes.cohorts.letters import Letter
from programmes.cohorts.models import Cohort, CohortFigures
from programmes.outbox.models import OutboxEmail
from tests.matching.board.cast import (
    accept,
    at_once,
    in_a_week,
    letters,
    make_cast,
    make_member,
    offer_of,
    places_taken,
    publish,
    run_matching,
    states,
)
from wimmentor.base import clock
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError


@pytest.mark.django_db
def test_both_sides_of_every_pair_are_asked_at_once() -> None:
    cast = make_cast()

    offers = publish(cast)

    assert states(cast) == {"Lucía": "sent", "Ana": "sent", "Inés": "sent"}
    assert places_taken(cast) == {"Carmen": 1, "Elena": 2}
    assert letters(cast, "offer_mentee") == ["ana", "inés", "lucía"]
    assert letters(cast, "offer_mentor") == ["carmen", "elena", "elena"]
    assert {offer.points for offer in offers} == {proposal.points for proposal in cast.run.proposals.all()}
    assert offers[0].parts == cast.run.proposals.get(mentee=offers[0].mentee).parts
    assert AuditEvent.objects.filter(verb="offers.published").count() == 1


@pytest.mark.django_db
def test_the_cohort_moves_on_and_keeps_its_figures() -> None:
    cast = make_cast()

    publish(cast)

    cohort = Cohort.objects.get(pk=cast.cohort.pk)
    figures = CohortFigures.objects.get(cohort=cohort)
    assert (cohort.phase, cohort.offers_sent_at is not None) == ("confirming", True)
    assert (figures.method, figures.matched, figures.accepted_at_first_proposal) == ("software_proposed", 3, 0)
    assert figures.days_close_to_pairs in (9, 10)


@pytest.mark.django_db
def test_the_letter_says_who_why_and_until_when_but_no_address() -> None:
    cast = make_cast()

    publish(cast)

    offer = offer_of(cast, "Lucía")
    mail = OutboxEmail.objects.get(event_key=f"offer.sent:{offer.pk}:mentee")
    assert mail.subject == f"{offer.mentor.first_name} could be your mentor"
    for words in ("Lives in: Chile", "Experience: 15 years", "career direction", "in Lima (UTC−5)", "[[link:answer]]"):
        assert words.casefold() in mail.body.casefold()
    assert (offer.mentor.email in mail.body, offer.mentor.last_name in mail.body) == (False, False)
    assert mail.links["answer"]["purpose"] == "offer.mentee"
    assert mail.reply_to == "hello@wim-cordillera.example.org"


@pytest.mark.django_db
def test_who_has_not_agreed_to_be_shown_is_named_and_no_more() -> None:
    cast = make_cast()
    accept(cast.cohort, "Marta Vega", "mentee", shares=())
    accept(cast.cohort, "Olga Ruiz", "mentor", shares=(), capacity=1)
    run = run_matching(cast.cohort)

    publish(cast, run=run)

    shy = Offer.objects.get(mentor__first_name="Olga")
    mail = OutboxEmail.objects.get(event_key=f"offer.sent:{shy.pk}:mentee")
    assert ("Olga" in mail.body, "About Olga" in mail.body, "Chile" in mail.body) == (True, False, False)
    assert "\n\n\n" not in mail.body


@pytest.mark.django_db
def test_who_came_by_a_spreadsheet_reads_where_from_and_has_a_way_out() -> None:
    cast = make_cast()
    Application.objects.filter(pk=cast["Ana"].pk).update(source="import")

    publish(cast)

    letters = {email.recipient: email for email in OutboxEmail.objects.filter(kind="offer_mentee")}
    assert ["[[link:status]]" in letters[cast[name].email].body for name in ("Ana", "Lucía")] == [True, False]
    assert letters[cast["Ana"].email].links["status"]["purpose"] == "application.status"


@pytest.mark.django_db
def test_edited_letters_go_out_as_edited() -> None:
    cast = make_cast()
    edited = Letter("{other_first_name} for you", "Dear {first_name}, yes or no? [[link:answer]]")

    publish(cast, "Lucía", letters={("offer_mentee", "en"): edited})

    offer = offer_of(cast, "Lucía")
    mail = OutboxEmail.objects.get(event_key=f"offer.sent:{offer.pk}:mentee")
    assert (mail.subject, mail.body) == (
        f"{offer.mentor.first_name} for you",
        "Dear Lucía, yes or no? [[link:answer]]",
    )


@pytest.mark.django_db
def test_a_letter_without_its_link_is_refused_beside_its_field() -> None:
    cast = make_cast()

    with pytest.raises(DomainError) as refusal:
        publish(cast, letters={("offer_mentor", "en"): Letter("Hello", "No link")})

    assert (refusal.value.code, refusal.value.field) == ("link_missing", "offer_mentor_en_body")
    assert states(cast) == {}


@pytest.mark.django_db
def test_the_same_press_twice_is_one_sending() -> None:
    cast = make_cast()

    first = publish(cast)
    second = publish(cast)

    assert [offer.pk for offer in second] == [offer.pk for offer in first]
    assert (Offer.objects.count(), len(letters(cast, "offer_mentee"))) == (3, 3)


@pytest.mark.django_db
def test_a_colleague_who_presses_later_reads_who_sent_and_when() -> None:
    cast = make_cast()
    publish(cast)
    joana = make_member(cast.cohort, "joana@example.org", "Joana Lima")
    sent = clock.wall_of(Offer.objects.latest("sent_at").sent_at, cast.cohort.time_zone)

    with pytest.raises(Conflict) as refusal:
        publish(cast, by=Actor.of(joana))

    assert str(refusal.value) == f"Rosa Mamani sent these offers at {sent:%H:%M}. Nothing was sent twice."


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_at_once_send_one_set() -> None:
    cast = make_cast()
    joana = make_member(cast.cohort, "joana@example.org", "Joana Lima")

    answers = at_once(lambda: len(publish(cast)), lambda: len(publish(cast, by=Actor.of(joana))))

    assert sorted(answers, key=str) == [3, "already_sent"]
    assert (Offer.objects.count(), len(letters(cast, "offer_mentee")), len(letters(cast, "offer_mentor"))) == (3, 3, 3)
    assert places_taken(cast) == {"Carmen": 1, "Elena": 2}


@pytest.mark.django_db(transaction=True)
def test_the_last_place_of_a_mentor_goes_once() -> None:
    """Two proposals name the same mentor of one place: one offer goes out, the other is refused whole."""
    cast = make_cast()
    carmen = cast["Carmen"]
    cast.run.proposals.update(mentor=carmen)

    answers = at_once(lambda: len(publish(cast, "Lucía")), lambda: len(publish(cast, "Ana")))

    assert sorted(answers, key=str) == [1, "no_place"]
    assert (Offer.objects.count(), places_taken(cast)) == (1, {"Carmen": 1, "Elena": 0})


@pytest.mark.django_db
def test_one_pair_too_many_sends_nothing_at_all() -> None:
    cast = make_cast()
    cast.run.proposals.update(mentor=cast["Carmen"])

    with pytest.raises(Conflict, match="Carmen Ibáñez has no free place any more"):
        publish(cast)

    assert (states(cast), places_taken(cast)) == ({}, {"Carmen": 0, "Elena": 0})
    assert Cohort.objects.get(pk=cast.cohort.pk).phase == "matching"


@pytest.mark.django_db
def test_a_mentor_who_named_no_number_has_the_places_of_the_cohort() -> None:
    cast = make_cast()
    Application.objects.filter(cohort=cast.cohort, role="mentor").update(capacity=None)

    publish(cast, *[proposal.mentee.first_name for proposal in cast.run.proposals.all()[:1]])

    mentor = Offer.objects.get().mentor
    assert (mentor.capacity, mentor.places_taken) == (1, 1)


@pytest.mark.django_db
def test_a_part_first_and_the_rest_later() -> None:
    cast = make_cast()

    publish(cast, "Lucía")
    publish(cast)

    assert states(cast) == {"Lucía": "sent", "Ana": "sent", "Inés": "sent"}
    assert letters(cast, "offer_mentee") == ["ana", "inés", "lucía"]


@pytest.mark.django_db
def test_a_pair_forbidden_after_the_run_is_not_sent() -> None:
    cast = make_cast()
    proposal = cast.run.proposals.get(mentee__first_name="Lucía")
    PairRule.objects.create(cohort=cast.cohort, mentee=proposal.mentee, mentor=proposal.mentor, kind="forbid")

    publish(cast)

    assert states(cast) == {"Ana": "sent", "Inés": "sent"}


@pytest.mark.django_db
def test_an_unverified_organisation_prepares_and_sends_nothing() -> None:
    cast = make_cast(verified=False)

    with pytest.raises(DomainError) as refusal:
        publish(cast)

    assert (refusal.value.code, states(cast)) == ("not_verified", {})


@pytest.mark.django_db
def test_only_the_newest_result_whose_proof_held_is_sent() -> None:
    cast = make_cast()
    newer = run_matching(cast.cohort)
    unproven = MatchingRun.objects.get(pk=newer.pk)

    with pytest.raises(Conflict) as overtaken:
        publish(cast)
    unproven.report = {"valid": False, "optimal": False, "problems": ["x"]}
    with pytest.raises(DomainError) as failed:
        publish(cast, run=unproven)

    assert (overtaken.value.code, failed.value.code, states(cast)) == ("overtaken", "not_proven", {})


@pytest.mark.django_db
def test_a_run_of_another_cohort_is_no_run_here() -> None:
    cast, other = make_cast(), make_cast("wim-sierra")

    with pytest.raises(DomainError) as refusal:
        publish_proposals(
            cohort=cast.cohort,
            run=other.run,
            proposals=list(other.run.proposals.all()),
            deadline_wall=in_a_week(cast.cohort),
            by=cast.by,
        )

    assert (refusal.value.code, Offer.objects.count()) == ("no_result", 0)


@pytest.mark.django_db
def test_a_deadline_that_is_over_is_refused_beside_its_field() -> None:
    cast = make_cast()
    yesterday = clock.wall_of(clock.now() - timedelta(days=1), cast.cohort.time_zone)

    with pytest.raises(DomainError) as refusal:
        publish(cast, deadline_wall=yesterday)

    assert (refusal.value.code, refusal.value.field) == ("deadline_over", "deadline")


@pytest.mark.django_db
def test_who_is_in_a_live_offer_is_known_to_decisions() -> None:
    cast = make_cast()
    publish(cast)
    Offer.objects.filter(mentee__first_name="Ana").update(state="declined")
    people = {application.first_name: application.pk for application in Application.objects.filter(cohort=cast.cohort)}

    held = held_by_offers({people["Lucía"], people["Ana"], people["Carmen"]})

    carmen = {people["Carmen"]} if Offer.objects.filter(mentor=people["Carmen"], state="sent").exists() else set()
    assert held == {people["Lucía"]} | carmen
