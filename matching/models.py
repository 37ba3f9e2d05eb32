from matching.board.models import BoardStep, Offer, PairRule
from matching.runs.models import MatchingRun, Proposal

__all__ = ["BoardStep", "MatchingRun", "Offer", "PairRule", "Proposal"]
