import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from platform_core.exchange.messaging import selectors, services
from platform_core.exchange.messaging.models import Notice, OutboxMail
from platform_core.ground.registry.kinds import NoticeContent, NoticeKind
from platform_core.ground.vocabulary.models import Topic
from platform_core.identity.audit import services as audit
from platform_core.identity.audit.models import Event
from platform_core.people.members.models import Organisation
from tests.people import browser_of
from tests.platform_core.ground.registry.declaring import declaring
from tests.settling import settle

NAMES = ["lena", "wanda", "marko", "ana", "petra", "carl", "guest"]
PAGES = ["outbox", "mail"]


def notice_for(person, subject: str = "Secret", channel: str = "site", **fields) -> Notice:
    event = audit.record("tests.done", Topic.objects.get(pk=4))
    given = {"kind": "tests", "text": "", "address": "/en/members/", **fields}
    return Notice.objects.create(event=event, recipient=person, channel=channel, subject=subject, **given)


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

    assert [row.newest.subject for row in page.context["rows"]] == ["For Ana"]
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


def test_notices_of_one_thread_are_one_row_and_the_unread_come_first(people):
    for number in range(3):
        notice_for(people.ana, f"Post {number}", thread="forum:1")
    notice_for(people.ana, "Meeting", thread="meeting:2")
    services.mark_read(people.ana, thread="meeting:2")

    page = browser_of(people.ana).get(reverse("messaging:notices"))

    told = [(row.newest.subject, row.number, row.unread) for row in page.context["rows"]]
    assert told == [("Post 2", 3, 3), ("Meeting", 1, 0)]


def test_opening_one_of_a_thread_reads_them_all(people):
    first, _second = notice_for(people.ana, thread="forum:1"), notice_for(people.ana, thread="forum:1")
    other = notice_for(people.ana, thread="forum:2")

    browser_of(people.ana).get(reverse("messaging:open_notice", args=[first.pk]))

    assert list(Notice.objects.filter(read_at=None)) == [other]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Cheese", "Wine"]),
        ("?words=CHEE", ["Cheese"]),
        ("?words=red", ["Wine"]),
        ("?group=cases", ["Wine"]),
        ("?thread=wine:1", ["Wine"]),
        ("?unread=on&words=nothing", []),
        ("?group=unknown", ["Cheese", "Wine"]),
        ("?thread=%00", ["Cheese", "Wine"]),
    ],
)
def test_notices_are_found_by_word_room_and_thread(people, query, found):
    notice_for(people.ana, "Wine", kind="cases.opened", text="red", thread="wine:1")
    notice_for(people.ana, "Cheese", kind="search.found", thread="cheese:1")

    page = browser_of(people.ana).get(reverse("messaging:notices") + query)

    assert [getattr(row, "newest", row).subject for row in page.context["rows"]] == found


def test_five_thousand_notices_cost_no_more_queries_than_one(people):
    browser, address = browser_of(people.ana), reverse("messaging:notices")
    first = notice_for(people.ana, thread="one:1")
    one = queries_of(browser, address)
    events = Event.objects.bulk_create(
        Event(at=first.event.at, verb="tests.done", thing="x.y", thing_id=str(number)) for number in range(5000)
    )
    Notice.objects.bulk_create(
        Notice(event=event, recipient=people.ana, channel="site", kind="tests", thread=f"x.y:{event.pk % 900}")
        for event in events
    )

    assert queries_of(browser, address) == one
    assert browser.get(f"{address}?page=2").context["page"].paginator.count == 901


# Who will be told


def test_who_would_be_told_is_who_is_told(people):
    settle()
    agency = Organisation.objects.get(code="org-carl")
    kinds = [
        NoticeKind(
            code=f"tests.{order}",
            name="News",
            verb="tests.news",
            recipients=lambda event, names=names: [people.named(name).pk for name in names],
            content=lambda event: NoticeContent(subject="News", text="", address="/en/"),
            order=order,
        )
        for order, names in ((10, ["ana", "marko"]), (20, ["marko", "petra", "carl"]))
    ]
    services.mute(people.carl, agency)

    with declaring(*kinds):
        foreseen = selectors.would_be_told("tests.news", agency, by=people.lena)
        number = Event.objects.count()
        audit.record("tests.news", agency, by=people.lena)
        settle()

    told = Notice.objects.filter(kind__startswith="tests.", channel="site").values_list("kind", "recipient__name")
    assert sorted(told) == sorted((kind.code, person.name) for kind, group in foreseen for person in group)
    assert sorted(told) == [("tests.10", "Ana"), ("tests.10", "Marko"), ("tests.20", "Petra")]
    assert Event.objects.count() == number + 1


@pytest.mark.parametrize(("name", "names"), [("ana", 1), ("carl", 0), ("guest", 0)])
def test_names_of_those_told_are_for_those_who_may_see_contacts(people, name, names):
    request = RequestFactory().get("/")
    request.user = people.named(name)
    told = [(None, [people.petra, people.wanda]), (None, [people.marko])]

    shown = render_to_string("messaging/who.html", {"told": told}, request)

    assert (shown.count("3 people will be told."), shown.count("<li>Petra</li>")) == (1, names)


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


@pytest.mark.parametrize("name", NAMES)
def test_mails_that_failed_are_shown_to_the_lead_partner_with_the_reason_alone(people, name):
    kept = post_mail()
    OutboxMail.objects.update(attempts=8, problem="550 No such user", is_private=True)
    browser = browser_of(people.named(name))
    page = browser.get(reverse("messaging:undelivered"))
    again = browser.post(reverse("messaging:send_again", args=[kept.pk])).status_code
    kept.refresh_from_db()

    refused = (302, 302, 8) if name == "guest" else (403, 403, 8)
    assert (page.status_code, again, kept.attempts) == ((200, 302, 0) if name == "lena" else refused)
    if name == "lena":
        words = page.content.decode()
        assert [words.count(one) for one in ("550 No such user", "ana@example.org", "Private")] == [1, 1, 0]


def test_the_page_of_failed_mails_costs_the_same_at_one_and_three_rows(people):
    browser, address, numbers = browser_of(people.lena), reverse("messaging:undelivered"), []
    for mails in ([1], [2, 3]):
        for number in mails:
            post_mail(number)
        OutboxMail.objects.update(attempts=3, problem="Away")
        numbers.append(queries_of(browser, address))

    assert numbers[0] == numbers[1]


def test_the_lead_partner_sees_on_her_page_that_mails_were_given_up(people):
    post_mail()
    OutboxMail.objects.update(attempts=8, problem="550 No such user")
    shown = [browser_of(person).get("/en/mine/") for person in (people.lena, people.wanda)]

    assert [one.content.decode().count("1 mail could not be delivered.") for one in shown] == [1, 0]
