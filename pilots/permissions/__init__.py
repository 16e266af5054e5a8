from . import mechanisms, patterns, rounds

RIGHTS: list = [
    *mechanisms.RIGHTS,
    *patterns.RIGHTS,
    *rounds.RIGHTS,
]
