"""Every page, small and large, light and dark: axe finds nothing, and nothing reaches beyond a narrow window."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from .looking import LOOKS, opened, troubles
from .steps import answer_page, answer_until_review, begin_to_answer, go_on, press, send_answers, sign_in

pytestmark = pytest.mark.browser

OF_GUESTS = [
    "/en/",
    "/el/",
    "/en/topics/",
    "/el/topics/4-finance/",
    "/en/groups/4/",
    "/el/repository/",
    "/en/repository/?topic=4&q=cluster",
    "/en/repository/?q=xyzzyx",
    "/el/repository/gp-el61-dairy-skills/",
    "/de/repository/strategy-el52-clusters-and-green-transition/",
    "/en/search/",
    "/el/search/?q=πολιτική",
    "/en/events/",
    "/en/events/?past=1",
    "/el/events/wg3-meeting-2026-12/",
    "/en/members/",
    "/en/members/?words=xyzzyx",
    "/en/members/applicant/",
    "/bg/consultations/",
    "/bg/consultations/finance-2027/",
    "/de/consultations/finance-2027/",
    "/en/consultations/finance-2027/answers/long-gone/1/",
    "/en/about/",
    "/el/privacy/",
    "/en/accessibility/",
    "/el/no-such-page/",
    "/en/account/login/",
    "/el/account/signup/",
    "/en/account/password/reset/",
    "/en/account/password/reset/done/",
    "/ui/gallery/",
]
OF_THE_CONTACT = [
    "/bg/notices/",
    "/en/account/settings/",
    "/en/account/email/",
    "/en/account/password/change/",
    "/en/account/2fa/",
    "/en/account/2fa/totp/activate/",
    "/en/account/logout/",
    "/en/desk/members/",
]
OF_THE_LEADER = [
    "/en/desk/consultations/",
    "/en/desk/consultations/finance-2027/",
    "/en/repository/drafts/",
    "/en/repository/deposit/",
    "/en/repository/deposit/good_practice/",
]
OF_THE_LEAD_PARTNER = [
    "/en/desk/members/",
    "/en/desk/members/?words=xyzzyx",
    "/en/desk/members/applicant/",
    "/en/desk/members/applicant/admit/",
    "/en/desk/log/",
    "/en/desk/log/?verb=none",
    "/en/desk/rights/",
    "/en/repository/gp-el61-dairy-skills/",
    "/en/repository/gp-el61-dairy-skills/withdraw/",
    "/en/outbox/",
]


@pytest.fixture(params=LOOKS, ids=str)
def look(request):
    return request.param


@pytest.fixture
def page(browsing, look):
    browsing.expect(403, 404, 410)
    return browsing.open(**look.options)


def send_empty(page: Page, address: str) -> Page:
    page.goto(address)
    page.eval_on_selector_all("main form", "forms => forms.forEach((form) => (form.noValidate = true))")
    press(page, "main form button")
    return page


def found_on(page: Page, addresses: list[str], look) -> list[str]:
    return [line for address in addresses for line in troubles(opened(page, address), look)]


def test_pages_of_guests(page, look):
    found = found_on(page, OF_GUESTS, look)
    found += troubles(send_empty(page, "/en/account/login/"), look, "sign-in with errors")
    found += troubles(send_empty(page, "/el/account/signup/"), look, "sign-up with errors")
    assert not found, "\n".join(found)


def pages_of_answering(page: Page) -> Iterator[str]:
    begin_to_answer(page, "bg")
    yield "first questions"
    go_on(page)
    yield "first questions with errors"
    for number in range(2, 8):
        answer_page(page)
        go_on(page)
        if "/review/" in page.url:
            break
        yield f"questions {number}"
    answer_until_review(page)
    yield "review"
    press(page, ".given a")
    press(page, "button[name=later]")
    yield "later"
    press(page, "main a.btn")
    answer_until_review(page)
    send_answers(page)
    yield "receipt"


def test_pages_of_answering(page, look):
    found = [line for name in pages_of_answering(page) for line in troubles(page, look, name)]
    assert not found, "\n".join(found)


def test_pages_of_a_contact(page, look):
    sign_in(page, "applicant@example.org")
    found = found_on(page, OF_THE_CONTACT, look)
    assert not found, "\n".join(found)


def test_pages_of_the_leader(page, look):
    sign_in(page, "donaukreis@example.org")
    found = found_on(page, OF_THE_LEADER, look)
    found += troubles(send_empty(page, "/en/repository/deposit/good_practice/"), look, "deposit with errors")
    assert not found, "\n".join(found)


def test_pages_of_the_lead_partner(page, look):
    sign_in(page, "lead@example.org")
    found = found_on(page, OF_THE_LEAD_PARTNER, look)
    found += troubles(send_empty(page, "/en/desk/members/applicant/admit/"), look, "admission with errors")
    assert not found, "\n".join(found)
