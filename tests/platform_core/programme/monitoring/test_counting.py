"""What counts as use, and that nothing is kept of who used it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client, RequestFactory

from platform_core.identity.accounts.models import User
from platform_core.programme.monitoring import counting
from platform_core.programme.monitoring.counting import Use
from platform_core.programme.monitoring.models import Usage
from repository import services
from repository.models import Record
from repository.usage import note_use, summed
from tests.factories.repository import record
from tests.people import browser_of
from tests.platform_core.programme.search.asking import open_to
from tests.repository.filing import attach
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
NOON = datetime(2026, 3, 31, 12, 0, tzinfo=ZoneInfo("Europe/Athens")).timestamp()
NUMBERS = ("views", "unique_views", "downloads", "unique_downloads")


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands where it is put, in seconds after noon."""
    moment = {"at": NOON}
    monkeypatch.setattr(counting, "time", lambda: moment["at"])
    return lambda seconds: moment.update(at=NOON + seconds)


def visit(agent: str = FIREFOX, address: str = "10.0.0.1", use: Use | None = None, user=None, **headers) -> None:
    request = RequestFactory().get("/", HTTP_USER_AGENT=agent, REMOTE_ADDR=address, **headers)
    request.user = user or AnonymousUser()
    counting.note(use or Use("repository.record", 7), request)


def counted() -> list[tuple[int, ...]]:
    counting.write()
    return list(Usage.objects.order_by("thing", "object_id", "month", "language").values_list(*NUMBERS))


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        ([0], (1, 1, 0, 0)),
        ([0, 10, 20, 45], (1, 1, 0, 0)),
        ([0, 31], (2, 1, 0, 0)),
        ([0, 31, 3600], (3, 2, 0, 0)),
        ([-20, 5], (1, 1, 0, 0)),
        ([-20, 15], (2, 2, 0, 0)),
    ],
    ids=["one", "a row of clicks", "after half a minute", "in the next hour", "over the hour", "in two hours"],
)
@pytest.mark.parametrize("written_between", [False, True])
def test_double_clicks_and_unique_readers(clock, seconds, expected, written_between):
    for second in seconds:
        clock(second)
        visit()
        if written_between:
            counting.write()

    assert counted() == [expected]


def test_readers_things_and_deeds_are_told_apart(clock, settings):
    settings.TRUSTED_PROXIES = 0
    visit()
    visit(address="10.0.0.2")
    visit(agent=FIREFOX.replace("140", "141"))
    visit(HTTP_COOKIE="sessionid=one", user=User(pk=1))
    visit(HTTP_COOKIE="sessionid=two", user=User(pk=2))
    visit(HTTP_COOKIE="sessionid=another", user=User(pk=2))
    visit(HTTP_COOKIE="sessionid=made-up")
    visit(HTTP_X_FORWARDED_FOR="198.51.100.7")
    visit(use=Use("repository.record", 7, "downloads"))
    visit(use=Use("repository.record", 8))

    assert counted() == [(5, 5, 1, 1), (1, 1, 0, 0)]


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0)",
        "curl/8.5.0",
        "python-requests/2.32",
        "Wget/1.21",
        "Mozilla/5.0 (X11; Linux) HeadlessChrome/120.0",
        "facebookexternalhit/1.1 (LinkPreview)",
        "OAI-PMH harvester",
    ],
)
def test_robots_are_not_counted(agent):
    visit(agent=agent)
    visit(HTTP_SEC_PURPOSE="prefetch;prerender")

    assert counted() == []


@pytest.mark.parametrize(
    "agent",
    [
        FIREFOX,
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 "
        "Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 15; SAMSUNG SM-S938B) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130.0 Mobile",
    ],
)
def test_browsers_are_counted(agent):
    visit(agent=agent)

    assert counted() == [(1, 1, 0, 0)]


def test_months_are_those_of_the_platform(clock, settings):
    settings.TIME_ZONE = "Europe/Athens"
    clock(11 * 3600 + 3540)
    visit()
    clock(12 * 3600 + 60)
    visit()
    counting.write()

    assert [f"{month:%F}" for month in Usage.objects.order_by("month").values_list("month", flat=True)] == [
        "2026-03-01",
        "2026-04-01",
    ]


