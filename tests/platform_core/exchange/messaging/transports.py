"""Mail transports that fail or dawdle, as real ones do."""

import threading
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend

LOCMEM = "django.core.mail.backends.locmem.EmailBackend"
AWAY = f"{__name__}.Away"
CHOOSY = f"{__name__}.Choosy"
MEETING = f"{__name__}.Meeting"


class Away(BaseEmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError("Connection refused")


class Meeting(EmailBackend):
    """Sends the first two mails at the same time, or not at all."""

    barrier = threading.Barrier(2)

    def send_messages(self, email_messages):
        if email_messages[0].subject in {"Mail 0", "Mail 1"}:
            self.barrier.wait(30)
        return super().send_messages(email_messages)


class Choosy(EmailBackend):
    """Knows one address not, and has no room for another."""

    def send_messages(self, email_messages):
        (sent,) = email_messages
        if sent.subject == "Refused":
            raise SMTPRecipientsRefused({sent.to[0]: (550, b"No such user")})
        if sent.subject == "Full":
            raise SMTPDataError(452, b"Mailbox full")
        return super().send_messages(email_messages)
