from .helpdesk import helpdesk
from .project_evaluations import project_evaluations
from .training import training
from .usage import usage

declarations: list = [
    *helpdesk,
    *training,
    *project_evaluations,
    *usage,
]
