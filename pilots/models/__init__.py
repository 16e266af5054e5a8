from .changes import PolicyChange
from .conditions import Condition, ConditionAnswer, ConditionSheet
from .evaluations import PilotLesson, SelfRating
from .final_reports import FinalReport, ReportFile, ReportSection
from .helpdesk import HelpdeskAsker, HelpdeskQuestion
from .mechanisms import Mechanism, MechanismVersion
from .patterns import Pattern, PatternPart
from .pilots import Milestone, Pilot, PilotChange, PilotIndicator, Risk
from .proposals import Proposal
from .reports import Figure, Report
from .reviews import Finding, FollowUp, Peer, PeerReview, Recommendation, ReviewReport
from .rounds import CommentAnswer, ReflectiveRound
from .schemes import Call, Period, Scheme
from .training import Course, CourseStatement, Participant, Rating
from .transfers import Judgement, Transfer

__all__ = [
    "Call",
    "CommentAnswer",
    "Condition",
    "ConditionAnswer",
    "ConditionSheet",
    "Course",
    "CourseStatement",
    "Figure",
    "FinalReport",
    "Finding",
    "FollowUp",
    "HelpdeskAsker",
    "HelpdeskQuestion",
    "Judgement",
    "Mechanism",
    "MechanismVersion",
    "Milestone",
    "Participant",
    "Pattern",
    "PatternPart",
    "Peer",
    "PeerReview",
    "Period",
    "Pilot",
    "PilotChange",
    "PilotIndicator",
    "PilotLesson",
    "PolicyChange",
    "Proposal",
    "Rating",
    "Recommendation",
    "ReflectiveRound",
    "Report",
    "ReportFile",
    "ReportSection",
    "ReviewReport",
    "Risk",
    "Scheme",
    "SelfRating",
    "Transfer",
]
