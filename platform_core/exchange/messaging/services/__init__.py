from .conversations import answer, begin, note_read
from .digests import make_digest, send_digests
from .following import follow, mute, unfollow, unmute
from .mails import post, post_all, purge_mails, send_again, send_next, send_waiting
from .manners import block, dismiss, open_to, report, unblock, uphold
from .notices import mark_read, post_notices, purge_notices, raise_notices, withdraw
from .wishes import choose, choose_pace, person_behind

__all__ = [
    "answer",
    "begin",
    "block",
    "choose",
    "choose_pace",
    "dismiss",
    "follow",
    "make_digest",
    "mark_read",
    "mute",
    "note_read",
    "open_to",
    "person_behind",
    "post",
    "post_all",
    "post_notices",
    "purge_mails",
    "purge_notices",
    "raise_notices",
    "report",
    "send_again",
    "send_digests",
    "send_next",
    "send_waiting",
    "unblock",
    "unfollow",
    "unmute",
    "uphold",
    "withdraw",
]
