from matching.board.domain.answers import answer_offer, extend_offer_deadline, withdraw_offer
from matching.board.domain.departures import blank_reasons, end_offers_of, free_ended_pair
from matching.board.domain.expiry import expire_due_offers, mark_all_answered, remind_due_offers
from matching.board.domain.offers import publish_proposals
from matching.board.domain.rules import forbid_pair, lock_pair, pair_by_hand, release_pair
from matching.board.domain.undo import undo_step

__all__ = [
    "answer_offer",
    "blank_reasons",
    "end_offers_of",
    "expire_due_offers",
    "extend_offer_deadline",
    "forbid_pair",
    "free_ended_pair",
    "lock_pair",
    "mark_all_answered",
    "pair_by_hand",
    "publish_proposals",
    "release_pair",
    "remind_due_offers",
    "undo_step",
    "withdraw_offer",
]
