from .evidence import Evidence, ManualEvidence
from .indicators import Indicator, PartnerTarget, Period, Reminder
from .reports import Figure, FrozenEntry, Narrative, PeriodReport, ReportFile
from .usage import Usage

__all__ = [
    "Evidence",
    "Figure",
    "FrozenEntry",
    "Indicator",
    "ManualEvidence",
    "Narrative",
    "PartnerTarget",
    "Period",
    "PeriodReport",
    "Reminder",
    "ReportFile",
    "Usage",
]
