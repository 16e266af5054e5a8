"""A written procedure from its proposal to the public register."""

import shutil

import pytest

from . import sites
from .browsing import Browsing
from .steps import press, sign_in, wait_until

pytestmark = pytest.mark.browser

LEAD, DELEGATE, ASSOCIATED = (f"{name}@example.org" for name in ("lead", "isk", "holzkreis"))
TITLE = "One learning visit for each region"
IN_GREEK = "Μία επίσκεψη μάθησης για κάθε περιφέρεια"


@pytest.fixture(scope="module")
def data(demonstration, tmp_path_factory):
    held = tmp_path_factory.mktemp("site") / "data"
    shutil.copytree(demonstration, held)
    return held


@pytest.fixture(scope="module")
def site(data):
    with sites.served(data) as address:
        yield address


@pytest.fixture(scope="module")
def windows(chromium, site):
    held = Browsing(chromium, site)
    yield held
    held.close()


@pytest.fixture(scope="module")
def lead(windows):
    page = windows.open()
    sign_in(page, LEAD)
    return page


@pytest.fixture(scope="module")
def proposed(lead):
    lead.goto("/en/decisions/open/")
    press(lead, "main a[href='/en/decisions/new/']")
    lead.fill("input[name=title]", TITLE)
    lead.fill("textarea[name=text]", "Each region sends one person to another region.")
    lead.select_option("select[name=language]", "el")
    lead.fill("input[name=other_title]", IN_GREEK)
    lead.fill("textarea[name=other_text]", "Κάθε περιφέρεια στέλνει ένα άτομο σε μια άλλη.")
    lead.check("input[name=silence_consents]")
    press(lead, "main form.form button")
    press(lead, "form[action$='/discuss/'] button")
    return lead.url


@pytest.fixture(scope="module")
def opened(proposed, lead):
    lead.goto(f"{proposed}open/")
    lead.fill("input[name=day]", "2099-12-31")
    press(lead, "main form.form button")
    return proposed


def test_associated_members_discuss_and_are_offered_no_vote(opened, windows):
    page = windows.open(width=390)
    sign_in(page, ASSOCIATED)
    page.goto(opened)
    page.fill("textarea[name=text]", "Who pays the travel?")
    press(page, "#discussion form button")
    assert "Who pays the travel?" in page.inner_text("#discussion")
    assert page.locator("a[href*='/vote/']").count() == 0


def test_a_delegate_is_told_votes_and_changes_the_vote(opened, windows):
    page = windows.open(width=390)
    sign_in(page, DELEGATE)
    wait_until(lambda: page.goto("/en/notices/") and page.locator(f".rec:has-text('{IN_GREEK}')").count() == 1)
    page.goto(opened)
    receipts = []
    for position in ("disagree", "agree"):
        press(page, "a[href*='/vote/']")
        page.check(f"input[name=vote][value={position}]")
        press(page, "main form.form button")
        receipts.append(page.input_value("[data-copy] textarea"))
        press(page, "main a[href*='/decisions/']:not([href$='/open/'])")
    assert receipts[0] != receipts[1]
    assert "1 / 14" in page.inner_text("main")


def test_the_clock_ends_it_and_everybody_reads_the_result(opened, windows, data, lead):
    sites.end_now(data, "governance_decision", "governance.close")
    guest = windows.open(width=390)
    windows.expect(404)
    wait_until(lambda: guest.goto(opened.replace("/en/", "/el/")).status == 200, seconds=90)
    assert IN_GREEK in guest.inner_text("h1")
    guest.goto(opened)
    told = guest.inner_text("main")
    assert "Passed" in told
    assert "13 were silent and so consented." in told
    assert "Who pays the travel?" not in told
    guest.goto("/en/decisions/")
    assert guest.locator(f".rec:has-text('{TITLE}')").count() == 1
    found = guest.locator(f".rec:has-text('{TITLE}')")
    wait_until(lambda: guest.goto("/en/search/?q=learning+visit") and found.count() == 1)
