"""A guest's way through the site in Greek, without JavaScript."""

import pytest
from lxml import html

from repository import services
from tests.factories.events import event
from tests.factories.repository import record
from tests.repository.filing import pdf
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]

RECORDS = "/el/repository/"


@pytest.fixture
def vouchers(db):
    record("Skills for clusters", topics=[6], countries=["BG"], year=2020)
    texts = {"title": {"el": "Πολιτική κουπονιών", "_source": "el"}, "summary": {"el": "Τι πέτυχε.", "_source": "el"}}
    made = services.deposit(
        code="kouponia", kind="report", year=2024, topics=[4], countries=["EL"], languages=["el"], **texts
    )
    services.attach(made, pdf("Εισαγωγή.", "Η εγγύηση των δανείων."), "ekthesi.pdf", "el")
    event("Cluster week")
    made = services.publish(made)
    settle()
    return made


def links(client, address: str, start: str) -> list[str]:
    page = html.fromstring(client.get(address).content.decode())
    return [link for link in page.xpath("//main//a/@href") if link.startswith(start)]


def test_guest_walks_from_home_to_a_citation(client, vouchers):
    assert "/el/topics/4-finance/" in links(client, "/el/", "/el/topics/")
    assert f"{RECORDS}kouponia/" in links(client, "/el/topics/4-finance/", RECORDS)
    assert "?country=EL" in links(client, RECORDS, "?")
    (chosen,) = client.get(f"{RECORDS}?country=EL&topic=4&year=2024").context["rows"]
    assert chosen.address == f"{RECORDS}kouponia/"

    downloads = [link for link in links(client, chosen.address, f"{chosen.address}files/") if link.endswith(".pdf")]
    cited = client.get(links(client, chosen.address, f"{chosen.address}cite/bib/")[0])

    assert client.get(downloads[0]).getvalue()[:5] == b"%PDF-"
    assert "title = {{Πολιτική κουπονιών}}" in cited.content.decode()


def test_guest_finds_the_same_in_both_alphabets(client, vouchers):
    found = [client.get(RECORDS, {"q": words}).context["rows"] for words in ("πολιτική", "politiki", "ΠΟΛΙΤΙΚΗΣ")]

    assert [[row.address for row in rows] for rows in found] == [[f"{RECORDS}kouponia/"]] * 3


def test_guest_sees_the_page_inside_a_file(client, vouchers):
    (row,) = client.get(RECORDS, {"q": "daneion"}).context["rows"]

    (shown,) = row.snippets
    assert shown["text"].startswith("Η εγγύηση των <mark>δανείων</mark>.")
    assert shown["address"] == f"{RECORDS}kouponia/#file-{vouchers.files.get().pk}"
