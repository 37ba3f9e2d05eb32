"""The coordinator's word about pairs: lock, forbid, pair by hand, release. Rules survive runs."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from matching.board.domain.steps import hold_cohort, record_step
from matching.board.fit import Couple, find_broken, find_obstacle, measure_fit
from matching.board.models import BoardStep, Offer, PairRule
from matching.board.offer_queries import LIVE
from matching.board.queries import last_step_about, offers_for_board, rules_of
from matching.board.wording import state_of, step_sentence
from matching.runs.present import read_present
from programmes.applications.models import Application
from programmes.audit.changes import word_time
from programmes.cohorts.models import Cohort
from wimmentor.base.actors import Actor
from wimmentor.base.errors import Conflict, DomainError

LOCK, FORBID = PairRule.Kind.LOCK, PairRule.Kind.FORBID


@transaction.atomic
def lock_pair(
    *,
    cohort: Cohort,
    mentee: Application,
    mentor: Application,
    by: Actor,
    despite: str = "",
    reason: str = "",
    seen: str | None = None,
) -> BoardStep | None:
    """Keep this pair in every run. None: it is locked already. `seen`: the pair's kind of rule on the page
    ("" = none; None = not said). `despite`: codes of broken switchable rules, as RuleBroken named them."""
    hold_cohort(cohort)
    rules = list(rules_of(cohort))
    current, elsewhere = _rule_about(rules, mentee, mentor), _lock_of(rules, mentee)
    if current is not None and current.kind == LOCK:
        return None
    if elsewhere is not None:
        raise _conflict(elsewhere, _("%(mentee)s is locked with somebody else."), mentee, mentor, _("locked"))
    _refuse_unseen(current, seen, mentee, mentor, _("locked"))
    broken = check_pair(cohort=cohort, couple=Couple(mentee, mentor), rules=rules, despite=despite)
    wanted = {mentor.pk: {"kind": LOCK.value, "reason": reason, "breaks_rule": broken}}
    return record_step(cohort=cohort, mentee=mentee, mentor=mentor, action="lock", wanted=wanted, by=by)


@transaction.atomic
def pair_by_hand(
    *,
    cohort: Cohort,
    mentee: Application,
    mentor: Application,
    by: Actor,
    despite: str = "",
    reason: str = "",
    seen_mentor: int | None = None,
) -> BoardStep | None:
    """Lock any two people, whatever a run proposed; an earlier lock of the mentee gives way. `seen_mentor`: with whom
    the page showed her locked (0 = nobody; None = not said)."""
    hold_cohort(cohort)
    rules = list(rules_of(cohort))
    elsewhere = _lock_of(rules, mentee)
    if elsewhere is not None and elsewhere.mentor_id == mentor.pk:
        return None
    if seen_mentor is not None and seen_mentor != (elsewhere.mentor_id if elsewhere else 0):
        raise _conflict(
            elsewhere, _("The lock of %(mentee)s changed while you were looking."), mentee, mentor, _("locked")
        )
    current = _rule_about(rules, mentee, mentor)
    if seen_mentor is not None and current is not None:  # no page offers to pair people whom a ban keeps apart
        raise _conflict(current, _("This pair changed while you were looking."), mentee, mentor, _("locked"))
    left = [rule for rule in rules if rule != elsewhere]
    broken = check_pair(cohort=cohort, couple=Couple(mentee, mentor), rules=left, despite=despite)
    wanted: dict[int, dict[str, str] | None] = {
        mentor.pk: {"kind": LOCK.value, "reason": reason, "breaks_rule": broken}
    }
    if elsewhere is not None:
        wanted[elsewhere.mentor_id] = None
    return record_step(cohort=cohort, mentee=mentee, mentor=mentor, action="pair", wanted=wanted, by=by)


@transaction.atomic
def forbid_pair(
    *,
    cohort: Cohort,
    mentee: Application,
    mentor: Application,
    by: Actor,
    reason: str = "",
    seen: str | None = None,
) -> BoardStep | None:
    """No run proposes this pair any more; a lock on it goes. None: it is forbidden already."""
    hold_cohort(cohort)
    current = _rule_about(list(rules_of(cohort)), mentee, mentor)
    if current is not None and current.kind == FORBID:
        return None
    _refuse_unseen(current, seen, mentee, mentor, _("forbidden"))
    if Offer.objects.filter(mentee=mentee, mentor=mentor, state__in=LIVE).exists():
        raise DomainError(
            _("%(mentee)s and %(mentor)s have an offer. Withdraw it first.") % Couple(mentee, mentor).names(),
            code="offer_open",
        )
    wanted = {mentor.pk: {"kind": FORBID.value, "reason": reason, "breaks_rule": ""}}
    return record_step(cohort=cohort, mentee=mentee, mentor=mentor, action="forbid", wanted=wanted, by=by)


@transaction.atomic
def release_pair(
    *, cohort: Cohort, mentee: Application, mentor: Application, by: Actor, seen: str | None = None
) -> BoardStep | None:
    """Lift the lock or the ban. None: there is none."""
    hold_cohort(cohort)
    current = _rule_about(list(rules_of(cohort)), mentee, mentor)
    if current is None:
        return None
    _refuse_unseen(current, seen, mentee, mentor, _("free"))
    action = "unlock" if current.kind == LOCK else "allow"
    return record_step(cohort=cohort, mentee=mentee, mentor=mentor, action=action, wanted={mentor.pk: None}, by=by)


def check_pair(*, cohort: Cohort, couple: Couple, rules: Sequence[PairRule], despite: str | None) -> str:
    """Refuse what cannot be a pair; the first switchable rule that it breaks, "" if none. `despite` None: any may."""
    for person, role in ((couple.mentee, Application.Role.MENTEE), (couple.mentor, Application.Role.MENTOR)):
        fresh = Application.objects.filter(pk=person.pk, cohort=cohort, role=role).first()
        if fresh is None or fresh.status != Application.Status.ACCEPTED:
            raise DomainError(
                _("%(name)s is not an accepted %(role)s of this cohort.") % {"name": person.name, "role": role.label},
                code="not_accepted",
            )
    now = read_present(cohort, only=[couple.mentee, couple.mentor])
    mentee, mentor = now.mentees[0], now.mentors[0]
    fit = measure_fit(mentee, mentor, now.settings)
    if obstacle := find_obstacle(couple, fit, mentor.capacity, rules, offers_for_board(cohort)):
        raise obstacle
    broken = find_broken(couple, fit)
    if broken and despite is not None and not set(broken.rules) <= set(despite.split()):
        raise broken
    return broken.rules[0] if broken else ""


def _rule_about(rules: Sequence[PairRule], mentee: Application, mentor: Application) -> PairRule | None:
    return next((rule for rule in rules if (rule.mentee_id, rule.mentor_id) == (mentee.pk, mentor.pk)), None)


def _lock_of(rules: Sequence[PairRule], mentee: Application) -> PairRule | None:
    return next((rule for rule in rules if rule.kind == LOCK and rule.mentee_id == mentee.pk), None)


def _refuse_unseen(
    current: PairRule | None, seen: str | None, mentee: Application, mentor: Application, wish: str
) -> None:
    if seen is not None and seen != (current.kind if current else ""):
        raise _conflict(current, _("This pair changed while you were looking."), mentee, mentor, wish)


def _conflict(current: PairRule | None, message: str, mentee: Application, mentor: Application, wish: str) -> Conflict:
    """Both versions: what she wanted, and what is there now, by whom and when."""
    theirs = {mentee.name: state_of(current) if current else _("no lock and no ban")}
    # Also of a rule that is gone: its lifting was a step.
    step = last_step_about(mentee)
    if step is not None:
        said = step_sentence(step, None)
        theirs[_("Last change")] = _("%(step)s, then taken back") % {"step": said} if step.undone_at else said
        theirs[_("When")] = word_time(step.undone_at or step.at, mentee.cohort.time_zone)
    yours = {mentee.name: _("%(state)s: %(mentor)s") % {"state": wish, "mentor": mentor.name}}
    return Conflict(message % {"mentee": mentee.name}, yours=yours, theirs=theirs)