def test_nothing_of_the_reader_reaches_the_database(clock):
    visit(address="203.0.113.77", HTTP_COOKIE="sessionid=secretsession")
    counting.write()

    (row,) = Usage.objects.values()
    assert {*row} == {"id", "thing", "object_id", "month", "language", *NUMBERS}


def test_pages_and_files_are_counted_kept_pages_too(people):
    made = record("Vouchers", code="vouchers", publish=False)
    attached = attach(made, b"The guarantee fund")
    services.publish(made)
    settle()
    readers = [Client(HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR=f"10.0.0.{number}") for number in (1, 2, 3)]
    for reader, language in zip(readers, ("en", "en", "el"), strict=True):
        assert reader.get(f"/{language}/repository/vouchers/").status_code == 200
    file = readers[0].get(f"/en/repository/vouchers/files/{attached.pk}/{attached.name}")
    assert b"".join(file.streaming_content) == b"The guarantee fund"
    readers[0].head("/en/repository/vouchers/")
    readers[0].get("/en/repository/nothing/")

    counting.write()
    assert dict(Usage.objects.values_list("language", "views")) == {"en": 2, "el": 1}
    assert dict(Usage.objects.values_list("language", "downloads")) == {"en": 1, "el": 0}


def test_drafts_are_not_counted(people):
    made = record("Draft", publish=False, by=people.marko)
    browser = browser_of(people.marko)
    browser.get(made.get_absolute_url(), HTTP_USER_AGENT=FIREFOX)

    assert counted() == []


def test_sums_reach_records_and_the_order_of_lists(client):
    used, other = record("Used"), record("Other")
    settle()
    visit(use=Use("repository.record", used.pk))
    visit(use=Use("repository.record", used.pk, "downloads"))

    assert [note_use(), note_use()] == [1, 0]
    rows = Record.objects.in_bulk([used.pk, other.pk])
    assert [(rows[pk].views, rows[pk].downloads) for pk in (used.pk, other.pk)] == [(1, 1), (0, 0)]
    cache.clear()
    assert [row.title for row in client.get("/en/repository/?sort=used").context["rows"]] == ["Used", "Other"]


def test_sums_of_one_month(client):
    made, other = record("Used", topics=[1]), record("Other", topics=[4])
    visit(use=Use("repository.record", made.pk))
    visit(use=Use("repository.record", other.pk))
    counting.write()
    Usage.objects.filter(object_id=other.pk).update(month=date(2025, 10, 1))

    context = client.get("/en/repository/usage/?by=topic&month=2025-10").context
    assert [row[:2] for row in context["rows"]] == [["Financial framework improvement", 1]]
    assert [code for code, _name in context["form"].fields["month"].choices][-1] == "2025-10"
    named = client.get("/en/repository/usage/?by=topic&month=2025-10&csv")
    assert named["Content-Disposition"] == 'attachment; filename="usage-by-topic-2025-10.csv"'
    assert len(client.get("/en/repository/usage/?by=topic&month=nonsense").context["rows"]) == 2


def test_sums_are_of_public_records_only(people):
    public = record("Public", topics=[1, 4], regions=["EL30"])
    hidden = open_to(record("For members", topics=[4]), "members")
    for made in (public, hidden):
        visit(use=Use("repository.record", made.pk))

    found = {way: [(line.name, line.used.views) for line in summed(way)] for way in ("topic", "region", "record")}

    assert found == {
        "topic": [("Innovation, R&D driven cluster development", 1), ("Financial framework improvement", 1)],
        "region": [("Attiki (EL30)", 1)],
        "record": [("Public", 1)],
    }


@pytest.mark.parametrize("way", ["topic", "region", "organisation", "month", "record", "nonsense"])
def test_figures_are_pages_and_tables(client, way):
    made = record("Vouchers", code="vouchers", regions=["EL30"])
    visit(use=Use("repository.record", made.pk))

    assert client.get(f"/en/repository/usage/?by={way}").status_code == 200
    lines = b"".join(client.get(f"/en/repository/usage/?by={way}&csv").streaming_content).decode().splitlines()
    assert len(lines) == (1 if way == "organisation" else 2)
    assert client.get("/en/repository/vouchers/usage/").context["months"][0][1:] == [1, 1, 0, 0]
