"""What the page of a group leads to: its votes and its calendar."""

import pytest
from lxml import html

from tests.factories.governance import decision
from tests.factories.meetings import meeting
from tests.people import browser_of
from workinggroups.services import meetings

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def side(person, title: str, page: str = "/en/groups/4/") -> list[tuple[str, str]]:
    """The links of a block beside the page."""
    shown = html.fromstring(browser_of(person).get(page).content.decode())
    found = shown.xpath(f"//aside/section[h2='{title}']//a")
    return [(link.text_content(), link.get("href").removeprefix("/en/")) for link in found]


REGISTER = ("Register of decisions", "decisions/?body=wg-4")
BEGIN = ("Begin a vote", "decisions/new/?body=wg-4")


@pytest.mark.parametrize(
    ("name", "links"),
    [("guest", [REGISTER]), ("carl", [REGISTER]), ("marko", [REGISTER]), ("wanda", [BEGIN, REGISTER])],
)
def test_the_votes_of_a_group_are_reached_from_its_page(people, name, links):
    assert side(people.named(name), "Votes and decisions") == links


def test_the_page_shows_what_the_group_votes_on_and_no_others(people):
    own = decision(people.wanda, body_id="wg-4", title={"en": "A fund"})
    decision(people.lena, title={"en": "Something else"})
    running = ("A fund", own.get_absolute_url().removeprefix("/en/"))

    assert [side(person, "Votes and decisions") for person in (people.wanda, people.carl)] == [
        [running, BEGIN, REGISTER],
        [REGISTER],
    ]


@pytest.mark.parametrize("page", ["/en/groups/4/", "/en/groups/4/meetings/"])
def test_the_calendar_of_a_group_is_reached_from_its_pages(people, page):
    links = side(people.wanda, "Calendar of the group", page)

    assert [address for _words, address in links] == [
        "events/?scope=group:4",
        "events/mine/?scope=group:4&mine=&name=Working%20group%204",
        "/feeds/events.ics?scope=group:4",
    ]
    assert len(side(people.guest, "Calendar of the group", page)) == 2


def test_the_calendar_of_a_group_holds_its_dates_alone(people):
    own, other = meeting(people.wanda, marking="public"), meeting(people.lena, of=5, marking="public", title="Other")
    for made, by in ((own, people.wanda), (other, people.lena)):
        meetings.call(made, by=by)

    shown = browser_of(people.guest).get("/en/events/?scope=group:4")
    feed = browser_of(people.guest).get("/feeds/events.ics?scope=group:4").content.decode()

    assert shown.context["form"].fields["scope"].choices[4][0] == "group:4"
    assert [(text.count("Third meeting") > 0, text.count("Other")) for text in (feed,)] == [(True, 0)]


def test_a_private_feed_of_a_group_is_begun_with_its_scope(people):
    form = browser_of(people.wanda).get("/en/events/mine/?scope=group:4&mine=&name=Ours").context["form"]

    assert [form.get_initial_for_field(form.fields[name], name) for name in ("scope", "mine", "name")] == [
        "group:4",
        "",
        "Ours",
    ]
