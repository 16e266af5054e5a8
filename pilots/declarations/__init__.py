from ..permissions import RIGHTS

declarations: list = [
    *RIGHTS,
]
