import re
from collections.abc import Iterable
from datetime import timedelta
from enum import Enum
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.identity.audit.waking import wake

from .. import selectors
from ..models import OutboxMail

PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 20, 60, 4 * 60, 12 * 60, 24 * 60)]
METHOD = re.compile(r"^METHOD:([A-Z]+)\s*$", re.MULTILINE)
CALENDAR = re.compile(r"BEGIN:VCALENDAR\r?\n.*?END:VCALENDAR\r?\n?", re.DOTALL)


def post(**fields) -> OutboxMail:
    mail, _new = OutboxMail.objects.get_or_create(message_id=fields.pop("message_id"), defaults=fields)
    transaction.on_commit(lambda: wake("messaging.send"))
    return mail


def post_all(mails: Iterable[OutboxMail]) -> None:
    """Many at once; those whose id is there already are passed over."""
    OutboxMail.objects.bulk_create(mails, batch_size=500, ignore_conflicts=True)
    transaction.on_commit(lambda: wake("messaging.send"))


class Outcome(Enum):
    SENT = "sent"
    FAILED = "failed"
    AWAY = "away"
    NONE = "none"


def send_waiting() -> int:
    """Hand the mails that are due to the transport; gives how many went. Without a transport they are only kept.

    One that fails holds up no other; only when the transport itself does not answer the rest waits for a later tick.
    """
    sent = 0
    while settings.MAIL_TRANSPORT:
        outcome = send_next()
        sent += outcome == Outcome.SENT
        if outcome in (Outcome.NONE, Outcome.AWAY):
            break
    return sent


@transaction.atomic
def send_next() -> Outcome:
    """Send the next mail that is due. One that fails is due again later."""
    rows = selectors.waiting_mails().filter(due_at__lte=timezone.now()).order_by("attempts", "id")
    mail = rows.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked).first()
    if mail is None:
        return Outcome.NONE
    tried = OutboxMail.objects.filter(pk=mail.pk)
    try:
        get_connection(settings.MAIL_TRANSPORT).send_messages([written(mail)])
    except Exception as error:  # whatever is wrong with this mail or the transport, it must hold up no other
        due_at = timezone.now() + PAUSES[min(mail.attempts, len(PAUSES) - 1)]
        tried.update(attempts=F("attempts") + 1, problem=reason(error)[:300], due_at=due_at)
        return Outcome.AWAY if is_of_transport(error) else Outcome.FAILED
    tried.update(sent_at=timezone.now(), attempts=F("attempts") + 1, problem="")
    return Outcome.SENT


def is_of_transport(error: Exception) -> bool:
    """Whether any other mail would fail like it: the server is away, or lets us not in. What it says of one mail is not."""
    return isinstance(error, OSError) and not isinstance(error, (SMTPRecipientsRefused, SMTPDataError))


def reason(error: Exception) -> str:
    """What the mail server said, as people read it."""
    if isinstance(error, SMTPRecipientsRefused):
        return "; ".join(f"{address}: {answer(*told)}" for address, told in error.recipients.items())
    if isinstance(error, SMTPResponseException):
        return answer(error.smtp_code, error.smtp_error)
    return str(error) or type(error).__name__


def answer(code: int, words: bytes | str) -> str:
    return f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"


@transaction.atomic
def send_again(mail: OutboxMail, *, by) -> OutboxMail:
    """One that was given up begins anew."""
    require(by, "messaging.send_again", mail)
    if OutboxMail.objects.filter(pk=mail.pk, sent_at=None).update(attempts=0, due_at=timezone.now()):
        audit.record("messaging.sent_again", mail, by=by)
        transaction.on_commit(lambda: wake("messaging.send"))
    return mail


def written(mail: OutboxMail) -> EmailMultiAlternatives:
    """As it is handed over. A calendar stands beside the text, for programs that offer to accept, and as a file to open;
    of several in a row the first does, and each is a file.
    """
    headers = {"Message-ID": mail.message_id}
    if mail.unsubscribe:  # RFC 8058: one click of the mail program, without signing in
        headers |= {"List-Unsubscribe": f"<{mail.unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.recipient], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        method = METHOD.search(mail.calendar)
        told = f"; method={method[1]}" if method else ""
        books = CALENDAR.findall(mail.calendar) or [mail.calendar]
        message.attach_alternative(books[0], f"text/calendar{told}")
        for number, book in enumerate(books, 1):
            message.attach(
                "calendar.ics" if number == 1 else f"calendar-{number}.ics", book.encode(), "application/ics"
            )
    return message


def purge_mails(before) -> int:
    """Those that went, and those that were given up or had no transport to go with."""
    never = Q(sent_at=None, created_at__lt=before)
    return OutboxMail.objects.filter(Q(sent_at__lt=before) | never).delete()[0]
