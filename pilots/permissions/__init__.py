from . import helpdesk

RIGHTS: list = [
    *helpdesk.RIGHTS,
]
