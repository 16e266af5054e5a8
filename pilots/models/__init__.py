from .final_reports import FinalReport, ReportFile, ReportSection
from .mechanisms import Mechanism, MechanismVersion
from .patterns import Pattern, PatternPart
from .rounds import CommentAnswer, ReflectiveRound

__all__ = [
    "CommentAnswer",
    "FinalReport",
    "Mechanism",
    "MechanismVersion",
    "Pattern",
    "PatternPart",
    "ReflectiveRound",
    "ReportFile",
    "ReportSection",
]
