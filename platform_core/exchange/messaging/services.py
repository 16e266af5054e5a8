from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection, transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import override

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import NoticeKind
from platform_core.identity.accounts import selectors as accounts
from platform_core.identity.audit.models import Event
from platform_core.identity.audit.waking import wake

from .models import Notice, OutboxMail

ATTEMPTS = 8


def raise_notices(event: Event) -> None:
    """The reaction behind every notice: each recipient is told once per channel, however often the event comes by."""
    for kind in declared(NoticeKind):
        if kind.verb == event.verb:
            for pk in dict.fromkeys(kind.recipients(event)):
                tell(kind, event, pk)


def tell(kind: NoticeKind, event: Event, pk: int) -> None:
    person = accounts.person(pk)
    if person is None:
        return
    with override(person.language):
        content = kind.content(event)
        rows = [Notice.Channel.SITE, *([Notice.Channel.MAIL] if kind.mail else [])]
        for channel in rows:
            fields = {"subject": one_line(content.subject), "text": content.text, "address": content.address}
            told, new = Notice.objects.get_or_create(
                event=event, recipient=person, channel=channel, kind=kind.code, defaults=fields
            )
            if new and channel == Notice.Channel.MAIL:
                post_notice(told)


def one_line(subject: str) -> str:
    """What a mail's header and the column can hold."""
    return Truncator(" ".join(subject.split())).chars(Notice._meta.get_field("subject").max_length)


def post_notice(notice: Notice) -> None:
    context = {"notice": notice, "address": settings.SITE_URL + notice.address, "site": settings.SITE_URL}
    post(
        message_id=f"<notice-{notice.event_id}-{notice.recipient_id}-{notice.kind}@clusterpolisee>",
        recipient=notice.recipient.email,
        subject=notice.subject,
        text=render_to_string("emails/notice.txt", context),
        html=render_to_string("emails/notice.html", context),
    )


def post(**fields) -> OutboxMail:
    mail, _new = OutboxMail.objects.get_or_create(message_id=fields.pop("message_id"), defaults=fields)
    transaction.on_commit(lambda: wake("messaging.send"))
    return mail


def send_waiting() -> int:
    """Hand waiting mails to the transport; gives how many went. Without a transport they are only kept."""
    sent = 0
    while settings.MAIL_TRANSPORT and send_next():
        sent += 1
    return sent


@transaction.atomic
def send_next() -> bool:
    """Send the next mail; False when none waits. One that fails is tried again by a later tick."""
    waiting = OutboxMail.objects.filter(sent_at__isnull=True, attempts__lt=ATTEMPTS).order_by("attempts", "id")
    mail = waiting.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked).first()
    if mail is None:
        return False
    message = EmailMultiAlternatives(
        mail.subject, mail.text, to=[mail.recipient], headers={"Message-ID": mail.message_id}
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    try:
        get_connection(settings.MAIL_TRANSPORT).send_messages([message])
    except Exception as error:  # whatever is wrong with this mail or the transport, it must hold up no other
        OutboxMail.objects.filter(pk=mail.pk).update(attempts=F("attempts") + 1, problem=str(error)[:300])
        return False
    OutboxMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), attempts=F("attempts") + 1, problem="")
    return True


def mark_read(person, pks: list[int] | None = None) -> int:
    """Mark some or all of a person's notices as read."""
    rows = Notice.objects.filter(recipient=person, read_at__isnull=True)
    if pks is not None:
        rows = rows.filter(pk__in=pks)
    return rows.update(read_at=timezone.now())


def purge_mails(before) -> int:
    return OutboxMail.objects.filter(sent_at__lt=before).delete()[0]


def purge_notices(before) -> int:
    return Notice.objects.filter(created_at__lt=before).delete()[0]
