from . import helpdesk, training

RIGHTS: list = [
    *helpdesk.RIGHTS,
    *training.RIGHTS,
]
