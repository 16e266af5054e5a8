from .changes import changes
from .conditions import conditions
from .reviews import reviews
from .transfers import transfers

declarations: list = [*changes, *conditions, *reviews, *transfers]
