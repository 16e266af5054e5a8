"""How mails leave the outbox."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from platform_core.exchange.messaging import services
from platform_core.exchange.messaging.models import OutboxMail
from tests.platform_core.identity.threads import in_parallel, with_several_writers

from . import transports

pytestmark = pytest.mark.database


def post(number: int, subject: str = "") -> OutboxMail:
    return services.post(
        message_id=f"<{number}@tests>",
        recipient=f"reader-{number}@example.org",
        subject=subject or f"Mail {number}",
        text="Dear reader",
        html="<p>Dear reader</p>",
    )


def later() -> None:
    """Every mail that rests is due again."""
    OutboxMail.objects.update(due_at=timezone.now())


def test_without_a_transport_mails_are_kept(db):
    kept = post(1)

    assert services.send_waiting() == 0
    kept.refresh_from_db()
    assert (kept.sent_at, kept.attempts, kept.problem) == (None, 0, "")


def test_a_mail_is_sent_once_under_its_id(db, settings):
    settings.MAIL_TRANSPORT = transports.LOCMEM
    kept = post(1)

    assert [services.send_waiting(), services.send_waiting()] == [1, 0]
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["reader-1@example.org"], "Mail 1", "Dear reader")
    assert (sent.extra_headers, sent.alternatives[0].content) == ({"Message-ID": "<1@tests>"}, "<p>Dear reader</p>")
    kept.refresh_from_db()
    assert (bool(kept.sent_at), kept.attempts) == (True, 1)


def test_a_mail_posted_again_is_sent_once(db, settings):
    settings.MAIL_TRANSPORT = transports.LOCMEM
    post(1)
    services.send_waiting()

    post(1, "The same, told differently")

    assert (services.send_waiting(), [sent.subject for sent in mail.outbox]) == (0, ["Mail 1"])


def test_a_mail_whose_transport_fails_is_kept_with_the_problem(db, settings):
    settings.MAIL_TRANSPORT = transports.AWAY
    kept = post(1)

    assert services.send_waiting() == 0
    kept.refresh_from_db()
    assert (kept.sent_at, kept.attempts, kept.problem) == (None, 1, "Connection refused")


def test_a_mail_goes_once_the_transport_is_back(db, settings):
    settings.MAIL_TRANSPORT = transports.AWAY
    kept = post(1)
    services.send_waiting()
    settings.MAIL_TRANSPORT = transports.LOCMEM
    later()

    assert services.send_waiting() == 1
    kept.refresh_from_db()
    assert (bool(kept.sent_at), kept.attempts, kept.problem, len(mail.outbox)) == (True, 2, "", 1)


def test_a_mail_that_cannot_be_written_holds_up_no_other(db, settings):
    settings.MAIL_TRANSPORT = transports.LOCMEM
    broken = post(1, "Two\nlines")
    post(2)
    post(3)

    assert (services.send_waiting(), [sent.subject for sent in mail.outbox]) == (2, ["Mail 2", "Mail 3"])
    broken.refresh_from_db()
    assert (broken.sent_at, bool(broken.problem)) == (None, True)


def test_a_mail_is_given_up_after_eight_attempts_ever_further_apart(db, settings):
    settings.MAIL_TRANSPORT = transports.AWAY
    kept, pauses = post(1), []
    for _tick in range(12):
        services.send_waiting()
        kept.refresh_from_db()
        pauses.append(round((kept.due_at - timezone.now()).total_seconds() / 60))
        later()

    assert (kept.attempts, kept.sent_at, kept.is_given_up) == (8, None, True)
    assert pauses[:8] == [1, 5, 20, 60, 240, 720, 1440, 1440]


def test_a_mail_that_failed_rests_before_it_is_tried_again(db, settings):
    settings.MAIL_TRANSPORT = transports.AWAY
    kept = post(1)
    ticks = [services.send_waiting() for _tick in range(3)]
    kept.refresh_from_db()

    assert (ticks, kept.attempts) == ([0, 0, 0], 1)


def test_an_address_the_server_refuses_holds_up_no_other_in_the_same_tick(db, settings):
    settings.MAIL_TRANSPORT = transports.CHOOSY
    refused, full = post(0, "Refused"), post(1, "Full")
    for number in (2, 3):
        post(number)

    assert (services.send_waiting(), [sent.subject for sent in mail.outbox]) == (2, ["Mail 2", "Mail 3"])
    for kept, words in ((refused, "reader-0@example.org: 550 No such user"), (full, "452 Mailbox full")):
        kept.refresh_from_db()
        assert (kept.sent_at, kept.attempts, kept.problem) == (None, 1, words)


def test_a_server_that_is_away_is_asked_once_in_a_tick(db, settings):
    settings.MAIL_TRANSPORT = transports.AWAY
    first, second = post(1), post(2)
    services.send_waiting()
    for kept in (first, second):
        kept.refresh_from_db()

    assert (first.attempts, second.attempts) == (1, 0)


def test_mails_that_never_went_are_kept_no_longer_than_others(db):
    old, new = post(1), post(2)
    OutboxMail.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=91))
    services.purge_mails(timezone.now() - timedelta(days=90))

    assert [one.pk for one in OutboxMail.objects.all()] == [new.pk]


def test_a_mail_that_was_given_up_is_sent_again(people, settings):
    settings.MAIL_TRANSPORT = transports.LOCMEM
    kept = post(1)
    OutboxMail.objects.filter(pk=kept.pk).update(attempts=8, problem="550 No such user")
    before = services.send_waiting()
    with pytest.raises(PermissionDenied):
        services.send_again(kept, by=people.wanda)
    services.send_again(kept, by=people.lena)

    assert (before, services.send_waiting()) == (0, 1)


def test_an_invitation_goes_as_calendar_programs_expect_it(db, settings):
    settings.MAIL_TRANSPORT = transports.LOCMEM
    invitation = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Sitzung in Timișoara\r\nEND:VCALENDAR\r\n"
    services.post(message_id="<1@tests>", recipient="a@example.org", subject="Come", text="Come", calendar=invitation)

    services.send_waiting()

    parts = [part for part in mail.outbox[0].message().walk() if not part.is_multipart()]
    told = [(part.get_content_type(), part.get_param("method"), part.get_filename()) for part in parts]
    assert told == [
        ("text/plain", None, None),
        ("text/calendar", "REQUEST", None),
        ("application/ics", None, "calendar.ics"),
    ]
    assert [part.get_payload(decode=True).decode() for part in parts[1:]] == [invitation, invitation]


@with_several_writers
def test_two_senders_at_once_send_each_mail_once(committed_rows, settings):
    settings.MAIL_TRANSPORT = transports.MEETING
    for number in range(10):
        post(number)

    in_parallel(services.send_waiting, services.send_waiting)

    assert sorted(sent.subject for sent in mail.outbox) == [f"Mail {number}" for number in range(10)]
    assert OutboxMail.objects.filter(sent_at=None).count() == 0
