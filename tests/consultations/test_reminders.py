"""Nobody is reminded twice in one round, whatever becomes of the job."""

from contextlib import contextmanager

import pytest
from django.db import transaction

from consultations import services
from consultations.models import InvitationLetter
from consultations.selectors.invitations import next_round
from consultations.services import invitations
from platform_core.exchange.messaging.models import OutboxMail
from tests.factories.consultations import consultation
from tests.people import browser_of
from tests.settling import settle

DESK = "/en/desk/consultations/finance/invitations/"


class Attempt:
    """An attempt at the job; one that `dies` is killed after its first batch was kept."""

    def __init__(self, dies: bool = False) -> None:
        self.dies = dies

    @contextmanager
    def writing(self):
        with transaction.atomic():
            yield

    def progress(self, done: int, total: int) -> None:
        if self.dies:
            raise KeyboardInterrupt


@pytest.fixture
def found(people):
    """Five people who were invited."""
    made = consultation()
    services.invite(made, [f"{name}@example.org" for name in "abcde"], language="en", audience="", by=people.wanda)
    services.send_invitations(made, by=people.wanda)
    settle()
    return made


def reminded() -> list[str]:
    rows = OutboxMail.objects.filter(message_id__startswith="<reminder")
    return sorted(rows.values_list("recipient", flat=True))


def mails(found) -> list[int]:
    return list(found.invitations.order_by("email").values_list("mails", flat=True))


def test_a_job_done_twice_writes_once(found):
    told = [invitations.write_letters(Attempt(), found.pk, remind=True, number=1) for _time in range(2)]

    assert (told, mails(found), len(reminded())) == ([{"mails": 5}, {"mails": 0}], [2] * 5, 5)


def test_a_job_killed_between_goes_on_where_it_stopped(found, monkeypatch):
    monkeypatch.setattr(invitations, "BATCH", 2)
    with pytest.raises(KeyboardInterrupt):
        invitations.write_letters(Attempt(dies=True), found.pk, remind=True, number=1)
    between = len(reminded())

    told = invitations.write_letters(Attempt(), found.pk, remind=True, number=1)

    assert (between, told, mails(found)) == (2, {"mails": 3}, [2] * 5)
    assert reminded() == [f"{name}@example.org" for name in "abcde"]


def test_an_invitation_is_written_once_though_its_job_is_killed(people, found, monkeypatch):
    monkeypatch.setattr(invitations, "BATCH", 1)
    services.invite(found, ["f@example.org", "g@example.org"], language="en", audience="", by=people.wanda)
    with pytest.raises(KeyboardInterrupt):
        invitations.write_letters(Attempt(dies=True), found.pk, remind=False, number=0)

    invitations.write_letters(Attempt(), found.pk, remind=False, number=0)

    assert (mails(found), OutboxMail.objects.filter(message_id__startswith="<invitation").count()) == ([1] * 7, 7)


def test_a_round_that_was_overtaken_writes_no_more(found):
    invitations.write_letters(Attempt(), found.pk, remind=True, number=2)

    assert invitations.write_letters(Attempt(), found.pk, remind=True, number=1) == {"mails": 0}


def test_a_double_click_reminds_once_and_the_next_day_once_more(people, found):
    browser = browser_of(people.wanda)
    for _click in range(2):
        browser.post(f"{DESK}send/", {"remind": "1", "round": "1"})
    settle()
    browser.post(f"{DESK}send/", {"remind": "1", "round": "1"})
    settle()
    before = mails(found)

    browser.post(f"{DESK}send/", {"remind": "1", "round": str(next_round(found))})
    settle()

    assert (before, mails(found)) == ([2] * 5, [3] * 5)
    assert InvitationLetter.objects.count() == 15
