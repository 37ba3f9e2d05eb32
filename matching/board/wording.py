from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.board.models import BoardStep, Offer, PairRule
from programmes.people.models import User

OFFER_BADGES: dict[str, str] = {
    Offer.State.SENT: "now",
    Offer.State.CONFIRMED: "done",
    Offer.State.DECLINED: "attention",
    Offer.State.EXPIRED: "waiting",
    Offer.State.WITHDRAWN: "waiting",
}


def name_of(user: User | None) -> str:
    return str(user) if user is not None else _("somebody who has left")


def state_of(rule: PairRule) -> str:
    if rule.kind == PairRule.Kind.LOCK:
        return _("locked with %(mentor)s") % {"mentor": rule.mentor.name}
    return _("forbidden with %(mentor)s") % {"mentor": rule.mentor.name}


def step_sentence(step: BoardStep, reader_id: int | None) -> str:
    """In the reader's eyes: "You locked ...", or "Joana locked ..."."""
    values = {"mentee": step.mentee.name, "mentor": step.mentor.name}
    if step.by_id is not None and step.by_id == reader_id:
        return _own_sentences()[step.action] % values
    return _others_sentences()[step.action] % {"who": name_of(step.by), **values}


def _own_sentences() -> Mapping[str, str]:
    return {
        "lock": _("You locked %(mentee)s with %(mentor)s"),
        "unlock": _("You unlocked %(mentee)s and %(mentor)s"),
        "forbid": _("You forbade %(mentee)s with %(mentor)s"),
        "allow": _("You allowed %(mentee)s with %(mentor)s again"),
        "pair": _("You paired %(mentee)s with %(mentor)s by hand"),
    }


def _others_sentences() -> Mapping[str, str]:
    return {
        "lock": _("%(who)s locked %(mentee)s with %(mentor)s"),
        "unlock": _("%(who)s unlocked %(mentee)s and %(mentor)s"),
        "forbid": _("%(who)s forbade %(mentee)s with %(mentor)s"),
        "allow": _("%(who)s allowed %(mentee)s with %(mentor)s again"),
        "pair": _("%(who)s paired %(mentee)s with %(mentor)s by hand"),
    }


def say_offers(counts: Mapping[str, int]) -> str:
    """How the offers stand, a sentence for each state that there is."""
    sent, confirmed = counts[Offer.State.SENT], counts[Offer.State.CONFIRMED]
    declined, expired = counts[Offer.State.DECLINED], counts[Offer.State.EXPIRED]
    withdrawn = counts[Offer.State.WITHDRAWN]
    sentences = [
        (sent, ngettext("%(count)d pair waits for an answer.", "%(count)d pairs wait for an answer.", sent)),
        (
            confirmed,
            ngettext("%(count)d pair said yes on both sides.", "%(count)d pairs said yes on both sides.", confirmed),
        ),
        (declined, ngettext("%(count)d offer was declined.", "%(count)d offers were declined.", declined)),
        (expired, ngettext("%(count)d offer expired.", "%(count)d offers expired.", expired)),
        (withdrawn, ngettext("%(count)d offer was withdrawn.", "%(count)d offers were withdrawn.", withdrawn)),
    ]
    return " ".join(sentence % {"count": count} for count, sentence in sentences if count)
