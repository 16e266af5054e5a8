"""What programs read from a record's page."""

import json

import pytest
from lxml import html

from repository import services
from tests.factories.repository import record
from tests.people import browser_of
from tests.repository.filing import attach

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ROR = "https://ror.org/03prydq77"


@pytest.fixture
def page(client):
    made = record(
        "Vouchers </script><b>",
        code="a",
        publish=False,
        identifiers={"A regional authority": ROR},
        concepts=["cluster-financing"],
    )
    attach(made, b"The guarantee fund.", "notes.txt")
    services.publish(made)
    return client.get("/en/repository/a/")


def test_schema_org(page):
    (script,) = html.fromstring(page.content).xpath("//script[@type='application/ld+json']")
    told = json.loads(script.text)

    assert (told["@type"], told["name"]) == ("CreativeWork", {"@value": "Vouchers </script><b>", "@language": "en"})
    assert told["creator"] == [{"@type": "Organization", "name": "A regional authority", "@id": ROR}]
    assert told["keywords"] == ["Cluster financing"]


def test_tags_for_scholarly_search(page):
    tags = [(one.get("name"), one.get("content")) for one in html.fromstring(page.content).xpath("//meta[@name]")]

    assert ("citation_title", "Vouchers </script><b>") in tags
    assert [value for name, value in tags if name == "DC.creator"] == ["A regional authority"]


def test_signposts_stay_when_the_page_is_kept(page, client):
    again = client.get("/en/repository/a/")
    links = dict(reversed(link.split("; rel=")) for link in page["Link"].split(", "))

    assert again["Link"] == page["Link"]
    assert links['"cite-as"'] == "<http://testserver/en/repository/a/>"
    assert links['"author"'] == f"<{ROR}>"
    assert [kind for kind in links if kind.startswith('"item"')] == ['"item"; type="text/plain"']


def test_a_draft_tells_programs_nothing(people):
    record("Draft", code="a", publish=False, by=people.marko)
    page = browser_of(people.marko).get("/en/repository/a/")

    assert html.fromstring(page.content).xpath("//script[@type='application/ld+json']") == []
