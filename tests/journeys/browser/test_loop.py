"""The loop in windows: a finding and the gap of a region lead to a mechanism, a pilot that tests it, its evaluation, a lesson
that another region takes over, and a changed policy that the programme page counts by one; its list opens on this very trail.
"""

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from .browsing import Browsing
from .looking import LOOKS, troubles
from .steps import press, sign_in, wait_until

pytestmark = pytest.mark.browser

FINDING, BENCHMARK = "/en/consultations/findings/1/", "/en/benchmarking/demonstration-what-clusters-bring-to-in/"
REGION = "AT22"
MECHANISM, PILOT = (
    "Requests heard before a call is written",
    "Reading the demand of small firms before a call is written",
)
LESSON, CHANGE = "Six questions are enough", "Calls of the region begin with six questions"
JUDGES = {"tiszaliget": "Eszter Halmosi", "lead": "Giulia Santarelli"}
INDICATOR = "/en/programme/indicators/r07/"
FORM = "main form.form button"


class People:
    """Each has a window of her own, signed in when she is first needed."""

    def __init__(self, windows: Browsing) -> None:
        self.windows, self.pages = windows, {}

    def __getitem__(self, name: str) -> Page:
        if name not in self.pages:
            self.pages[name] = self.windows.open()
            sign_in(self.pages[name], f"{name}@example.org")
        return self.pages[name]


@pytest.fixture(scope="module")
def people(chromium, site):
    windows = Browsing(chromium, site)
    yield People(windows)
    windows.close()


def counted(page: Page) -> int:
    """Policies improved: as many as the list below the number has rows."""
    page.goto(INDICATOR)
    return page.locator("main tbody tr").count()


def open_until(page: Page, address: str, link: str) -> None:
    """Goes on by a link that is there when what was done has been told to everybody."""
    wait_until(lambda: page.goto(address) and page.locator(link).count() == 1)
    press(page, link)


def path_of(page: Page) -> str:
    return urlsplit(page.url).path


@pytest.fixture(scope="module")
def gap(people) -> str:
    """Somebody opens the profile of her region and presses on what it is weak in."""
    page = people["donaukreis"]
    page.goto(f"{BENCHMARK}regions/{REGION}/")
    press(page, "#strengths h3:has-text('Weak among its peers') + ul li:first-child a")
    assert page.locator("#figure").count() == 1
    told = urlsplit(page.url)
    return f"{told.path}?{told.query}"


@pytest.fixture(scope="module")
def mechanism(people, gap) -> str:
    """The leader writes it on a finding and a gap of her region, the lead partner approves, the leader publishes."""
    leader, lead = people["donaukreis"], people["lead"]
    leader.goto("/en/desk/learning/mechanisms/begin/4/")
    leader.fill("[name=title]", MECHANISM)
    for box in leader.locator("main form.form textarea").all():
        box.fill("Sixty firms are asked before money is offered.")
    leader.check("[name=level][value=regional]")
    leader.check("[name=cycle_stage][value=preparation]")
    press(leader, FORM)
    desk = leader.url
    for address in (FINDING, gap):
        leader.fill("form[action$='/evidence/'] [name=address]", address)
        press(leader, "form[action$='/evidence/'] button:has-text('Add')")
    press(leader, "form[action$='/submit/'] button")
    lead.goto(desk)
    press(lead, "button[name=approve]")
    leader.goto(desk)
    press(leader, "form[action$='/publish/'] button")
    return path_of(leader)


def judge(page: Page) -> None:
    for box in page.locator("main form.form textarea").all():
        box.fill("As its reports and a visit show.")
    for value in page.locator("main form.form input[value='3']").all():
        value.check()


def report(page: Page, leader: Page, desk: str) -> None:
    """On the period in which the pilot ended, accepted by who leads the group."""
    page.goto(desk)
    press(page, "form[action*='/reports/'] button")
    press(page, "main a:has-text('Write it')")
    page.fill("[name=narrative]", "The second call was written.")
    for value in page.locator("main input[name^=value]").all():
        value.fill("5")
    press(page, "button[name=submit]")
    leader.goto(page.url)
    press(leader, "form[action$='/accept/'] button")


@pytest.fixture(scope="module")
def pilot(people, mechanism) -> str:
    """Related to the mechanism it tests, finished, reported on, assessed by its lead and by two without an interest."""
    page, leader = people["srednje-podunavlje"], people["donaukreis"]
    page.goto("/en/desk/pilots/actions/")
    press(page, f"main a:has-text('{PILOT}')")
    desk = page.url
    press(page, "main a:has-text('Relate it to something')")
    page.select_option("[name=kind]", "pilots.tests")
    page.fill("[name=address]", mechanism)
    press(page, FORM)
    public = path_of(page)
    page.goto(desk)
    press(page, "main a:has-text('It is reached')")
    press(page, FORM)
    press(page, "form[action$='/finish/'] button")
    report(page, leader, desk)
    page.goto(f"{desk}own/")
    judge(page)
    press(page, f"{FORM} >> nth=0")
    evaluate(people, desk)
    return public


