"""What programs read from a record's page."""

import json

import pytest
from lxml import html

from platform_core.materials.trails import services as trails
from repository import services
from repository.models import Record
from tests.factories.repository import record
from tests.people import browser_of
from tests.repository.filing import attach, pdf

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


@pytest.mark.parametrize(
    ("licence", "address"),
    [
        ("CC-BY-4.0", "https://spdx.org/licenses/CC-BY-4.0"),
        ("LicenseRef-all-rights-reserved", "http://rightsstatements.org/vocab/InC/1.0/"),
    ],
)
def test_a_licence_leads_to_where_it_is_told(licence, address, client):
    record("Vouchers", code="a", licence=licence)
    page = client.get("/en/repository/a/")

    (script,) = html.fromstring(page.content).xpath("//script[@type='application/ld+json']")
    assert json.loads(script.text)["license"] == address
    assert dict(reversed(link.split("; rel=")) for link in page["Link"].split(", "))['"license"'] == f"<{address}>"


def test_a_draft_tells_programs_nothing(people):
    record("Draft", code="a", publish=False, by=people.marko)
    page = browser_of(people.marko).get("/en/repository/a/")

    assert html.fromstring(page.content).xpath("//script[@type='application/ld+json']") == []


def test_pdf_files_are_named_where_all_who_see_the_record_get_them(people, client):
    for code, files_for in (("open", "all"), ("closed", "members")):
        made = record(code, code=code, publish=False, files_for=files_for)
        attached = attach(made, pdf("The guarantee fund.").read(), "plan.pdf")
        attach(made, b"Notes.", "notes.txt")
        services.publish(made)

    def places(code: str) -> list[str]:
        page = html.fromstring(client.get(f"/en/repository/{code}/").content)
        return page.xpath("//meta[@name='citation_pdf_url']/@content")

    first = Record.objects.get(code="open").files.get(name="plan.pdf")
    assert (places("open"), places("closed")) == (
        [f"http://testserver/en/repository/open/files/{first.pk}/plan.pdf"],
        [],
    )
    assert attached.record.code == "closed"


def test_schema_org_tells_version_and_relations(people, client):
    made, other, hidden = record("A", code="a"), record("B", code="b"), record("C", code="c", publish=False)
    for one in (other, hidden):
        trails.draw("repository.based_on", made, one, by=people.lena)
    trails.draw("repository.translation_of", other, made, by=people.lena)

    (script,) = html.fromstring(client.get("/en/repository/a/").content).xpath("//script[@type='application/ld+json']")

    told, b = (
        json.loads(script.text),
        {"@type": "CreativeWork", "@id": "http://testserver/en/repository/b/", "name": "B"},
    )
    assert (told["version"], told["isBasedOn"], told["workTranslation"]) == ("1", [b], [b])
