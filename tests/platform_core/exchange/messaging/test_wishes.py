from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings as trying, strategies as some

from platform_core.exchange.messaging import selectors, services
from platform_core.exchange.messaging.models import Notice, OutboxMail, Rhythm, Wish
from platform_core.exchange.messaging.selectors.wishes import next_moment
from platform_core.exchange.messaging.services.wishes import secret_of
from platform_core.ground.registry.kinds import NoticeContent, NoticeKind
from platform_core.identity.access.models import SecretLink
from platform_core.identity.access.services import revoke_link
from platform_core.identity.audit import services as audit
from platform_core.people.members.models import Organisation
from tests.people import browser_of
from tests.platform_core.ground.registry.declaring import declaring
from tests.settling import settle

from . import transports

pytestmark = pytest.mark.database

ZONES = ["UTC", "Europe/Vienna", "Europe/Athens", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia"]


def kind_of(code: str, *people, **fields) -> NoticeKind:
    return NoticeKind(
        code=code,
        name=code,
        verb=code,
        recipients=lambda event: [person.pk for person in people],
        content=lambda event: NoticeContent(subject=f"News of {code}", text="It is new.", address="/en/"),
        **fields,
    )


def tell(kind: NoticeKind) -> None:
    settle()
    with declaring(kind):
        audit.record(kind.verb, Organisation.objects.get(code="org-carl"))
        settle()


def told(person) -> list[tuple[str, str, bool]]:
    rows = Notice.objects.filter(recipient=person, kind__startswith="tests.")
    return sorted((row.channel, row.pace, row.due_at is not None) for row in rows)


AT_ONCE, ON_SITE = ("mail", "once", False), ("site", "", False)


@pytest.mark.parametrize(
    ("wishes", "fields", "expected"),
    [
        ({}, {}, [AT_ONCE, ON_SITE]),
        ({}, {"pace": "weekly"}, [("mail", "weekly", True), ON_SITE]),
        ({}, {"mail": False}, [ON_SITE]),
        ({"tests": ("daily", True)}, {}, [("mail", "daily", True), ON_SITE]),
        ({"tests": ("daily", True)}, {"urgent": True}, [AT_ONCE, ON_SITE]),
        ({"tests": ("never", True)}, {"urgent": True}, [ON_SITE]),
        ({"tests": ("never", True), "tests.news": ("once", True)}, {"pace": "daily"}, [AT_ONCE, ON_SITE]),
        ({"tests": ("", False)}, {}, [AT_ONCE]),
        ({"tests": ("never", False)}, {}, []),
        ({"test": ("never", True), "tests.other": ("never", True)}, {}, [AT_ONCE, ON_SITE]),
    ],
)
def test_a_person_is_told_as_she_wishes(people, wishes, fields, expected):
    services.choose(people.ana, wishes)

    tell(kind_of("tests.news", people.ana, **fields))

    assert told(people.ana) == expected


def test_a_new_kind_follows_the_wish_for_its_room_and_leaves_other_wishes(people):
    services.choose(people.ana, {"tests": ("daily", True), "tests.news": ("never", True)})
    before = list(Wish.objects.values_list("scope", "pace"))

    tell(kind_of("tests.brand_new", people.ana))

    assert told(people.ana) == [("mail", "daily", True), ON_SITE]
    assert list(Wish.objects.values_list("scope", "pace")) == before


def test_no_digests_means_none_and_urgent_mails_all_the_same(people):
    services.choose(people.ana, {"tests": ("daily", True)}, is_stopped=True)

    tell(kind_of("tests.news", people.ana))
    tell(kind_of("tests.urgent", people.ana, urgent=True))

    assert told(people.ana) == [AT_ONCE, ON_SITE, ON_SITE]


@pytest.mark.parametrize(("pace", "mails"), [("once", 1), ("never", 0), ("weekly", 0)])
def test_a_new_wish_holds_for_what_waits_too(people, pace, mails):
    services.choose(people.ana, {"tests": ("daily", True)})
    tell(kind_of("tests.news", people.ana))

    with declaring(kind_of("tests.news", people.ana)):
        services.choose(people.ana, {"tests": (pace, True)})
        services.send_digests()

    assert OutboxMail.objects.filter(subject="News of tests.news").count() == mails


@trying(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    after=some.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=some.just(UTC)),  # noqa: DTZ001
    zone=some.sampled_from(ZONES).map(ZoneInfo),
    hour=some.integers(0, 23),
    weekday=some.none() | some.integers(0, 6),
)
def test_a_digest_comes_once_a_day_or_week_also_when_clocks_change(after, zone, hour, weekday):
    first = next_moment(after, zone, hour, weekday)
    second = next_moment(first, zone, hour, weekday)
    days = (second.astimezone(zone).date() - first.astimezone(zone).date()).days

    assert after < first < second
    assert days == (1 if weekday is None else 7)
    assert weekday is None or first.astimezone(zone).weekday() == weekday


def test_the_hour_is_that_of_the_reader_s_clocks():
    before_the_change = datetime(2026, 3, 28, 12, tzinfo=UTC)
    athens = ZoneInfo("Europe/Athens")

    first = next_moment(before_the_change, athens, 7)

    assert first == datetime(2026, 3, 29, 4, tzinfo=UTC)
    assert next_moment(before_the_change - timedelta(days=1), athens, 7) == datetime(2026, 3, 28, 5, tzinfo=UTC)


