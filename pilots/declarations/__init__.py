from .mechanisms import mechanisms
from .patterns import patterns
from .rounds import rounds

declarations: list = [
    *mechanisms,
    *patterns,
    *rounds,
]
