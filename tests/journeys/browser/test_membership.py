"""An organisation applies and is admitted; a guest of one draft comes and goes; a person takes her data and leaves."""

import io
import json
import zipfile

import pytest

from platform_core.people.members.demonstration import PASSWORD

from .browsing import Browsing
from .looking import LOOKS, troubles
from .steps import download, press, sign_in, wait_until

pytestmark = pytest.mark.browser

LEAD, APPLICANT, MEMBER, PARTNER = (f"{name}@example.org" for name in ("lead", "applicant", "isk", "dunav-forum"))
WHY = "Forty firms train together; we want to learn how others pay for it."


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
def applicant(windows):
    page = windows.open(width=390)
    sign_in(page, APPLICANT)
    return page


@pytest.fixture(scope="module")
def applied(applicant):
    applicant.goto("/en/members/applicant/apply/")
    applicant.check("input[name=tier][value=associated]")
    applicant.fill("textarea[name=motivation]", WHY)
    applicant.select_option("select[name=topic_4]", "gains")
    wait_until(lambda: "Kept at" in applicant.inner_text("[data-saved]"))
    applicant.reload()
    assert applicant.input_value("textarea[name=motivation]") == WHY
    press(applicant, "main form.form button:not([name])")
    wait_until(lambda: applicant.goto("/en/cases/asked/") and applicant.locator("tbody a").count() == 1)
    press(applicant, "tbody a")
    return applicant.url


@pytest.fixture(scope="module")
def case(applied, lead):
    own = "tbody a:has-text('Thracian Textile Cluster')"
    wait_until(lambda: lead.goto("/en/cases/") and lead.locator(own).count() == 1)
    press(lead, own)
    return lead.url


def test_the_lead_partner_reads_what_is_asked_for(case, lead):
    assert WHY in lead.inner_text("main")
    assert "Associated member" in lead.inner_text("main")


def test_a_question_back_stops_the_clock_and_the_reply_starts_it(case, lead, applicant):
    lead.fill("textarea[name=text]", "Which firms?")
    lead.check("input[name=to][value=ask_back]")
    press(lead, "#conversation form button")
    applicant.goto(case)
    assert "The clock stands still" in applicant.inner_text("main")
    applicant.fill("textarea[name=text]", "Textile mills of the plain.")
    press(applicant, "#conversation form button")
    assert "The clock stands still" not in applicant.inner_text("main")


def test_admission_needs_reasons_and_is_told(case, lead, applicant):
    lead.goto(case)
    press(lead, "a[href$='/answer/admit/']")
    press(lead, "main form.form button")
    assert lead.locator(".errors").count() == 1
    lead.fill("textarea[name=reason]", "They share what we lack.")
    press(lead, "main form.form button")
    applicant.goto(case)
    assert "They share what we lack." in applicant.inner_text("main")
    applicant.goto("/en/members/?tier=associated")
    assert applicant.locator("a[href='/en/members/applicant/']").count() == 1


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_pages_of_cases_and_members_look_right(case, windows, look):
    page = windows.open(**look.options)
    sign_in(page, LEAD)
    addresses = [
        f"/{case.split('/', 3)[3]}",
        "/en/cases/",
        "/en/cases/turn-round/",
        "/en/members/join/",
        "/en/members/apply/",
        "/en/members/mine/",
        "/en/members/lead/change/",
        "/en/members/lead/people/",
        "/en/members/invitations/",
        "/en/members/invitations/new/",
        "/en/members/invitations/many/",
        "/en/desk/partnership/",
        "/en/desk/roles/",
        "/en/desk/roles/give/",
        "/en/desk/see-as/",
        "/en/desk/log/mine/",
        "/en/desk/who-sees/members.organisation/1/",
        "/en/desk/log/members.organisation/1/",
        "/en/account/data/",
        "/en/account/sessions/",
        "/el/privacy-notice/",
        "/el/decisions/",
        "/el/decisions/1/",
        "/en/decisions/2/",
        "/en/decisions/open/",
        "/el/decisions/committees/",
        "/en/decisions/new/",
        "/en/decisions/opinion/",
    ]
    found = [line for address in addresses if page.goto(address) for line in troubles(page, look, address)]
    assert not found, "\n".join(found)


# Somebody of partner tier is let into one draft


@pytest.fixture(scope="module")
def draft(windows):
    page = windows.open()
    sign_in(page, MEMBER)
    page.goto("/en/repository/deposit/report/")
    page.fill("input[name=title]", "A draft for two")
    page.fill("textarea[name=summary]", "Read by its author and one guest.")
    page.fill("[name=creators]", "A. Author")
    page.check("input[name=topics][value='4']")
    page.check("input[name=countries][value=EL]")
    press(page, "main form.form button")
    return page


def test_whoever_is_invited_sees_one_draft_and_loses_it_again(draft, windows):
    address = draft.url
    guest = windows.open(width=390)
    windows.expect(404, 410)
    sign_in(guest, PARTNER)
    assert guest.goto(address).status == 404

    press(draft, "a[href*='/members/invitations/new/?thing=']")
    draft.fill("input[name=email]", PARTNER)
    draft.fill("input[name=ends]", "2099-12-31")
    press(draft, "main form.form button")
    guest.goto("/en/outbox/")
    press(guest, f".rec:has-text('{PARTNER}') h2 a")
    link = next(word for word in guest.inner_text("main").split() if "/invitations/" in word)
    guest.goto(link)
    press(guest, "main form.form button")
    assert "A draft for two" in guest.inner_text("h1")

    draft.goto("/en/members/invitations/")
    press(draft, "tbody form button")
    assert guest.goto(address).status == 404
    assert guest.goto(link).status == 410


# Taking one's data along, and leaving


def test_a_person_takes_everything_along_and_is_erased(applied, windows):
    windows.expect(404)
    page = windows.open()
    sign_in(page, APPLICANT)
    page.goto("/en/account/data/")
    press(page, "form[action$='/export/'] button")
    wait_until(lambda: page.goto("/en/account/data/") and page.locator("a[href$='/data/file/']").count() == 1)
    press(page, "a[href$='/data/erase/']")
    page.fill("input[name=password]", PASSWORD)
    press(page, "main form button")
    page.goto("/en/account/data/")
    with zipfile.ZipFile(io.BytesIO(download(page, "a[href$='/data/file/']"))) as archive:
        data = json.loads(archive.read("data.json"))
    assert data["accounts.user"]["rows"][0]["email"] == APPLICANT
    assert data["members.application"]["rows"][0]["motivation"] == WHY

    page.goto("/en/account/data/erase/")
    page.fill("input[name=email]", APPLICANT)
    press(page, "main form.form button")
    assert "erased" in page.inner_text(".messages")
    page.goto("/en/account/login/")
    page.fill("input[name=login]", APPLICANT)
    page.fill("input[name=password]", PASSWORD)
    press(page, "main form button")
    assert "/login/" in page.url
