"""A pair that both said yes to. It comes from an offer, as every pair does."""

from matching.board.domain import answer_offer
from programmes.mentorships.models import Mentorship
from programmes.mentorships.queries import full_mentorships
from tests.matching.board.cast import Cast, accept, make_cohort, make_member, offer_of, publish, run_matching
from wimmentor.base.actors import SYSTEM


def make_pair_cast(slug: str = "wim-cordillera", pairs: int = 1) -> Cast:
    """Lucía and Carmen; two more pairs with `pairs=3`."""
    cohort = make_cohort(slug)
    names = [("Lucía Paredes", "Carmen Ibáñez"), ("Ana Quispe", "Elena Rojas"), ("Inés Salas", "Marta Vega")]
    for mentee, mentor in names[:pairs]:
        accept(cohort, mentee, "mentee")
        accept(cohort, mentor, "mentor", capacity=1)
    cast = Cast(cohort, run_matching(cohort), make_member(cohort, f"rosa@{slug}.example.org"))
    publish(cast)
    for mentee, _mentor in names[:pairs]:
        offer = offer_of(cast, mentee.partition(" ")[0])
        answer_offer(offer=offer, side="mentee", answer="yes", by=SYSTEM)
        answer_offer(offer=offer, side="mentor", answer="yes", by=SYSTEM)
    return cast


def pair_of(cast: Cast, first_name: str = "Lucía") -> Mentorship:
    return full_mentorships().get(cohort=cast.cohort, mentees__mentee__first_name=first_name)


def make_pair() -> Mentorship:
    return pair_of(make_pair_cast())
