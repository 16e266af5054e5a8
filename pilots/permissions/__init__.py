from . import changes

RIGHTS: list = [*changes.RIGHTS]
from . import helpdesk

RIGHTS: list = [
    *helpdesk.RIGHTS,
]
