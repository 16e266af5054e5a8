import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from platform_core.exchange.messaging import services
from platform_core.exchange.messaging.models import Notice, OutboxMail
from platform_core.ground.vocabulary.models import Topic
from platform_core.identity.audit import services as audit
from tests.people import browser_of

pytestmark = pytest.mark.database

NAMES = ["lena", "wanda", "marko", "ana", "petra", "carl", "guest"]
PAGES = ["outbox", "mail"]


def notice_for(person, subject: str = "Secret", channel: str = "site") -> Notice:
    event = audit.record("tests.done", Topic.objects.get(pk=4))
    return Notice.objects.create(
        event=event, recipient=person, channel=channel, kind="tests", subject=subject, text="", address="/en/members/"
    )


def queries_of(browser, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as found:
        assert browser.get(address).status_code == 200
    return len(found)


def post_mail(number: int = 1) -> OutboxMail:
    return services.post(
        message_id=f"<{number}@tests>", recipient="ana@example.org", subject="Private", text="Dear Ana"
    )


def outbox_address(page: str) -> str:
    kept = post_mail()
    return reverse("messaging:outbox") if page == "outbox" else reverse("messaging:mail", args=[kept.pk])


# Notices


def test_the_page_shows_one_s_own_notices_alone(people):
    notice_for(people.lena, "For Lena")
    notice_for(people.ana, "For Ana")
    notice_for(people.ana, "Ana's mail", channel="mail")

    page = browser_of(people.ana).get(reverse("messaging:notices"))

    assert [notice.subject for notice in page.context["page"]] == ["For Ana"]
    assert (page.context["unread"], page.content.decode().count("For Lena")) == (1, 0)


def test_the_page_is_for_people_with_an_account(people):
    response = browser_of(people.guest).get(reverse("messaging:notices"))

    assert (response.status_code, response.url) == (302, "/en/account/login/?next=/en/notices/")


def test_opening_a_notice_leads_where_it_points_and_marks_it_as_read(people):
    first, second = notice_for(people.ana), notice_for(people.ana)

    response = browser_of(people.ana).get(reverse("messaging:open_notice", args=[first.pk]))

    assert (response.status_code, response.url) == (302, "/en/members/")
    assert list(Notice.objects.filter(read_at=None)) == [second]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "ana"])
def test_a_notice_is_opened_by_its_recipient_alone(people, name):
    notice = notice_for(people.ana)

    response = browser_of(people.named(name)).get(reverse("messaging:open_notice", args=[notice.pk]))

    assert response.status_code == (302 if name == "guest" else 404)
    assert Notice.objects.get(pk=notice.pk).read_at is None


def test_all_are_marked_as_read_for_oneself_alone(people):
    notice_for(people.ana)
    other = notice_for(people.lena)

    response = browser_of(people.ana).post(reverse("messaging:read_all"))

    assert response.url == "/en/notices/"
    assert list(Notice.objects.filter(read_at=None)) == [other]


def test_marking_as_read_is_no_link(people):
    notice_for(people.ana)

    assert browser_of(people.ana).get(reverse("messaging:read_all")).status_code == 405
    assert Notice.objects.filter(read_at=None).count() == 1


def test_the_list_of_notices_costs_the_same_at_one_and_three_rows(people):
    browser, address, numbers = browser_of(people.ana), reverse("messaging:notices"), []
    for rows in (1, 2):
        for _row in range(rows):
            notice_for(people.ana)
        numbers.append(queries_of(browser, address))

    assert (Notice.objects.count(), numbers[0]) == (3, numbers[1])


# The outbox


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_outbox_is_open_in_the_demonstration(people, settings, name, page):
    settings.DEMONSTRATION = True

    response = browser_of(people.named(name)).get(outbox_address(page))

    assert (response.status_code, "Private" in response.content.decode()) == (200, True)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_outbox_is_the_lead_partner_s_otherwise(people, settings, name, page):
    settings.DEMONSTRATION = False

    response = browser_of(people.named(name)).get(outbox_address(page))

    assert (response.status_code, "Private" in response.content.decode()) == (
        (200, True) if name == "lena" else (403, False)
    )


def test_the_outbox_costs_the_same_at_one_and_three_rows(people):
    browser, address, numbers = browser_of(people.lena), reverse("messaging:outbox"), []
    for mails in ([1], [2, 3]):
        for number in mails:
            post_mail(number)
        numbers.append(queries_of(browser, address))

    assert (OutboxMail.objects.count(), numbers[0]) == (3, numbers[1])


def test_a_mail_is_shown_as_text(people):
    kept = post_mail()
    OutboxMail.objects.update(text="<script>alert(1)</script> https://platform.example.org/en/")

    page = browser_of(people.lena).get(reverse("messaging:mail", args=[kept.pk])).content.decode()

    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 1
    assert page.count('<a href="https://platform.example.org/en/"') == 1
