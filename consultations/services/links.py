from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from ..models import Consultation


def mail_link(consultation: Consultation, address: str, email: str) -> None:
    """Send the link back to unfinished answers, past the outbox: neither address nor link is kept.

    Without a transport, as in the demonstration, it goes where all mails go.
    """
    title = str(consultation.title)
    text = _(
        "This link leads back to your unfinished answers: %(address)s\n\nWhoever has it can read and change them. "
        "We have not kept your e-mail address, so we cannot send the link again."
    ) % {"address": address}
    subject = " ".join((_("Your answers to “%(title)s”") % {"title": title}).split())
    connection = get_connection(settings.MAIL_TRANSPORT) if settings.MAIL_TRANSPORT else None
    EmailMessage(subject, text, to=[email], connection=connection).send()
