from .evaluations import evaluations
from .pilots import pilots
from .proposals import proposals
from .reports import reports
from .schemes import schemes

declarations: list = [
    *evaluations,
    *pilots,
    *proposals,
    *reports,
    *schemes,
]
