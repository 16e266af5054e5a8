from ..permissions import RIGHTS
from .briefs import briefs
from .trails import trails

declarations: list = [
    *RIGHTS,
    *briefs,
    *trails,
]
