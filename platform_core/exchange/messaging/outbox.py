from email.utils import make_msgid

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage, sanitize_address

from . import services


class OutboxBackend(BaseEmailBackend):
    """Django's mail backend for everything the program sends: mails wait in the outbox until they are handed over.

    They are for their readers alone, since some hold links that open an account; the demonstration shows them to everyone.
    """

    def send_messages(self, email_messages: list[EmailMessage]) -> int:
        for message in email_messages:
            html = next((body for body, kind in getattr(message, "alternatives", []) if kind == "text/html"), "")
            for number, address in enumerate(message.recipients()):
                services.post(
                    message_id=message_id(message, number),
                    recipient=sanitize_address(address, "utf-8"),
                    subject=message.subject,
                    text=str(message.body),
                    html=str(html),
                    is_private=not settings.DEMONSTRATION,
                )
        return len(email_messages)


def message_id(message: EmailMessage, number: int) -> str:
    """The id the message was given, told apart by recipient, or a new one."""
    given = message.extra_headers.get("Message-ID") or make_msgid(domain="clusterpolisee")
    return f"<{number}.{given.lstrip('<')}" if number else given
