import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree, html
from wagtail.models import Page

from platform_core.ground.texts.codes import tag
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.programme.pages.models import HomePage
from platform_core.programme.pages.sitemaps import ThingSitemap
from tests.factories.events import event
from tests.factories.repository import record
from tests.people import browser_of
from tests.settling import settle

pytestmark = pytest.mark.django_db


def page_of(client, address: str):
    answer = client.get(address)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def headline(language: str) -> str:
    return HomePage.objects.get(locale__language_code=language).headline


@pytest.mark.parametrize(
    ("language", "shown", "marked"), [("en", "en", None), ("el", "el", None), ("bg", "bg", None), ("it", "en", "en")]
)
def test_home_speaks_the_language_or_says_which(client, language, shown, marked):
    page = page_of(client, f"/{language}/")

    (heading,) = page.xpath("//h1")
    assert heading.text_content() == headline(shown)
    inner = [one.get("lang") for one in (heading, *heading.iterancestors()) if one.get("lang")]
    assert inner == [marked, language] if marked else [language]


def test_home_shows_topics_newest_records_and_coming_events(client):
    record("Vouchers")
    event("Cluster week")
    settle()

    page = page_of(client, "/en/")

    assert [link.get("href") for link in page.xpath("//main//a[contains(@href, '/topics/')]")][-6:] == [
        f"/en/topics/{topic.number}-{topic.code}/" for topic in vocabulary.topics()
    ]
    assert page.xpath("//main//a[@href='/en/repository/vouchers/']")[0].text_content().strip() == "Vouchers"
    assert page.xpath("//main//a[@href='/en/events/cluster-week/']")[0].text_content().strip() == "Cluster week"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/en/topics/4/", "/en/topics/4-finance/"),
        ("/en/topics/4-money/", "/en/topics/4-finance/"),
        ("/el/topics/1/", "/el/topics/1-innovation/"),
    ],
)
def test_topic_leads_to_its_full_address(client, address, expected):
    answer = client.get(address)

    assert (answer.status_code, answer.headers["Location"]) == (301, expected)


@pytest.mark.parametrize("address", ["/en/topics/7/", "/en/topics/0/", "/en/topics/x/", "/en/topics/7-x/", "/en/gone/"])
def test_unknown_pages_are_not_found(client, address):
    assert client.get(address).status_code == 404


def test_topic_page_shows_what_belongs_to_it(client):
    record("Vouchers", topics=[4])
    record("Skills", topics=[6])
    event("Money week", topics=[4])
    event("Skill week", topics=[6])
    settle()

    page = page_of(client, "/el/topics/4-finance/")

    linked = {link.get("href") for link in page.xpath("//main//a")}
    assert {f"/el/{path}/" for path in ("repository/vouchers", "events/money-week")} <= linked
    assert {f"/el/{path}/" for path in ("repository/skills", "events/skill-week")} & linked == set()
    assert page.xpath("//h1")[0].text_content() == vocabulary.topic(4).name["el"]


def test_topics_are_listed_with_what_they_hold(client):
    record("Vouchers", topics=[4, 1])
    settle()

    page = page_of(client, "/en/topics/")

    counts = page.xpath("//main//a[contains(@href, '/repository/?topic=')]")
    assert [int(link.text_content().split()[0]) for link in counts] == [1, 0, 0, 1, 0, 0]


@pytest.mark.parametrize("slug", ["about", "privacy", "accessibility"])
@pytest.mark.parametrize("language", ["en", "el", "bg", "it", "sr-latn"])
def test_pages_of_text_are_there_in_every_language(client, slug, language):
    page = page_of(client, f"/{language}/{slug}/")

    (prose,) = page.xpath("//*[contains(@class, 'prose')]")
    own = {"en", "el"} if slug == "about" else {"en", "el", "bg"}
    assert prose.get("lang") == (language if language in own else "en")
    assert len(prose.text_content()) > 200


def test_pages_are_made_once():
    before = list(Page.objects.order_by("pk").values_list("pk", "path", "title", "live_revision"))

    call_command("load_reference")

    assert list(Page.objects.order_by("pk").values_list("pk", "path", "title", "live_revision")) == before


