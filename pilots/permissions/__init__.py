from . import changes, helpdesk

RIGHTS: list = [
    *changes.RIGHTS,
    *helpdesk.RIGHTS,
]
