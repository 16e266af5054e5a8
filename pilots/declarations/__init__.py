from .helpdesk import helpdesk

declarations: list = [
    *helpdesk,
]
