from .evaluations import PilotLesson, SelfRating
from .pilots import Milestone, Pilot, PilotChange, PilotIndicator, Risk
from .proposals import Proposal, Tested
from .reports import Figure, Report
from .schemes import Call, Period, Scheme

__all__ = [
    "Call",
    "Figure",
    "Milestone",
    "Period",
    "Pilot",
    "PilotChange",
    "PilotIndicator",
    "PilotLesson",
    "Proposal",
    "Report",
    "Risk",
    "Scheme",
    "SelfRating",
    "Tested",
]
