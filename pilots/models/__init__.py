from .changes import PolicyChange
from .conditions import Condition, ConditionAnswer, ConditionSheet
from .reviews import Finding, FollowUp, Peer, PeerReview, Recommendation, ReviewReport
from .transfers import Judgement, Transfer

__all__ = [
    "Condition",
    "ConditionAnswer",
    "ConditionSheet",
    "Finding",
    "FollowUp",
    "Judgement",
    "Peer",
    "PeerReview",
    "PolicyChange",
    "Recommendation",
    "ReviewReport",
    "Transfer",
]
