from .changes import PolicyChange
from .final_reports import FinalReport, ReportFile, ReportSection
from .helpdesk import HelpdeskAsker, HelpdeskQuestion
from .mechanisms import Mechanism, MechanismVersion
from .patterns import Pattern, PatternPart
from .rounds import CommentAnswer, ReflectiveRound

__all__ = [
    "CommentAnswer",
    "FinalReport",
    "HelpdeskAsker",
    "HelpdeskQuestion",
    "Mechanism",
    "MechanismVersion",
    "Pattern",
    "PatternPart",
    "PolicyChange",
    "ReflectiveRound",
    "ReportFile",
    "ReportSection",
]