def evaluate(people, desk: str) -> None:
    leader = people["donaukreis"]
    leader.goto(f"{desk}evaluators/")
    for name in JUDGES.values():
        leader.check(f"main label:has-text('{name}') input")
    leader.fill("[name=due_on]", str(date.today() + timedelta(days=20)))  # noqa: DTZ011 - the clocks of the window
    press(leader, FORM)
    for name in JUDGES:
        page = people[name]
        page.goto("/en/assessments/evaluations/")
        press(page, f"main a:has-text('{PILOT}')")
        page.check("input[name=has_conflict][value=no]")
        press(page, "main button:has-text('Go on')")
        judge(page)
        press(page, "main button:has-text('Submit')")
    leader.goto(f"{desk}evaluation/")
    press(leader, "main a:has-text('The evaluation')")
    press(leader, "main a:has-text('Draw the conclusion')")
    leader.check("input[name=outcome][value=well]")
    leader.fill("[name=reason]", "The firms came.")
    press(leader, FORM)


@pytest.fixture(scope="module")
def lesson(people, pilot) -> str:
    """Written by the pilot's lead, taken into the repository in one click, published by who leads the group."""
    page, leader = people["srednje-podunavlje"], people["donaukreis"]
    page.goto(pilot.replace("/en/", "/en/desk/", 1))
    press(page, "main a:has-text('Write down a lesson')")
    for box in page.locator("main form.form input[type=text], main form.form textarea").all():
        box.fill(LESSON)
    press(page, FORM)
    press(page, "form[action$='/record/'] button")
    leader.goto(page.url)
    press(leader, "form[action$='/publish/'] button")
    return path_of(leader)


@pytest.fixture(scope="module")
def change(people, lesson) -> tuple[int, int, str]:
    """How many policies were improved before and after, and the address of the change."""
    page, authority = people["holzkreis"], people["donaukreis"]
    before = counted(authority)
    page.goto(lesson)
    press(page, "main a:has-text('We have taken this over')")
    page.select_option("[name=region]", "AT22")
    page.fill("[name=year]", "2026")
    page.fill("[name=adapted]", "We ask sixty firms, by telephone.")
    press(page, FORM)
    press(page, "main a:has-text('Record what changed')")
    page.fill("[name=title]", CHANGE)
    page.select_option("[name=instrument]", "scheme")
    page.select_option("[name=level]", "regional")
    page.fill("[name=changed_on]", "2026-11-02")
    page.fill("[name=link]", "https://example.org/calls")
    page.select_option("[name=authority]", label="Donaukreis Economic Department")
    press(page, FORM)
    press(page, "form[action$='/ask/'] button")
    open_until(authority, page.url, "main a:has-text('Confirm or return it')")
    press(authority, "main a:has-text('Confirm it')")
    authority.fill("[name=reason]", "In force since the second of November.")
    press(authority, FORM)
    wait_until(lambda: counted(authority) > before)
    return before, counted(authority), path_of(page)


def test_the_adoption_raises_the_improved_policies_by_one(change):
    before, after, _address = change

    assert after == before + 1


def test_the_list_of_the_number_opens_on_this_trail(change, lesson, pilot, mechanism, gap, people):
    guest = people.windows.open(width=390, script=False)  # with a script the link gives way to the trail itself
    open_until(guest, INDICATOR, f"main a:has-text('{CHANGE}')")
    press(guest, "main a:has-text('Where it came from')")

    links = [link.get_attribute("href") for link in guest.locator("main li a").all()]
    assert {lesson, pilot, mechanism, FINDING, gap} - {(link or "").removesuffix("#figure") for link in links} == set()


def test_all_trails_say_that_this_one_came_through(change, people):
    guest = people.windows.open()
    guest.goto("/en/learning/trails/?stage=change")
    row = guest.locator(f"main tbody tr:has-text('{MECHANISM}')")

    cells = [cell.inner_text().strip() for cell in row.locator("td").all()]
    assert cells[:6] == ["2", "1", "1", "1", "1", "Policy changed"]


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_nothing_is_wrong_with_the_pages(change, lesson, pilot, mechanism, look, people):
    page = people.windows.open(**look.options)
    sign_in(page, "donaukreis@example.org")
    desks = [one.replace("/en/", "/en/desk/", 1) for one in (mechanism, pilot)]
    addresses = [mechanism, pilot, lesson, change[2], INDICATOR, "/en/learning/trails/", *desks]

    found = [line for address in addresses if page.goto(address) for line in troubles(page, look, address)]

    assert found == []
