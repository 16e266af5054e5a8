from .changes import PolicyChange

__all__ = ["PolicyChange"]
from .helpdesk import HelpdeskAsker, HelpdeskQuestion

__all__ = ["HelpdeskAsker", "HelpdeskQuestion"]
