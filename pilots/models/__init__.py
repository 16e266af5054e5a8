from .changes import PolicyChange
from .conditions import Condition, ConditionAnswer, ConditionSheet
from .evaluations import PilotLesson, SelfRating
from .final_reports import FinalReport, ReportFile, ReportSection
from .helpdesk import HelpdeskAsker, HelpdeskQuestion
from .mechanisms import Mechanism, MechanismVersion
from .patterns import Pattern, PatternPart
from .pilots import Level, Milestone, Pilot, PilotChange, PilotIndicator, Risk
from .project_evaluations import (
    EvaluationFile,
    EvaluationFinding,
    EvaluationQuestion,
    EvaluationRecommendation,
    EvaluationReport,
    EvaluationSource,
    ProjectEvaluation,
)
from .proposals import Proposal, Tested
from .reports import Figure, Report
from .reviews import Finding, FollowUp, Peer, PeerReview, Recommendation, ReviewReport
from .rounds import CommentAnswer, ReflectiveRound
from .schemes import Call, Period, Scheme
from .training import Course, CourseStatement, Participant, Rating
from .transfers import Judgement, Transfer
from .usage import MissedWords, Reach, Usefulness

__all__ = [
    "Call",
    "CommentAnswer",
    "Condition",
    "ConditionAnswer",
    "ConditionSheet",
    "Course",
    "CourseStatement",
    "EvaluationFile",
    "EvaluationFinding",
    "EvaluationQuestion",
    "EvaluationRecommendation",
    "EvaluationReport",
    "EvaluationSource",
    "Figure",
    "FinalReport",
    "Finding",
    "FollowUp",
    "HelpdeskAsker",
    "HelpdeskQuestion",
    "Judgement",
    "Level",
    "Mechanism",
    "MechanismVersion",
    "Milestone",
    "MissedWords",
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
    "ProjectEvaluation",
    "Proposal",
    "Rating",
    "Reach",
    "Recommendation",
    "ReflectiveRound",
    "Report",
    "ReportFile",
    "ReportSection",
    "ReviewReport",
    "Risk",
    "Scheme",
    "SelfRating",
    "Tested",
    "Transfer",
    "Usefulness",
]
