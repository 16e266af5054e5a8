from . import helpdesk, project_evaluations, training, usage

RIGHTS: list = [
    *helpdesk.RIGHTS,
    *training.RIGHTS,
    *usage.RIGHTS,
    *project_evaluations.RIGHTS,
]
