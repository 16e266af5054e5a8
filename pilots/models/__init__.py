from .helpdesk import HelpdeskAsker, HelpdeskQuestion

__all__ = ["HelpdeskAsker", "HelpdeskQuestion"]
