from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from ..models import Consultation


def mail_link(consultation: Consultation, address: str, email: str) -> None:
    """Send the link back to unfinished answers."""
    text = _(
        "This link leads back to your unfinished answers: %(address)s\n\nWhoever has it can read and change them. "
        "We have not kept your e-mail address, so we cannot send the link again."
    ) % {"address": address}
    mail(_("Your answers to “%(title)s”") % {"title": consultation.title}, text, email)


def mail_entry(consultation: Consultation, address: str, email: str) -> None:
    """Send the link by which its reader enters the register of participation, or leaves it."""
    text = _(
        "Somebody, probably you, wants to be counted as a participant of “%(title)s”. This link leads there, and later "
        "out of the register again: %(address)s\n\nIf it was not you, you need not do anything. We have not kept your "
        "e-mail address, so please keep this mail."
    ) % {"title": consultation.title, "address": address}
    mail(_("Be counted as a participant"), text, email)


def mail(subject: str, text: str, email: str) -> None:
    """Send a mail past the outbox: neither address nor link is kept.

    Without a transport, as in the demonstration, it goes where all mails go.
    """
    connection = get_connection(settings.MAIL_TRANSPORT) if settings.MAIL_TRANSPORT else None
    EmailMessage(" ".join(subject.split()), text, to=[email], connection=connection).send()
