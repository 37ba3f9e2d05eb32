"""The cohort's contact list. An address or number is in it only if its owner agreed to share it."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from programmes.applications.models import Application
from programmes.mentorships.models import Mentorship
from programmes.mentorships.queries import mentee_of
from programmes.mentorships.sharing import Grants, contact_of, grants_of
from wimmentor.base import clock
from wimmentor.base.codes.places import country_name


def contact_headings() -> list[str]:
    return [
        _("Mentee"),
        _("Mentee's e-mail"),
        _("Mentee's telephone"),
        _("Mentee lives in"),
        _("Mentor"),
        _("Mentor's e-mail"),
        _("Mentor's telephone"),
        _("Mentor lives in"),
        _("Pair since"),
    ]


def contact_rows(mentorships: Iterable[Mentorship], zone: str) -> Iterator[list[object]]:
    pairs = [(mentorship, mentee_of(mentorship), mentorship.mentor) for mentorship in mentorships]
    grants = grants_of(person.pk for _pair, mentee, mentor in pairs for person in (mentee, mentor))
    for mentorship, mentee, mentor in pairs:
        since = clock.wall_of(mentorship.started_at, zone).date()
        yield [*_person(mentee, grants), *_person(mentor, grants), since]


def _person(application: Application, grants: Grants) -> list[object]:
    return [
        application.name,
        contact_of(application, grants, "email"),
        contact_of(application, grants, "phone"),
        country_name(application.country) if application.country else "",
    ]
