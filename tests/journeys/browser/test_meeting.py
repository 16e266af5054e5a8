"""A meeting from finding its date to final minutes, with a task and a decision."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from .browsing import Browsing
from .looking import LOOKS, troubles
from .steps import press, sign_in, wait_until

pytestmark = pytest.mark.browser

LEADER, COLLEAGUE = (f"{name}@example.org" for name in ("donaukreis", "oncluster"))
MEETINGS, MINUTE = "/en/groups/4/meetings/", timedelta(minutes=1)


@pytest.fixture(scope="module")
def windows(chromium, site):
    held = Browsing(chromium, site)
    yield held
    held.close()


@pytest.fixture(scope="module")
def leader(windows):
    page = windows.open()
    sign_in(page, LEADER)
    return page


@pytest.fixture(scope="module")
def colleague(windows):
    page = windows.open(width=390)
    sign_in(page, COLLEAGUE)
    return page


def soon() -> str:
    """The minute after the next one, as the clocks of the meeting show it: it has to begin in this journey."""
    return (datetime.now(ZoneInfo("Europe/Vienna")) + 2 * MINUTE).strftime("%Y-%m-%d %H:%M")


@pytest.fixture(scope="module")
def planned(leader) -> str:
    """A meeting without a date, with one item."""
    leader.goto(f"{MEETINGS}plan/")
    leader.fill("input[name=title]", "Rules, once more")
    leader.select_option("select[name=time_zone]", "Europe/Vienna")
    press(leader, "main form.form button")
    leader.fill("input[name=title]", "Who tries it out")
    press(leader, "main form.form button")
    press(leader, "main a:has-text('To the meeting')")
    return leader.url


@pytest.fixture(scope="module")
def called(planned, leader, colleague) -> str:
    """Its date was found by two, and the invitations are out."""
    first = soon()
    leader.goto(f"{planned}dates/offer/")
    leader.fill("textarea[name=dates]", f"{first}\n2031-05-05 10:00")
    press(leader, "main form.form button")
    colleague.goto(f"{planned}dates/")
    colleague.locator("fieldset input[value=yes]").first.check()
    press(colleague, "main form#mine button")
    leader.goto(f"{planned}dates/")
    press(leader, "main form[action$='/choose/'] button >> nth=0")
    return planned


@pytest.fixture(scope="module")
def minutes(called, leader) -> str:
    """Written, with who was there, a task and a decision."""
    wait_until(lambda: begun(leader, called), seconds=150)
    press(leader, "main a:has-text('Begin the minutes')")
    address = leader.url
    press(leader, "main a:has-text('Note who was there')")
    for radio in leader.locator("input[value=online]").all():
        radio.check()
    press(leader, "main form.form button")
    press(leader, "main a:has-text('Write')")
    leader.fill("textarea[name=text]", "Two regions try it out.")
    press(leader, "main form.form button")
    press(leader, "main a:has-text('Action point')")
    leader.fill("input[name=title]", "Tell the ministry")
    press(leader, "main form.form button")
    press(leader, "main p.links a:has-text('Decision')")
    leader.fill("input[name=title]", "Two regions try it out")
    leader.fill("textarea[name=text]", "Donaukreis and OnCluster try it out for three years.")
    press(leader, "main form.form button")
    return address


def begun(page, meeting: str) -> bool:
    page.goto(meeting)
    return page.locator("main a:has-text('Begin the minutes')").count() > 0


def test_the_invitation_waits_at_home_with_the_answer_given_to_the_date(called, colleague):
    wait_until(lambda: invited(colleague))
    colleague.goto(called)

    assert colleague.is_checked("input[name=answer][value=yes]")


def invited(page) -> bool:
    page.goto("/en/mine/")
    return page.locator("main a:has-text('Invitation: Rules, once more')").count() > 0


def test_minutes_are_commented_and_made_final(minutes, leader, colleague):
    press(leader, "main a:has-text('Give the minutes for comment')")
    press(leader, "main form.form button")
    colleague.goto(minutes)
    colleague.click("main summary:has-text('Comment')")
    colleague.fill("textarea[name=text]", "It was three regions.")
    press(colleague, "main .disclosure button")
    leader.goto(minutes)
    assert leader.locator("main .reply:has-text('It was three regions.')").count() == 1

    leader.check("main form[action$='/final/'] [name=early]")  # comments may come until their day
    press(leader, "main form[action$='/final/'] button")

    assert leader.locator(".page-head .meta li").first.inner_text() == "Final"
    assert leader.locator("main a:text-is('Write')").count() == 0


def test_the_task_and_the_decision_are_where_they_are_looked_for(minutes, leader):
    found = {}
    for address in ("/en/groups/4/tasks/", "/en/decisions/"):
        leader.goto(address)
        found[address] = leader.locator(
            "main a:has-text('Tell the ministry'), main a:has-text('Two regions try it out')"
        ).count()

    assert found == {"/en/groups/4/tasks/": 1, "/en/decisions/": 1}


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_nothing_is_wrong_with_the_pages(minutes, called, look, windows):
    page = windows.open(**look.options)
    sign_in(page, LEADER)
    parts = ("", "minutes/", "agenda/", "people/", "change/", "attendance/")
    addresses = ["/en/mine/", MEETINGS, f"{MEETINGS}?past=1", *(called + part for part in parts)]

    found = [line for address in addresses if page.goto(address) for line in troubles(page, look, address)]

    assert found == []
