from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy as _

from platform_core.ground.registry.kinds import (
    CaseAnswer,
    CaseKind,
    Demonstration,
    EventKind,
    MenuEntry,
    NoticeContent,
    NoticeKind,
    Panel,
    PersonalData,
    Thing,
)
from platform_core.ground.ui.moments import moment_words
from platform_core.identity.access.selectors import visible

from .. import demonstration, panels, services
from ..models import Conversation, Message, Report
from ..selectors.conversations import others_in


def message_of(event) -> Message | None:
    rows = Message.objects.select_related("conversation__organisation", "author", "for_organisation")
    return rows.filter(pk=event.payload.get("message")).first()


def readers(event) -> list[int]:
    message = message_of(event)
    return others_in(message.conversation, message.author_id) if message else []


def writer(event) -> list[int]:
    message = message_of(event)
    return [message.author_id] if message and message.author_id else []


def author_words(message: Message) -> str:
    name = str(message.author) if message.author else gettext("Somebody who left")
    return f"{name}, {message.for_organisation}" if message.for_organisation else name


def told_of_message(event) -> NoticeContent:
    message = message_of(event)
    words = {"author": author_words(message), "subject": message.conversation.subject}
    subject = gettext("%(author)s: %(subject)s") % words
    address = message.conversation.get_absolute_url()
    if message.hidden_because:
        return NoticeContent(subject=subject, text=gettext("This message was taken away."), address=address)
    return NoticeContent(subject=subject, text=message.text, address=address)


def told_of_hiding(event) -> NoticeContent:
    message = message_of(event)
    words = {"subject": message.conversation.subject, "reason": message.hidden_because}
    return NoticeContent(
        subject=gettext("A message of yours was taken away: %(subject)s") % words,
        text=gettext("The lead partner looked at it after a report. The reasons: %(reason)s") % words,
        address=message.conversation.get_absolute_url(),
    )


def thread(event) -> tuple[str, str]:
    found = Conversation.objects.filter(pk=event.thing_id).first()
    return f"messaging.conversation:{event.thing_id}", found.subject if found else ""


def report_facts(report: Report) -> list[tuple]:
    message = report.message
    return [
        (_("Written by"), author_words(message)),
        (_("Written at"), moment_words(message.said_at, "")),
        (_("Message"), message.text),
        (_("What is wrong with it"), report.why),
    ]


CONVERSATIONS = [
    Thing(
        label="messaging.conversation",
        name=_("Private messages"),
        title=lambda conversation: gettext("Private messages"),
        address=lambda conversation: conversation.get_absolute_url(),
        visible=lambda user: visible(Conversation.objects.all(), user),
    ),
    MenuEntry(place="person", name=_("Messages"), route="messaging:conversations", order=8),
    EventKind(verb="messaging.written", name=_("A private message was written")),
    EventKind(verb="messaging.reported", name=_("A private message was reported")),
    EventKind(verb="messaging.hidden", name=_("A private message was taken away after a report")),
    EventKind(verb="messaging.openness_changed", name=_("A person chose who may write to her")),
    NoticeKind(
        code="messaging.written",
        name=_("Somebody wrote to you or to your organisation"),
        verb="messaging.written",
        recipients=readers,
        content=told_of_message,
        thread=thread,
        is_private=True,
    ),
    NoticeKind(
        code="messaging.hidden",
        name=_("A message of yours was taken away"),
        verb="messaging.hidden",
        recipients=writer,
        content=told_of_hiding,
        is_private=True,
    ),
    CaseKind(
        code="messaging.report",
        name=_("Report of a private message"),
        verb="messaging.reported",
        handler=lambda report: "role:lead_partner",
        days=5,
        title=lambda report: gettext("Report: %(why)s") % {"why": Truncator(report.why).chars(60)},
        facts=report_facts,
        needs=("message",),
        answers=(
            CaseAnswer(
                code="uphold",
                name=_("Take the message away"),
                outcome=_("Taken away"),
                perform=services.uphold,
                right="messaging.judge_report",
                tone="danger",
            ),
            CaseAnswer(
                code="dismiss",
                name=_("Leave it"),
                outcome=_("Nothing wrong was found"),
                perform=services.dismiss,
                right="messaging.judge_report",
                tone="secondary",
            ),
        ),
    ),
    Panel(place="person.main", order=20, template="messaging/panel_write.html", context=panels.write_to_person),
    Panel(
        place="organisation.main", order=90, template="messaging/panel_write.html", context=panels.write_to_organisation
    ),
    Demonstration(order=90, load=demonstration.load),
    PersonalData(
        label="messaging.conversation",
        fields=("subject", "begun_by"),
        holder="begun_by",
        purpose=_("To know who began a conversation"),
        erasure="unlink",
    ),
    PersonalData(
        label="messaging.participant",
        fields=("person",),
        holder="person",
        purpose=_("To know who takes part in a conversation"),
        erasure="unlink",
    ),
    PersonalData(
        label="messaging.message",
        fields=("author", "text", "folded", "said_at", "hidden_because"),
        holder="author",
        purpose=_("To keep what you wrote readable for those you wrote to"),
        erasure="anonymise",
    ),
    PersonalData(
        label="messaging.reading",
        fields=("person", "until"),
        holder="person",
        purpose=_("To show you what is new"),
        erasure="delete",
    ),
    PersonalData(
        label="messaging.openness",
        fields=("person", "who"),
        holder="person",
        purpose=_("To let those write to you whom you allow"),
        erasure="delete",
    ),
    PersonalData(
        label="messaging.block",
        fields=("person", "blocked"),
        holder="person",
        purpose=_("To keep away messages you do not want"),
        erasure="delete",
    ),
    PersonalData(
        label="messaging.report",
        fields=("reporter", "why"),
        holder="reporter",
        purpose=_("To look into messages that break the rules"),
        erasure="unlink",
    ),
]
