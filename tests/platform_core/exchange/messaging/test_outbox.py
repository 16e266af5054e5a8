import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection

from platform_core.exchange.messaging.models import OutboxMail

pytestmark = pytest.mark.database

OUTBOX = "platform_core.exchange.messaging.outbox.OutboxBackend"


def send(message: EmailMessage) -> int:
    return get_connection(OUTBOX).send_messages([message])


def test_a_mail_of_the_program_waits_in_the_outbox(db):
    message = EmailMultiAlternatives("Hello", "Dear Ana", to=["ana@example.org"])
    message.attach_alternative("<p>Dear Ana</p>", "text/html")

    assert send(message) == 1
    kept = OutboxMail.objects.get()
    assert (kept.recipient, kept.subject, kept.text, kept.html) == (
        "ana@example.org",
        "Hello",
        "Dear Ana",
        "<p>Dear Ana</p>",
    )
    assert (kept.sent_at, kept.message_id.endswith("@clusterpolisee>")) == (None, True)


def test_each_recipient_has_a_mail_of_her_own(db):
    send(EmailMessage("Hello", "Dear all", to=["ana@example.org"], cc=["petra@example.org"], bcc=["carl@example.org"]))

    assert sorted(OutboxMail.objects.values_list("recipient", flat=True)) == [
        "ana@example.org",
        "carl@example.org",
        "petra@example.org",
    ]


def test_a_mail_with_an_id_is_kept_once(db):
    message = EmailMessage("Hello", "Dear Ana", to=["ana@example.org"], headers={"Message-ID": "<one@tests>"})

    send(message)
    send(message)

    assert [kept.message_id for kept in OutboxMail.objects.all()] == ["<one@tests>"]


def test_an_id_given_for_several_recipients_loses_none(db):
    to = ["ana@example.org", "carl@example.org"]

    send(EmailMessage("Hello", "Dear all", to=to, headers={"Message-ID": "<one@tests>"}))

    assert sorted(OutboxMail.objects.values_list("recipient", flat=True)) == to
