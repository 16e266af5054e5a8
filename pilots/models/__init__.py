from .changes import PolicyChange
from .helpdesk import HelpdeskAsker, HelpdeskQuestion
from .mechanisms import Mechanism, MechanismVersion
from .patterns import Pattern, PatternPart
from .rounds import CommentAnswer, ReflectiveRound

__all__ = [
    "CommentAnswer",
    "HelpdeskAsker",
    "HelpdeskQuestion",
    "Mechanism",
    "MechanismVersion",
    "Pattern",
    "PatternPart",
    "PolicyChange",
    "ReflectiveRound",
]
