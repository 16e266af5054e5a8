from .mechanisms import mechanisms

declarations: list = [
    *mechanisms,
]