def test_edited_page_is_left_to_its_editors():
    HomePage.objects.filter(locale__language_code="en").update(headline="Ours")

    call_command("load_reference")

    assert headline("en") == "Ours"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("el", "/el/"),
        ("bg;q=0.3, it;q=0.9", "/it/"),
        ("sr", "/sr-latn/"),
        ("de-AT", "/de/"),
        ("fr", "/en/"),
        ("", "/en/"),
        ("*;;;q=x", "/en/"),
    ],
)
def test_root_leads_to_the_language_of_the_browser(client, asked, expected):
    answer = client.get("/", headers={"Accept-Language": asked})

    assert (answer.status_code, answer.headers["Location"]) == (302, expected)
    assert "Accept-Language" in answer.headers["Vary"]


def test_root_does_not_follow_what_is_written_behind_it(client):
    assert client.get("/?next=//evil.example").headers["Location"] == "/en/"


def read(client, address: str) -> etree._Element:
    answer = client.get(address)
    assert (address, answer.status_code, answer["Content-Type"]) == (address, 200, "application/xml")
    return etree.fromstring(answer.content)


def texts(root, name: str) -> list[str]:
    return root.xpath(f"//*[local-name() = '{name}']/text()")


def files_of_sitemap(client) -> list[str]:
    return [address.removeprefix("http://testserver") for address in texts(read(client, "/sitemap.xml"), "loc")]


def locations(client) -> list[str]:
    return [place for address in files_of_sitemap(client) for place in texts(read(client, address), "loc")]


def in_english(client, part: str) -> list[str]:
    return [place for place in locations(client) if part in place and "/en/" in place]


def test_sitemap_lists_what_guests_see(client, people):
    record("Vouchers")
    record("Draft", publish=False, by=people.marko)
    event("Cluster week")

    assert in_english(client, "/repository/") == ["http://testserver/en/repository/vouchers/"]
    assert in_english(client, "/events/") == ["http://testserver/en/events/cluster-week/"]
    assert locations(browser_of(people.marko)) == locations(client)


def test_addresses_of_the_sitemap_are_pages(client, people):
    record("Vouchers")
    event("Cluster week")

    for address in in_english(client, ""):
        assert (address, client.get(address.removeprefix("http://testserver")).status_code) == (address, 200)


def test_a_file_of_the_sitemap_names_every_language_and_the_day(client):
    made = record("Vouchers")
    root = read(client, "/sitemap-repository-record.xml")

    codes = [*(tag(code) for code, _name in settings.LANGUAGES), "x-default"]
    assert len(texts(root, "loc")) == len(settings.LANGUAGES)
    for url in root.xpath("//*[local-name() = 'url']"):
        links = url.xpath("*[local-name() = 'link']")
        assert [link.get("hreflang") for link in links] == codes
        assert texts(url.getroottree(), "loc")[0] == links[0].get("href") == links[-1].get("href")
    assert set(texts(root, "lastmod")) == {made.published_on.isoformat()}
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_the_index_announces_every_page(client, monkeypatch):
    monkeypatch.setattr(ThingSitemap, "limit", 2)
    for number in range(5):
        record(f"Vouchers {number}")

    files = [address for address in files_of_sitemap(client) if "repository-record" in address]

    first = "/sitemap-repository-record.xml"
    assert files == [first, f"{first}?p=2", f"{first}?p=3"]
    assert len(in_english(client, "/repository/")) == 5


def test_a_file_of_the_sitemap_costs_the_same_at_1_and_3_records(client):
    costs = []
    for more in (1, 2):
        for _place in range(more):
            record("Vouchers")
        with CaptureQueriesContext(connection) as asked:
            read(client, "/sitemap-repository-record.xml")
        costs.append(len(asked))

    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    "path",
    [
        "/oai?verb=Identify",
        "/api/v1/records",
        "/api/v1/openapi.json",
        "/sitemap.xml",
        "/feeds/records.atom",
        "/feeds/events.ics",
    ],
)
def test_machines_are_told_no_language(client, path):
    assert client.get(path).status_code == 200
    assert client.get(f"/en{path}", follow=True).status_code == 404
