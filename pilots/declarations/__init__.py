from .helpdesk import helpdesk
from .training import training

declarations: list = [
    *helpdesk,
    *training,
]
