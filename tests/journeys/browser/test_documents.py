"""A document from its upload over a review and an approval that a change voids to the public repository."""

import pytest

from .browsing import Browsing
from .looking import LOOKS, troubles
from .steps import download, press, sign_in, wait_until

pytestmark = pytest.mark.browser

LEADER, COLLEAGUE = (f"{name}@example.org" for name in ("donaukreis", "oncluster"))
LIBRARY = "/en/groups/4/documents/"
FIRST, SECOND = b"We ask twelve regions.\n", b"We ask thirteen regions.\n"


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


def bring(page, content: bytes) -> None:
    page.goto(LIBRARY)
    page.set_input_files("input[name=files]", {"name": "survey.txt", "mimeType": "text/plain", "buffer": content})
    press(page, "form[data-upload] button")


def review(leader, colleague, document: str) -> None:
    """The leader asks her colleague, who finds the case and approves."""
    leader.goto(f"{document}review/")
    leader.get_by_label("Radu Crăciunescu").check()
    press(leader, "main form.form button")
    wait_until(lambda: found_case(colleague))
    press(colleague, "main a:has-text('Review of “survey”')")
    press(colleague, "main a[href$='/answer/approve/']")
    colleague.fill("textarea[name=reason]", "Good as it is.")
    press(colleague, "main form.form button")


def found_case(page) -> bool:
    page.goto("/en/cases/")
    return page.locator("main a:has-text('Review of “survey”')").count() > 0


@pytest.fixture(scope="module")
def document(leader) -> str:
    """The address of a file that was sent in parts."""
    bring(leader, FIRST)
    press(leader, "main .rec a:text-is('survey')")
    return leader.url


@pytest.fixture(scope="module")
def approved(document, leader, colleague) -> str:
    review(leader, colleague, document)
    leader.goto(document)
    return document


def state(page) -> str:
    return page.locator(".page-head .meta li").first.inner_text()


def test_an_approval_dies_with_a_change_and_the_next_one_is_published(approved, leader, colleague, windows):
    states = [state(leader)]
    bring(leader, SECOND)
    leader.goto(approved)
    states.append(state(leader))
    review(leader, colleague, approved)
    leader.goto(approved)
    states.append(state(leader))

    assert states == ["Approved", "Draft", "Approved"]

    leader.goto(f"{approved}publish/")
    leader.fill("textarea[name=summary]", "How many regions were asked, and what.")
    press(leader, "main form.form button")
    record = leader.url
    guest = windows.open()
    guest.goto(record)

    assert guest.inner_text("main h1") == "survey"
    assert download(guest, "main .files a[href$='survey.txt']") == SECOND


def test_the_comparison_shows_what_was_changed(approved, leader):
    leader.goto(f"{approved}compare/?from=1.0&to=1.1")

    assert (leader.inner_text("del").strip(), leader.inner_text("ins").strip()) == ("twelve", "thirteen")


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_nothing_is_wrong_with_the_pages(approved, look, windows):
    page = windows.open(**look.options)
    sign_in(page, LEADER)
    addresses = [LIBRARY, *(approved + part for part in ("", "change/", "compare/", "comments/", "versions/1.0/"))]

    found = [line for address in addresses if page.goto(address) for line in troubles(page, look, address)]

    assert found == []
