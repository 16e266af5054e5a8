from .mechanisms import Mechanism, MechanismVersion
from .patterns import Pattern, PatternPart
from .rounds import CommentAnswer, ReflectiveRound

__all__ = [
    "CommentAnswer",
    "Mechanism",
    "MechanismVersion",
    "Pattern",
    "PatternPart",
    "ReflectiveRound",
]
