from . import changes, helpdesk, mechanisms, patterns, rounds

RIGHTS: list = [
    *changes.RIGHTS,
    *helpdesk.RIGHTS,
    *mechanisms.RIGHTS,
    *patterns.RIGHTS,
    *rounds.RIGHTS,
]
