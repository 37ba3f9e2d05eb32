"""A cohort's wishes and a command's overrides -> the engine's Settings."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from matching.engine import DEFAULT_HARD, DEFAULT_WEIGHTS, Settings, with_rankings
from matching.runs.registry import wishes_of
from programmes.applications.models import Application
from programmes.cohorts.models import Cohort
from wimmentor.base.errors import DomainError
from wimmentor.base.text import fold_email

KEYS = {
    *("weights", "hard", "min_gap_months", "fairness", "bands", "locked", "forbidden"),
    *("own_criteria", "top_criterion_extra", "rankings"),
}
_USUAL = Settings()
Pairs = frozenset[tuple[str, str]]


def settings_of(cohort: Cohort, people: list[Application], overrides: Mapping[str, Any] | None = None) -> Settings:
    given = dict(overrides or {})
    unknown = sorted(set(given) - KEYS)
    if unknown:
        raise DomainError(
            _("Unknown settings: %(names)s. Known are %(known)s.")
            % {"names": ", ".join(unknown), "known": ", ".join(sorted(KEYS))},
            code="bad_settings",
        )
    kept = {**cohort.matching_settings, **given}
    wishes = wishes_of(cohort)
    ids = {person.pk for person in people}
    forbidden = _ids(wishes.forbidden, ids) | _by_email(given.get("forbidden", []), people)
    locked = _ids(wishes.locked | wishes.held, ids) | _by_email(given.get("locked", []), people)
    try:
        return Settings(
            weights=_weigh(kept, given),
            hard=frozenset(kept.get("hard", DEFAULT_HARD)),
            min_gap_months=int(kept.get("min_gap_months", _USUAL.min_gap_months)),
            own_criteria=dict(kept.get("own_criteria") or {}),
            top_criterion_extra=int(kept.get("top_criterion_extra", _USUAL.top_criterion_extra)),
            fairness=str(kept.get("fairness", _USUAL.fairness)),
            bands=tuple(kept.get("bands", _USUAL.bands)),
            locked=locked,
            forbidden=forbidden,
        )
    except (TypeError, ValueError) as error:
        raise DomainError(_("The settings cannot be read: %(why)s.") % {"why": error}, code="bad_settings") from error


def _weigh(kept: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, int]:
    """Whoever gives rankings and no weights means them to count: as is recommended."""
    weights = dict(kept.get("weights") or DEFAULT_WEIGHTS)
    return with_rankings(weights) if given.get("rankings") and "weights" not in given else weights


def rankings_of(people: list[Application], overrides: Mapping[str, Any] | None) -> dict[int, tuple[str, ...]]:
    """Whom people wish for, by application id. A person with two roles ranks on the side that her list is about."""
    rankings: dict[int, tuple[str, ...]] = {}
    given = (overrides or {}).get("rankings", [])
    if not isinstance(given, list):
        raise _refuse_rankings()
    sides = {
        role: {person.email: person.pk for person in people if person.role == role}
        for role in (Application.Role.MENTEE.value, Application.Role.MENTOR.value)
    }
    for entry in given:
        if not isinstance(entry, list | tuple) or len(entry) != 2 or not isinstance(entry[1], list | tuple):
            raise _refuse_rankings()
        pk, wishes = _read_ranking(str(entry[0]), [str(wish) for wish in entry[1]], sides)
        if pk in rankings:
            raise DomainError(_("%(email)s ranks twice.") % {"email": entry[0]}, code="bad_settings")
        rankings[pk] = wishes
    return rankings


def _refuse_rankings() -> DomainError:
    return DomainError(
        _("Rankings are written as a list of [e-mail, [e-mails of the other side in order]]."), code="bad_settings"
    )


def _read_ranking(email: str, wishes: list[str], sides: dict[str, dict[str, int]]) -> tuple[int, tuple[str, ...]]:
    one, folded = fold_email(email), [fold_email(wish) for wish in wishes]
    roles = [role for role in sides if one in sides[role]]
    if not roles:
        raise DomainError(
            _("%(email)s is not an accepted person of this cohort.") % {"email": email}, code="bad_settings"
        )
    if len(set(folded)) < len(folded):
        raise DomainError(_("%(email)s ranks somebody twice.") % {"email": email}, code="bad_settings")
    missing = ""
    for role in roles:
        others = next(side for name, side in sides.items() if name != role)
        missing = next((wish for wish, key in zip(wishes, folded, strict=True) if key not in others), "")
        if not missing:
            return sides[role][one], tuple(str(others[key]) for key in folded)
    raise DomainError(
        _("%(email)s ranks %(other)s, who is not an accepted person of the other side of this cohort.")
        % {"email": email, "other": missing},
        code="bad_settings",
    )


def _ids(pairs: frozenset[tuple[int, int]], present: set[int]) -> Pairs:
    """A rule about somebody who is not in the cohort any more waits; it does not stop the run."""
    return frozenset((str(a), str(b)) for a, b in pairs if a in present and b in present)


def _by_email(pairs: Any, people: list[Application]) -> Pairs:
    mentees = {p.email: str(p.pk) for p in people if p.role == Application.Role.MENTEE}
    mentors = {p.email: str(p.pk) for p in people if p.role == Application.Role.MENTOR}
    found: set[tuple[str, str]] = set()
    if not isinstance(pairs, list):
        raise DomainError(_("Pairs are written as a list of [mentee e-mail, mentor e-mail]."), code="bad_settings")
    for pair in pairs:
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            raise DomainError(_("Pairs are written as [mentee e-mail, mentor e-mail]."), code="bad_settings")
        for email, side in ((pair[0], mentees), (pair[1], mentors)):
            if fold_email(str(email)) not in side:
                raise DomainError(
                    _("%(email)s is not an accepted person on that side of this cohort.") % {"email": email},
                    code="bad_settings",
                )
        found.add((mentees[fold_email(str(pair[0]))], mentors[fold_email(str(pair[1]))]))
    return frozenset(found)
