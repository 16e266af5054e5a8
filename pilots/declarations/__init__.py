from .final_reports import final_reports
from .mechanisms import mechanisms
from .patterns import patterns
from .rounds import rounds

declarations: list = [
    *final_reports,
    *mechanisms,
    *patterns,
    *rounds,
]
