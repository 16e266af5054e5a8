from . import final_reports, mechanisms, patterns, rounds

RIGHTS: list = [
    *final_reports.RIGHTS,
    *mechanisms.RIGHTS,
    *patterns.RIGHTS,
    *rounds.RIGHTS,
]
