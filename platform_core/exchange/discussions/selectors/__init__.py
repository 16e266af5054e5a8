from .comments import by_question, comments_on, conversation, has_open_round, rounds_on, speakers
from .passages import Discussed, Said, Spoken, discussed

__all__ = [
    "Discussed",
    "Said",
    "Spoken",
    "by_question",
    "comments_on",
    "conversation",
    "discussed",
    "has_open_round",
    "rounds_on",
    "speakers",
]
