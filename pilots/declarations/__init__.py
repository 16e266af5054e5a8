from .changes import changes
from .helpdesk import helpdesk
from .mechanisms import mechanisms
from .patterns import patterns
from .rounds import rounds

declarations: list = [
    *changes,
    *helpdesk,
    *mechanisms,
    *patterns,
    *rounds,
]
