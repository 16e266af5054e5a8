from .changes import PolicyChange
from .helpdesk import HelpdeskAsker, HelpdeskQuestion

__all__ = [
    "HelpdeskAsker",
    "HelpdeskQuestion",
    "PolicyChange",
]
