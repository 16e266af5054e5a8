from . import mechanisms

RIGHTS: list = [
    *mechanisms.RIGHTS,
]
