from .changes import changes
from .helpdesk import helpdesk

declarations: list = [
    *changes,
    *helpdesk,
]
