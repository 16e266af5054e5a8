from .changes import PolicyChange
from .conditions import Condition, ConditionAnswer, ConditionSheet
from .final_reports import FinalReport, ReportFile, ReportSection
from .helpdesk import HelpdeskAsker, HelpdeskQuestion
from .mechanisms import Mechanism, MechanismVersion
from .patterns import Pattern, PatternPart
from .reviews import Finding, FollowUp, Peer, PeerReview, Recommendation, ReviewReport
from .rounds import CommentAnswer, ReflectiveRound
from .training import Course, CourseStatement, Participant, Rating
from .transfers import Judgement, Transfer

__all__ = [
    "CommentAnswer",
    "Condition",
    "ConditionAnswer",
    "ConditionSheet",
    "Course",
    "CourseStatement",
    "FinalReport",
    "Finding",
    "FollowUp",
    "HelpdeskAsker",
    "HelpdeskQuestion",
    "Judgement",
    "Mechanism",
    "MechanismVersion",
    "Participant",
    "Pattern",
    "PatternPart",
    "Peer",
    "PeerReview",
    "PolicyChange",
    "Rating",
    "Recommendation",
    "ReflectiveRound",
    "ReportFile",
    "ReportSection",
    "ReviewReport",
    "Transfer",
]
