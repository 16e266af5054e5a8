from ..permissions import RIGHTS
from .trails import trails

declarations: list = [
    *RIGHTS,
    *trails,
]
