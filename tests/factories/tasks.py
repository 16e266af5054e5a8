from tests.factories.workinggroups import group
from workinggroups.models import Task
from workinggroups.services import tasks


def task(by, title: str = "Write the plan", *, of: int = 4, **fields) -> Task:
    return tasks.add(group(of), title=title, by=by, **fields)
