"""Pages of regions and countries, to which each room adds what it knows."""

import pytest
from django.core.cache import cache
from lxml import html

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.people.members.models import Organisation
from repository.adoptions import adopt
from tests.factories.repository import record
from tests.people import browser_of
from tests.platform_core.programme.search.asking import open_to
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_region_shows_its_records_organisations_and_adoptions(people):
    attica = vocabulary.region("EL30")
    Organisation.objects.filter(code="org-ana").update(region=attica, country="EL")
    record("From Attica", regions=["EL30"], countries=["EL"])
    taken = record("Taken over", countries=["AT"])
    own = Organisation.objects.get(code="org-ana")
    adopt(taken, own, by=people.ana, region=attica, year=2025, adapted="Smaller", outcome="", language="en")
    hidden = open_to(record("For members", regions=["EL30"], countries=["EL"]), "members")
    settle()

    pages = {
        place: browser_of(person).get(f"/en/{place}/").content.decode()
        for place in ("regions/EL30", "countries/EL", "countries/AT")
        for person in [people.guest]
    }

    wanted = ("From Attica", "Taken over", "Organisation org-ana", "For members")
    assert {place: [words in page for words in wanted] for place, page in pages.items()} == {
        "regions/EL30": [True, True, True, False],
        "countries/EL": [True, True, True, False],
        "countries/AT": [False, True, False, False],
    }
    assert str(hidden.title) in browser_of(people.ana).get("/en/regions/EL30/").content.decode()


def test_more_adoptions_than_a_region_shows_are_counted_and_led_to(people, client):
    attica, own = vocabulary.region("EL30"), Organisation.objects.get(code="org-ana")
    for number in range(7):
        fields = {"region": attica, "year": 2020 + number, "adapted": "Smaller", "outcome": "", "language": "en"}
        adopt(record(f"Practice {number}"), own, by=people.ana, **fields)
        if number == 4:
            assert b"/en/repository/adoptions/" not in client.get("/en/regions/EL30/").content
            cache.clear()
    open_to(record("Practice zqhidden"), "members").adoptions.create(organisation=own, **fields)
    settle()

    page = html.fromstring(client.get("/en/regions/EL30/").content)
    (link,) = page.xpath("//a[contains(@href, '/repository/adoptions/')]")
    assert (link.get("href"), link.text_content()) == ("/en/repository/adoptions/?region=EL30", "All 7 adoptions")
    shown = client.get(link.get("href")).context["page"]
    assert [str(adoption.record) for adoption in shown] == [f"Practice {number}" for number in range(6, -1, -1)]
    assert len(client.get("/en/repository/adoptions/?country=SK").context["page"]) == 0
    assert len(client.get("/en/repository/adoptions/?region=nonsense").context["page"]) == 7
