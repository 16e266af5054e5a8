from .changes import changes

declarations: list = [*changes]
from .helpdesk import helpdesk

declarations: list = [
    *helpdesk,
]
