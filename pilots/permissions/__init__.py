from . import changes, final_reports, helpdesk, mechanisms, patterns, rounds

RIGHTS: list = [
    *changes.RIGHTS,
    *final_reports.RIGHTS,
    *helpdesk.RIGHTS,
    *mechanisms.RIGHTS,
    *patterns.RIGHTS,
    *rounds.RIGHTS,
]
