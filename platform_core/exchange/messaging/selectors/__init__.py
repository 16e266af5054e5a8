from .conversations import conversation_for, conversations, message_for, others_in, unread_conversations
from .digests import is_private, people_due, still_news
from .following import followers, following, has_muted, is_following
from .mails import given_up_count, outbox, undelivered, undelivered_for, waiting_mails
from .manners import addressee_for, blocks_of, may_write_to, openness_of
from .notices import crowded, notices_for, readers, thread_of, told_of, unread_count, would_be_told
from .threads import threads
from .wishes import kind_of, kinds_by_group, rhythm_of, scope_name, ways, wishes_of

__all__ = [
    "addressee_for",
    "blocks_of",
    "conversation_for",
    "conversations",
    "crowded",
    "followers",
    "following",
    "given_up_count",
    "has_muted",
    "is_following",
    "is_private",
    "kind_of",
    "kinds_by_group",
    "may_write_to",
    "message_for",
    "notices_for",
    "openness_of",
    "others_in",
    "outbox",
    "people_due",
    "readers",
    "rhythm_of",
    "scope_name",
    "still_news",
    "thread_of",
    "threads",
    "told_of",
    "undelivered",
    "undelivered_for",
    "unread_conversations",
    "unread_count",
    "waiting_mails",
    "ways",
    "wishes_of",
    "would_be_told",
]
