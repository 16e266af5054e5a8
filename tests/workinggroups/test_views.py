import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from platform_core.identity.access import services as access
from tests.people import add_member, browser_of
from tests.settling import settle
from workinggroups import services
from workinggroups.models import WorkingGroup

SEATS = "//aside//ul/li/small"


def texts(page, path: str) -> list[str]:
    return [" ".join(part.text_content().split()) for part in html.fromstring(page.content.decode()).xpath(path)]


@pytest.mark.parametrize("number", range(1, 7))
def test_every_group_has_its_page(client, people, number):
    page = client.get(f"/en/groups/{number}/")

    assert (page.status_code, texts(page, "//h1"), page.cookies) == (200, [f"Working group {number}"], {})


@pytest.mark.parametrize("number", ["0", "7", "999999999999999999999"])
def test_a_group_that_does_not_exist_is_not_found(client, people, number):
    assert client.get(f"/en/groups/{number}/").status_code == 404


@pytest.mark.database
@pytest.mark.parametrize(("name", "told"), [("guest", False), ("carl", False), ("petra", False), ("ana", True)])
def test_names_of_people_are_for_members(people, name, told):
    page = browser_of(people.named(name)).get("/en/groups/4/")

    (seat,) = texts(page, SEATS)
    assert seat.endswith(" · Wanda") is told


def test_points_say_in_which_language_they_came(client, people):
    group = WorkingGroup.objects.get(pk=4)
    points = {"en": ["Little money"], "el": ["Λίγα χρήματα"]}
    services.describe(group, summary={"en": "Money"}, weaknesses=points, potentials={"en": ["Funds"]})

    page = html.fromstring(client.get("/el/groups/4/").content.decode())

    found = [(part.get("lang"), part.text_content().strip()) for part in page.xpath("//section/ul[@lang]")]
    assert found == [("el", "Λίγα χρήματα"), ("en", "Funds")]


@pytest.mark.parametrize("name", ["guest", "ana"])
def test_a_page_costs_the_same_with_one_seat_and_with_three(people, name):
    def cost() -> int:
        settle()
        browser = browser_of(people.named(name))
        with CaptureQueriesContext(connection) as captured:
            browser.get("/en/groups/4/")
        return len(captured)

    with_one = cost()
    for other in ("nora", "olga"):
        access.give_role(add_member(other, "full"), "wg_representative", scope="group:4")

    assert cost() == with_one


@pytest.mark.parametrize(("language", "words"), [("en", "vouchers"), ("el", "χρήματα"), ("bg", "пари")])
def test_a_group_is_found_by_its_points(people, language, words):
    points = {"en": ["More vouchers"], "el": ["Περισσότερα χρήματα"], "bg": ["Повече пари"]}
    services.describe(WorkingGroup.objects.get(pk=4), summary={"en": "Money"}, weaknesses=points, potentials={})
    settle()

    answer = Client().get(f"/{language}/search/", {"q": words, "in": "workinggroups.workinggroup"}).context["answer"]

    assert [entry.object_id for entry in answer.entries] == [4]
