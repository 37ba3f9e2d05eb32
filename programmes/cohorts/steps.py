"""The one thing to do next in a cohort, as a link into the area that does it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from programmes.access.permissions import Permission
from programmes.cohorts.models import Cohort

_P = Cohort.Phase
_STEPS = {
    _P.OPEN.value: ("applications-list", Permission.APPLICATION_REVIEW),
    _P.SELECTING.value: ("applications-list", Permission.APPLICATION_REVIEW),
    _P.MATCHING.value: ("matching-runs", Permission.MATCHING_VIEW),
    _P.CONFIRMING.value: ("offers-list", Permission.OFFER_VIEW),
    _P.RUNNING.value: ("mentorships-list", Permission.MENTORSHIP_VIEW),
    _P.CLOSING.value: ("mentorships-list", Permission.MENTORSHIP_VIEW),
}


@dataclass(frozen=True)
class NextStep:
    url: str
    text: str


def next_step(cohort: Cohort, instant: datetime, permissions: Collection[Permission]) -> NextStep | None:
    phase = cohort.phase_at(instant)
    route, permission = _STEPS.get(phase, ("", None))
    if permission is None or permission not in permissions:
        return None
    programme = cohort.programme
    try:
        url = reverse(route, args=[programme.organisation.slug, programme.slug, cohort.slug])
    except NoReverseMatch:
        # The area of that step is not installed.
        return None
    texts = {
        _P.OPEN.value: _("See the applications"),
        _P.SELECTING.value: _("Look at the decisions"),
        _P.MATCHING.value: _("Go to matching"),
        _P.CONFIRMING.value: _("See the answers"),
    }
    return NextStep(url, texts.get(phase, _("See the pairs")))
