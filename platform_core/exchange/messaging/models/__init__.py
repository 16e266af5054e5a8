from .conversations import Conversation, Message, Participant, Reading
from .following import Following
from .mails import OutboxMail
from .manners import Block, Openness, Report
from .notices import Notice
from .wishes import Pace, Rhythm, Wish

__all__ = [
    "Block",
    "Conversation",
    "Following",
    "Message",
    "Notice",
    "Openness",
    "OutboxMail",
    "Pace",
    "Participant",
    "Reading",
    "Report",
    "Rhythm",
    "Wish",
]
