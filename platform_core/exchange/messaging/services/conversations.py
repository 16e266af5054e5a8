from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import require
from platform_core.identity.accounts.models import User
from platform_core.identity.audit import services as audit
from platform_core.people.members.models import Organisation

from ..models import Conversation, Message, Notice, Participant, Reading
from ..selectors.conversations import acting_for, acts_for, folded
from ..selectors.manners import blocking, may_write_to


@transaction.atomic
def begin(
    *,
    by,
    subject: str,
    text: str,
    people: Collection[User] = (),
    organisation: Organisation | None = None,
    key: str = "",
) -> Conversation:
    """Write to people or to an organisation. The same form sent twice begins once."""
    require(by, "messaging.begin")
    if sent := sent_before(by, key):
        return sent.conversation
    check_addressees(by, people, organisation)
    if not subject.strip():
        raise ValidationError({"subject": _("Please say what it is about.")})
    begun = Conversation.objects.create(subject=subject.strip(), organisation=organisation, begun_by=by)
    Participant.objects.bulk_create(Participant(conversation=begun, person=person) for person in [by, *people])
    keys = {f"person:{person.pk}" for person in [by, *people]} | ({f"org:{organisation.pk}"} if organisation else set())
    access.set_audience(begun, keys)
    write(begun, text, by=by, key=key)
    return begun


def check_addressees(by, people: Collection[User], organisation: Organisation | None) -> None:
    if organisation and not set(acting_for(organisation.pk)) - {by.pk}:
        raise ValidationError(_("Nobody reads messages to this organisation yet."))
    if not organisation and not people:
        raise ValidationError(_("Please say to whom you write."))
    if not all(may_write_to(by, person) for person in people):
        raise ValidationError(_("You cannot write to this person."))


@transaction.atomic
def answer(conversation: Conversation, text: str, *, by, key: str = "") -> Message:
    require(by, "messaging.take_part", conversation)
    if sent := sent_before(by, key):
        return sent
    others = conversation.participants.exclude(person=by).exclude(person=None).values_list("person_id", flat=True)
    if not conversation.organisation_id and (not others or blocking(by, others) == set(others)):
        raise ValidationError(_("Nobody would read this: the other person takes no messages from you or has left."))
    return write(conversation, text, by=by, key=key)


def sent_before(by, key: str) -> Message | None:
    """Locks the writer, so that a double click and the limit see what came before."""
    User.objects.select_for_update().get(pk=by.pk)
    return Message.objects.filter(author=by, key=key).select_related("conversation").first() if key else None


def write(conversation: Conversation, text: str, *, by, key: str) -> Message:
    """The event tells the message, never its words."""
    check_text(text)
    check_limit(by)
    message = Message.objects.create(
        conversation=conversation,
        author=by,
        for_organisation=conversation.organisation if acts_for(by, conversation) else None,
        text=text.strip(),
        folded=folded(f"{conversation.subject} {text}"),
        key=key,
    )
    note_read(conversation, by, message.pk)
    audit.record("messaging.written", conversation, by=by, message=message.pk)
    return message


def check_text(text: str) -> None:
    most = Message._meta.get_field("text").max_length
    if not text.strip():
        raise ValidationError({"text": _("Please write something.")})
    if len(text) > most:
        raise ValidationError(
            {"text": _("This is longer than a message can be (%(most)s characters).") % {"most": most}}
        )
    if "\0" in text:
        raise ValidationError({"text": _("This text holds signs that cannot be kept.")})


def check_limit(by) -> None:
    """Against spam; what was written is kept as a draft by its form."""
    most, since = settings.MESSAGES_PER_HOUR, timezone.now() - timedelta(hours=1)
    if Message.objects.filter(author=by, said_at__gt=since).count() >= most:
        told = ngettext(
            "You can send %(most)s message an hour. Please wait a little.",
            "You can send %(most)s messages an hour. Please wait a little.",
            most,
        )
        raise ValidationError(told % {"most": most})


@transaction.atomic
def note_read(conversation: Conversation, person, until: int) -> None:
    """She was shown everything up to a message; the notices about it are read too."""
    reading, _new = Reading.objects.get_or_create(conversation=conversation, person=person)
    if until > reading.until:
        Reading.objects.filter(pk=reading.pk).update(until=until)
        about = Notice.objects.filter(
            recipient=person, thread=f"messaging.conversation:{conversation.pk}", read_at=None
        )
        about.update(read_at=timezone.now())
