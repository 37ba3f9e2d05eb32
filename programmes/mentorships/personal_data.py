"""What pairs hold about a person; who the other one is, is hers to say."""

from django.utils.translation import gettext_lazy as _

from programmes.applications.personal_data import applications_of
from programmes.cohorts.models import Minutes
from programmes.mentorships.domain.past_pairs import LEFT_FOR, expire_past_pair_files, forget_past_pairs_with
from programmes.mentorships.models import Mentorship, MentorshipMentee
from programmes.people.holdings import Holding, Person
from programmes.people.personal_data import of_user
from programmes.people.retention import Rule, Term
from wimmentor.base.actors import Actor

_OTHER = "Who the other one is."

NOT_PERSONAL = {
    "programmes.PastPair": "Digests that name nobody.",
    "programmes.PastPairImport": "A coordinator's file, gone when its pairs are in.",
}
RULES = (Rule("past_pair_files", Term(days=LEFT_FOR.days), expire_past_pair_files),)


def forget_files(person: Person, by: Actor) -> None:
    """With her account, of any organisation: also of one from whose programme she had withdrawn before."""
    forget_past_pairs_with(person.email)


HOLDINGS = (
    Holding(
        "pairs_as_mentor",
        _("Your pairs as a mentor"),
        Mentorship,
        lambda person: Mentorship.objects.filter(mentor__in=applications_of(person)),
    ),
    Holding(
        "pairs_as_mentee",
        _("Your pairs as a mentee"),
        Mentorship,
        lambda person: Mentorship.objects.filter(mentees__mentee__in=applications_of(person)).distinct(),
        {"mentor": _OTHER},
    ),
    Holding(
        "places_in_pairs",
        _("Your places in pairs"),
        MentorshipMentee,
        lambda person: MentorshipMentee.objects.filter(mentee__in=applications_of(person)),
    ),
    Holding(
        "minutes",
        _("Minutes you spent on looking after a cohort"),
        Minutes,
        of_user(Minutes),
        {"user": "Herself."},
    ),
)
