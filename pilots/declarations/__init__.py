from .changes import changes
from .conditions import conditions
from .transfers import transfers

declarations: list = [*changes, *conditions, *transfers]
