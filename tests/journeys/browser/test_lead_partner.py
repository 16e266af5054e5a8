"""The lead partner admits an organisation; its contact is told, and the log keeps it."""

import pytest

from .browsing import Browsing
from .steps import press, sign_in, wait_until

pytestmark = pytest.mark.browser

LEAD, CONTACT = "lead@example.org", "applicant@example.org"
REASON = "Forty firms train together since 2019."


@pytest.fixture(scope="module")
def lead(chromium, site):
    windows = Browsing(chromium, site)
    page = windows.open()
    sign_in(page, LEAD)
    yield page
    windows.close()


@pytest.fixture(scope="module")
def admitted(lead):
    lead.goto("/en/desk/members/?tier=none")
    press(lead, "a[href='/en/desk/members/applicant/']")
    press(lead, "a[href='/en/desk/members/applicant/admit/']")
    lead.check("input[name=tier][value=associated]")
    lead.fill("textarea[name=why]", REASON)
    press(lead, "main form button")
    return lead


def number_beside(page, tier: str) -> int:
    page.goto("/en/desk/members/")
    return int(page.locator(f".numbers > :has(a[href='?tier={tier}'])").inner_text().split()[0])


def test_organisation_stands_among_the_associated_members(admitted):
    number = number_beside(admitted, "associated")
    admitted.goto("/en/members/?tier=associated")
    assert admitted.locator("a[href='/en/members/applicant/']").count() == 1
    assert str(number) in admitted.inner_text("main p[role=status]")


def test_decision_stands_on_the_page_of_the_organisation(admitted):
    admitted.goto("/en/desk/members/applicant/")
    assert REASON in admitted.inner_text("main")


def test_log_has_the_row(admitted):
    admitted.goto("/en/desk/log/")
    row = admitted.locator("tbody tr:has(a[href='/en/members/applicant/'])").first
    assert row.locator("[data-label=Who]").inner_text() == admitted.inner_text("summary .person")
    assert "associated" in row.inner_text()


def test_mail_stands_in_the_outbox_in_her_language(admitted):
    admitted.goto("/en/outbox/")
    mail = admitted.locator(f".rec:has-text('{CONTACT}')").first
    wait_until(lambda: admitted.reload() and mail.count() == 1)
    press(admitted, f".rec:has-text('{CONTACT}') h2 a")
    assert "Тракийски текстилен клъстер" in admitted.inner_text("h1")
    assert "is now" not in admitted.inner_text("h1")
    assert "/bg/" in admitted.inner_text(".letter")


def test_contact_sees_the_notice(admitted, browsing):
    page = browsing.open(width=390)
    sign_in(page, CONTACT)
    page.goto("/bg/notices/")
    wait_until(lambda: page.reload() and page.locator(".rec.unread").count() == 1)
    press(page, ".rec.unread h2 a")
    page.goto("/bg/notices/")
    assert page.locator(".rec").count() == 1
    assert page.locator(".rec.unread").count() == 0


def test_contact_may_not_look_after_members(admitted, browsing):
    browsing.expect(403, 404)
    page = browsing.open()
    sign_in(page, CONTACT)
    assert page.goto("/en/desk/members/").status in {403, 404}
