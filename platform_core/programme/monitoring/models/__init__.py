from .evidence import Evidence, ManualEvidence
from .indicators import Indicator, PartnerTarget, Period
from .usage import Usage

__all__ = ["Evidence", "Indicator", "ManualEvidence", "PartnerTarget", "Period", "Usage"]