# The page


def address() -> str:
    return reverse("messaging:wishes")


def filled(page) -> dict:
    form = page.context["form"]
    return {field.html_name: field.value() for field in form if field.value() is not False}


def test_the_page_is_for_people_with_an_account(people):
    assert browser_of(people.guest).get(address()).status_code == 302


def test_what_is_chosen_is_kept_and_shown_again(people):
    browser = browser_of(people.ana)
    typed = filled(browser.get(address())) | {"pace_cases": "daily", "pace_cases.opened": "once", "hour": "18"}
    typed.pop("site_repository")

    assert browser.post(address(), typed).status_code == 302

    rows = Wish.objects.filter(person=people.ana).order_by("scope").values_list("scope", "pace", "on_site")
    assert list(rows) == [("cases", "daily", True), ("cases.opened", "once", True), ("repository", "", False)]
    assert Rhythm.objects.get(person=people.ana).hour == 18
    assert filled(browser.get(address()))["pace_cases"] == "daily"


def test_a_wrong_choice_is_told_and_nothing_is_kept(people):
    browser = browser_of(people.ana)
    typed = filled(browser.get(address())) | {"pace_cases": "hourly", "hour": "25"}

    response = browser.post(address(), typed)

    assert (response.status_code, sorted(response.context["form"].errors)) == (400, ["hour", "pace_cases"])
    assert Wish.objects.count() == 0


def test_another_window_s_choice_is_not_overwritten_unseen(people):
    browser = browser_of(people.ana)
    stale = filled(browser.get(address()))
    services.choose(people.ana, {"cases": ("never", True)})

    assert browser.post(address(), stale).status_code == 400
    assert Wish.objects.get().pace == "never"


# The link in a mail


def link(person, scope="cases.opened") -> str:
    services.wishes.open_links([person])
    return reverse("messaging:unsubscribe", args=[secret_of(person), scope])


def test_a_mail_says_how_to_stop_mails_like_it(people, settings):
    settings.MAIL_TRANSPORT = transports.LOCMEM
    tell(kind_of("tests.news", people.ana))

    services.send_waiting()

    sent = next(one for one in mail.outbox if one.subject == "News of tests.news")
    stop = settings.SITE_URL + reverse("messaging:unsubscribe", args=[secret_of(people.ana), "tests.news"])
    assert sent.extra_headers["List-Unsubscribe"] == f"<{stop}>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (sent.body.count(stop), sent.alternatives[0].content.count(stop)) == (1, 1)


def test_one_click_of_a_mail_program_stops_the_kind_without_signing_in(people):
    browser = browser_of(people.guest)
    browser.handler.enforce_csrf_checks = True

    response = browser.post(link(people.ana), {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    assert list(Wish.objects.values_list("person__name", "scope", "pace")) == [("Ana", "cases.opened", "never")]


def test_looking_at_the_link_changes_nothing_and_asks(people):
    response = browser_of(people.guest).get(link(people.ana))

    assert (response.status_code, response.context["done"], Wish.objects.count()) == (200, "", 0)


@pytest.mark.parametrize("scope", ["cases.opened", "cases", "digests"])
def test_the_link_offers_fewer_mails_too(people, scope):
    response = browser_of(people.guest).post(link(people.ana, scope), {"pace": "weekly"})

    assert (response.status_code, response.context["done"]) == (200, "weekly")


def test_digests_are_stopped_by_their_own_link(people):
    browser_of(people.guest).post(link(people.ana, "digests"), {"List-Unsubscribe": "One-Click"})

    assert selectors.rhythm_of(people.ana).is_stopped is True


@pytest.mark.parametrize("change", ["secret", "scope", "revoked", "inactive"])
def test_a_link_that_is_not_good_opens_nothing(people, change):
    address = link(people.ana, "nothing.known" if change == "scope" else "cases.opened")
    if change == "secret":
        address = address.replace(secret_of(people.ana), "0" * 64)
    if change == "revoked":
        revoke_link(SecretLink.objects.get(purpose="unsubscribe"))
    if change == "inactive":
        type(people.ana).objects.filter(pk=people.ana.pk).update(is_active=False)

    assert browser_of(people.guest).post(address).status_code == 404
    assert Wish.objects.count() == 0


def test_a_thousand_mails_need_one_link(people):
    for number in range(3):
        tell(kind_of(f"tests.news{number}", people.ana))

    assert SecretLink.objects.filter(purpose="unsubscribe", created_by=people.ana).count() == 1


def test_mails_of_one_thread_that_crowd_come_together(people):
    for _turn in range(5):
        tell(kind_of("tests.news", people.ana))
    rows = Notice.objects.filter(recipient=people.ana, kind="tests.news", channel="mail")

    assert sorted(row.due_at is None for row in rows) == [False, False, False, True, True]
    rows.filter(due_at__isnull=False).update(due_at=timezone.now())
    assert [services.send_digests(), services.send_digests()] == [1, 0]
    assert OutboxMail.objects.filter(recipient="ana@example.org").latest("pk").subject == "3 new: News of tests.news"
