from .briefs import briefs
from .changes import changes
from .conditions import conditions
from .days import days
from .evaluations import evaluations
from .final_reports import final_reports
from .helpdesk import helpdesk
from .mechanisms import mechanisms
from .patterns import patterns
from .pilots import pilots
from .project_evaluations import project_evaluations
from .proposals import proposals
from .reports import reports
from .reviews import reviews
from .rounds import rounds
from .schemes import schemes
from .trails import trails
from .training import training
from .transfers import transfers
from .usage import usage

declarations: list = [
    *briefs,
    *changes,
    *conditions,
    *days,
    *evaluations,
    *final_reports,
    *helpdesk,
    *mechanisms,
    *patterns,
    *pilots,
    *project_evaluations,
    *proposals,
    *reports,
    *reviews,
    *rounds,
    *schemes,
    *trails,
    *training,
    *transfers,
    *usage,
]
