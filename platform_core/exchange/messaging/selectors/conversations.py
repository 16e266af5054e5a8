from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from platform_core.ground.texts.analysis import fold, words as words_of
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import keys_of, visible
from platform_core.identity.access.sight import people_of
from platform_core.identity.accounts.models import User
from platform_core.people.members.models import Organisation

from ..models import Conversation, Message, Participant, Reading
from .manners import blocking


def folded(text: str) -> str:
    """As words are searched: without case and accents, Greek and Cyrillic in Latin letters."""
    return " ".join(filter(None, map(fold, words_of(text))))


def conversations(user, *, words: str = "", box: str = "", unread: bool = False) -> QuerySet[Conversation]:
    """Those a person takes part in, herself or for an organisation, with `last` and `is_new`; the last written in first."""
    rows = visible(Conversation.objects.all(), user).select_related("organisation")
    for word in folded(words).split():
        said = Message.objects.filter(conversation=OuterRef("pk"), folded__contains=word, hidden_because="")
        rows = rows.filter(Exists(said) | Q(subject__icontains=word))
    if box:
        rows = rows.filter(organisation__code=box).exclude(participants__person=user)
    rows = rows.annotate(last=Max("messages"), is_new=Exists(unread_messages(user)))
    return (rows.filter(is_new=True) if unread else rows).order_by("-last")


def unread_messages(user) -> QuerySet[Message]:
    """Of the conversation of the outer query, from others."""
    read = Reading.objects.filter(conversation=OuterRef("conversation"), person=user.pk).values("until")[:1]
    said = Message.objects.filter(conversation=OuterRef("pk")).exclude(author=user.pk)
    return said.filter(pk__gt=Coalesce(Subquery(read), Value(0)))


def unread_conversations(user) -> int:
    return conversations(user, unread=True).count()


def conversation_for(user, pk: int) -> Conversation:
    return get_object_or_404(visible(Conversation.objects.select_related("organisation"), user), pk=pk)


def messages_of(conversation: Conversation) -> QuerySet[Message]:
    """The newest first; the caller has got the conversation for its reader."""
    return conversation.messages.select_related("author", "for_organisation").order_by("-pk")


def message_for(user, pk: int) -> Message:
    """A message of a conversation one takes part in."""
    seen = visible(Conversation.objects.all(), user)
    return get_object_or_404(Message.objects.filter(conversation__in=seen).select_related("author"), pk=pk)


def participants_of(conversations: Sequence[Conversation]) -> dict[int, list[User | None]]:
    """People by conversation, None for who has left."""
    found: dict[int, list[User | None]] = {}
    rows = Participant.objects.filter(conversation__in=[one.pk for one in conversations]).select_related("person")
    for row in rows.order_by("pk"):
        found.setdefault(row.conversation_id, []).append(row.person)
    return found


def last_messages(conversations: Sequence[Any]) -> dict[int, Message]:
    rows = Message.objects.filter(pk__in=[one.last for one in conversations]).select_related("author")
    return {row.conversation_id: row for row in rows}


def acting_for(organisation: int) -> list[int]:
    return sorted(set(people_of(f"org:{organisation}", platform_day())))


def acts_for(user, conversation: Conversation) -> bool:
    """Whether she answers in the organisation's name: she acts for it and does not take part for herself."""
    if conversation.organisation_id is None or f"org:{conversation.organisation_id}" not in keys_of(user):
        return False
    return not conversation.participants.filter(person=user).exists()


def others_in(conversation: Conversation, writer: int | None) -> list[int]:
    """Whom a message is for: everybody but its writer and those who have blocked her."""
    people = set(conversation.participants.exclude(person=None).values_list("person_id", flat=True))
    if conversation.organisation_id:
        people |= set(acting_for(conversation.organisation_id))
    people -= {writer}
    return sorted(people - (blocking(writer, people) if writer else set()))


def own_boxes(user) -> list[tuple[str, str]]:
    """Code and name of the organisations whose messages a person reads."""
    keys = [int(key.removeprefix("org:")) for key in keys_of(user) if key.startswith("org:")]
    return [(one.code, str(one)) for one in Organisation.objects.filter(pk__in=keys).order_by("sort_name")]
