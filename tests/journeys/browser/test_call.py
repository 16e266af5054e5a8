"""From an open call to the set-up document, in windows: answers stay sealed, a seat is taken, the paper is there."""

from datetime import date, timedelta

import pytest

from .browsing import Browsing
from .looking import LOOKS, troubles
from .steps import press, sign_in, wait_until

pytestmark = pytest.mark.browser

LEADER, SENDER, OTHER = (f"{name}@example.org" for name in ("donaukreis", "nakp", "podhorsky"))
CALLS = "/en/groups/4/calls/"
CONCLUDED = "main .rec a:has-text('Experts on cluster financing')"


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
def concluded(leader) -> str:
    """The address of the call that the demonstration has concluded."""
    leader.goto(CALLS)
    press(leader, CONCLUDED)
    return leader.url


@pytest.fixture(scope="module")
def opened(leader) -> str:
    """The address of a call that the leader has prepared and opened."""
    leader.goto(f"{CALLS}new/")
    leader.fill("input[name=title]", "A third organisation")
    leader.fill("textarea[name=text]", "We seek an organisation that has paid for a cluster for ten years.")
    press(leader, "main form.form button")
    address = leader.url
    leader.goto(f"{address}open/")
    leader.fill("input[name=day]", str(date.today() + timedelta(days=10)))  # noqa: DTZ011 - the clocks of the window
    press(leader, "main form.form button")
    return address


@pytest.fixture(scope="module")
def sent(opened, windows) -> str:
    """The address of what an organisation has sent, from a narrow window."""
    page = windows.open(width=390)
    sign_in(page, SENDER)
    page.goto(opened)
    press(page, "main a:has-text('Answer the call')")
    for field in page.locator("main textarea[name^=q]").all():
        field.fill("Because we have done it.")
    page.select_option("select[name=p0_role]", "wg_representative")
    page.fill("input[name=p0_name]", "Nadia Invented")
    page.fill("input[name=p0_email]", "nadia@example.org")
    page.fill("textarea[name=p0_competences]", "Cluster financing")
    page.check("input[name=agreed]")
    press(page, "main form.form button:has-text('Send')")
    return page.url


def test_a_receipt_is_given_and_nobody_else_knows(sent, opened, leader, windows):
    other = windows.open()
    windows.expect(404)
    sign_in(other, OTHER)
    found = []
    for page in (leader, other):
        page.goto(opened)
        words = page.inner_text("main")
        page.goto(sent)
        found.append(("received" in words, page.inner_text("main h1")))

    assert found == [(False, "There is no such page.")] * 2


def test_the_one_who_was_accepted_takes_her_seat(concluded, leader, windows):
    page = windows.open()
    sign_in(page, SENDER)
    page.goto(concluded)
    press(page, "main a:has-text('You were named here')")
    press(page, "main button:has-text('Take the seat')")
    leader.goto("/en/groups/4/members/")

    assert leader.inner_text("main .text").count("Working-group expert") == 1


def test_the_set_up_document_is_taken_along(concluded, leader):
    leader.goto(f"{concluded}evaluation/")
    press(leader, "main a:has-text('Set-up document of working group 4')")
    press(leader, "main button:has-text('Take along as PDF')")
    wait_until(lambda: leader.reload() and leader.locator("main a[href$='/take/']").count() == 1)

    assert leader.inner_text("main a[href$='/take/']").endswith(".pdf")


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_nothing_is_wrong_with_the_pages(concluded, opened, look, windows):
    page = windows.open(**look.options)
    sign_in(page, LEADER)
    addresses = [CALLS, concluded, f"{concluded}evaluation/", opened, f"{opened}extend/", f"{CALLS}new/"]
    addresses += [f"/en/groups/4/{part}/" for part in ("members", "concept", "concept/topic", "openness", "template")]

    found = [line for address in addresses if page.goto(address) for line in troubles(page, look, address)]

    assert found == []
