from .changes import changes
from .final_reports import final_reports
from .helpdesk import helpdesk
from .mechanisms import mechanisms
from .patterns import patterns
from .rounds import rounds

declarations: list = [
    *changes,
    *final_reports,
    *helpdesk,
    *mechanisms,
    *patterns,
    *rounds,
]
