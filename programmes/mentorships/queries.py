from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext

from programmes.applications.models import Application
from programmes.applications.own import COUNTED
from programmes.cohorts.models import Cohort
from programmes.mentorships.models import Mentorship, MentorshipMentee, PastPairImport
from wimmentor.base.text import fold

State = Mentorship.State
_CHUNK = 500


def _with_people(queryset: QuerySet[Mentorship]) -> QuerySet[Mentorship]:
    places = MentorshipMentee.objects.select_related("mentee").order_by("pk")
    return queryset.select_related("mentor").prefetch_related(Prefetch("mentees", queryset=places))


def mentorships_of(cohort: Cohort, *, state: str = "", text: str = "") -> QuerySet[Mentorship]:
    """Under way first, then by the mentor's name."""
    found = _with_people(Mentorship.objects.filter(cohort=cohort))
    if state in State.values:
        found = found.filter(state=state)
    for word in fold(text).split():
        found = found.filter(
            Q(mentor__name_folded__contains=word)
            | Q(pk__in=MentorshipMentee.objects.filter(mentee__name_folded__contains=word).values("mentorship_id"))
        )
    return found.order_by("state", "mentor__name_folded", "pk")


def count_states(cohort: Cohort) -> dict[str, int]:
    states = list(Mentorship.objects.filter(cohort=cohort).order_by().values_list("state", flat=True))
    return {state: states.count(state) for state in State.values}


def full_mentorships() -> QuerySet[Mentorship]:
    """With all that a person's page needs."""
    return _with_people(Mentorship.objects.select_related("cohort__programme__organisation"))


def mentee_of(mentorship: Mentorship) -> Application:
    """The one mentee of a pair."""
    places: list[MentorshipMentee] = list(mentorship.mentees.all())
    return places[0].mentee


def person_of(mentorship: Mentorship, side: str) -> Application:
    return mentee_of(mentorship) if side == "mentee" else mentorship.mentor


def owner_of(pk: int, side: str) -> int | None:
    """The user id of one side of a pair."""
    if side == "mentor":
        return Mentorship.objects.filter(pk=pk).values_list("mentor__user_id", flat=True).first()
    return MentorshipMentee.objects.filter(mentorship_id=pk).values_list("mentee__user_id", flat=True).first()


def mentorships_of_person(application: Application) -> QuerySet[Mentorship]:
    """All pairs of one application, ended ones too."""
    hers = Q(mentor=application) | Q(mentees__mentee=application)
    return Mentorship.objects.filter(pk__in=Mentorship.objects.filter(hers).values("pk")).order_by("pk")


def active_for(application: Application) -> QuerySet[Mentorship]:
    ids = mentorships_of_person(application).filter(state=State.ACTIVE).order_by().values("pk")
    return full_mentorships().filter(pk__in=ids).order_by("pk")


def mentorships_of_user(user_id: int) -> QuerySet[Mentorship]:
    hers = Q(mentor__user_id=user_id) | Q(mentees__mentee__user_id=user_id)
    ids = Mentorship.objects.filter(hers).values("pk")
    return full_mentorships().filter(pk__in=ids).order_by("state", "-pk")


def paired(ids: set[int]) -> dict[int, str]:
    """Of these applications, those with a pair, with the reason why an undone import leaves them."""
    places = MentorshipMentee.objects.filter(Q(mentee_id__in=ids) | Q(mentorship__mentor_id__in=ids)).order_by()
    people = {pk for pair in places.values_list("mentee_id", "mentorship__mentor_id") for pk in pair} & ids
    return dict.fromkeys(people, gettext("She is, or was, in a pair."))


def known_roles(organisation_id: int, emails: Iterable[str]) -> dict[str, set[str]]:
    """Of these addresses, those of people who applied to any cohort of the organisation, with their roles there. A
    stranger's unconfirmed form makes nobody known."""
    people = Application.objects.filter(COUNTED, cohort__programme__organisation_id=organisation_id).order_by()
    wanted = sorted(set(emails))
    found: dict[str, set[str]] = {}
    for start in range(0, len(wanted), _CHUNK):
        for email, role in people.filter(email__in=wanted[start : start + _CHUNK]).values_list("email", "role"):
            found.setdefault(email, set()).add(role)
    return found


def past_pair_imports(organisation_id: int) -> QuerySet[PastPairImport]:
    """Newest first, of the whole organisation: its pairs count in each of its cohorts."""
    return PastPairImport.objects.filter(organisation_id=organisation_id).select_related("created_by").order_by("-pk")
