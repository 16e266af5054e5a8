from .briefs import briefs
from .changes import changes
from .conditions import conditions
from .final_reports import final_reports
from .helpdesk import helpdesk
from .mechanisms import mechanisms
from .patterns import patterns
from .reviews import reviews
from .rounds import rounds
from .trails import trails
from .training import training
from .transfers import transfers

declarations: list = [
    *briefs,
    *changes,
    *conditions,
    *final_reports,
    *helpdesk,
    *mechanisms,
    *patterns,
    *reviews,
    *rounds,
    *trails,
    *training,
    *transfers,
]
