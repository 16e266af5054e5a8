from . import changes, conditions, final_reports, helpdesk, mechanisms, patterns, reviews, rounds, training, transfers

RIGHTS: list = [
    *changes.RIGHTS,
    *conditions.RIGHTS,
    *final_reports.RIGHTS,
    *helpdesk.RIGHTS,
    *mechanisms.RIGHTS,
    *patterns.RIGHTS,
    *reviews.RIGHTS,
    *rounds.RIGHTS,
    *training.RIGHTS,
    *transfers.RIGHTS,
]
