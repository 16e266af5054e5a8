"""A document written in an office program: its page hands it over, and the office's server fetches and brings it."""

import base64
import hashlib
import json
import re
import shutil

import pytest

from tests.platform_core.materials.files import samples

from . import sites
from .browsing import Browsing
from .office_server import WRITTEN, Sitting, office_server
from .steps import download, press, sign_in, wait_until

pytestmark = pytest.mark.browser

LEADER, COLLEAGUE = (f"{name}@example.org" for name in ("donaukreis", "oncluster"))
LIBRARY = "/en/groups/4/documents/"
WROTE = {"about": 200, "lock": 200, "read": 200, "put": 200, "refresh": 200, "unlock": 200}
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(scope="module")
def office():
    with office_server() as running:
        yield running


@pytest.fixture(scope="module")
def site(demonstration, tmp_path_factory, office):
    data = tmp_path_factory.mktemp("site") / "data"
    shutil.copytree(demonstration, data)
    with sites.served(data, WOPI_SERVER=office.address) as address:
        yield address


@pytest.fixture(scope="module")
def windows(chromium, site, office):
    held = Browsing(chromium, site)
    held.allow(office.address)
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


@pytest.fixture
def document(leader, request) -> str:
    """The address of a text document of this test alone."""
    name = re.sub(r"\W+", "-", request.node.name)[:60]
    leader.goto(LIBRARY)
    file = {"name": f"{name}.docx", "mimeType": KIND, "buffer": samples.word(name)}
    leader.set_input_files("input[name=files]", file)
    press(leader, "form[data-upload] button")
    press(leader, f"main .rec a:text-is('{name}')")
    return leader.url


def sit(page, document: str, office) -> Sitting:
    """Opens a document in the office, where its server reads and writes at once as far as it is let."""
    before = len(office.sittings)
    page.goto(document)
    press(page, "main form[action$='/office/'] button")
    page.frame_locator("iframe.office").locator("h1").wait_for()
    assert len(office.sittings) == before + 1
    return office.sittings[-1]


def history(page, document: str) -> list[str]:
    page.goto(document)
    return [row.inner_text() for row in page.locator("main ul.plain:has(a[href*='/versions/']) > li").all()]


def state(page, document: str) -> str:
    page.goto(document)
    return page.locator(".page-head .meta li").first.inner_text()


def test_what_is_written_in_the_office_is_the_next_version_with_its_author_and_hash(document, leader, office):
    sitting = sit(leader, document, office)
    told = json.loads(sitting.about().body)
    rows = history(leader, document)

    assert sitting.told == WROTE
    assert (told["Version"], told["Size"]) == ("1.1", len(sitting.content))
    assert told["SHA256"] == base64.b64encode(hashlib.sha256(sitting.content).digest()).decode()
    assert [row.split(" · ")[0] for row in rows] == ["1.1", "1.0"]
    assert "Katharina Wiesinger: Written in the office program" in rows[0]
    assert leader.get_attribute("main .files .hash", "title") == hashlib.sha256(sitting.content).hexdigest()
    assert download(leader, "main .files a[href$='.docx']") == sitting.content
    wait_until(lambda: leader.goto(f"{document}compare/") and leader.locator("ins").count() == 1)
    assert leader.inner_text("ins").splitlines()[-1].strip() == WRITTEN


def test_the_locks_of_the_office_as_the_protocol_has_them(document, leader, office):
    sitting = sit(leader, document, office)
    content = samples.word("Something else")
    deeds = [
        lambda: sitting.deed("GET_LOCK"),
        lambda: sitting.put(content, ""),
        lambda: sitting.deed("LOCK", "one"),
        lambda: sitting.deed("GET_LOCK"),
        lambda: sitting.deed("LOCK", "two"),
        lambda: sitting.deed("LOCK", "two", X_WOPI_OldLock="one"),
        lambda: sitting.deed("REFRESH_LOCK", "one"),
        lambda: sitting.put(content, "one"),
        lambda: sitting.put(content, ""),
        lambda: sitting.put(content, "two"),
        lambda: sitting.deed("UNLOCK", "one"),
        lambda: sitting.deed("UNLOCK", "two"),
        lambda: sitting.deed("UNLOCK", "two"),
        lambda: sitting.deed("LOCK", ""),
        lambda: sitting.deed("RENAME_FILE"),
    ]
    answers = [deed() for deed in deeds]

    assert [(one.status, one.headers["X-WOPI-Lock"], one.headers["X-WOPI-ItemVersion"]) for one in answers] == [
        (200, "", "1.1"),
        (409, "", "1.1"),
        (200, None, "1.1"),
        (200, "one", "1.1"),
        (409, "one", "1.1"),
        (200, None, "1.1"),
        (409, "two", "1.1"),
        (409, "two", "1.1"),
        (409, "two", "1.1"),
        (200, None, "1.2"),
        (409, "two", "1.2"),
        (200, None, "1.2"),
        (409, "", "1.2"),
        (400, None, "1.2"),
        (501, None, "1.2"),
    ]
    assert sitting.read().body == content


def test_nobody_comes_in_without_the_token(document, leader, office):
    sitting = sit(leader, document, office)
    wrong = Sitting(sitting.source, "x" * len(sitting.token))
    elsewhere = Sitting(re.sub(r"\d+$", "1", sitting.source), sitting.token)

    found = [
        [one.about().status, one.read().status, one.deed("LOCK").status, one.put(b"x").status]
        for one in (wrong, elsewhere)
    ]
    assert found == [[401] * 4] * 2


def test_what_a_colleague_has_checked_out_is_only_read(document, leader, colleague, office):
    colleague.goto(document)
    press(colleague, "main form[action$='/check-out/'] button")
    sitting = sit(leader, document, office)
    refused, told = sitting.deed("LOCK"), json.loads(sitting.about().body)

    assert sitting.told == {"about": 200, "lock": 409}
    assert (told["UserCanWrite"], told["ReadOnly"], refused.headers["X-WOPI-Lock"]) == (False, True, "")
    assert refused.headers["X-WOPI-LockedByOtherInterface"] == "true"
    assert (sitting.read().status, sitting.put(b"x").status, len(history(leader, document))) == (200, 409, 1)


def ask_review(leader, document: str, *names: str) -> None:
    leader.goto(f"{document}review/")
    for name in names:
        leader.get_by_label(name).check()
    press(leader, "main form.form button")


def approve(page, title: str) -> None:
    case = f"main a:has-text('Review of “{title}”')"
    wait_until(lambda: page.goto("/en/cases/") and page.locator(case).count() > 0)
    press(page, case)
    press(page, "main a[href$='/answer/approve/']")
    page.fill("textarea[name=reason]", "Good as it is.")
    press(page, "main form.form button")


def test_an_approval_dies_with_what_is_written_and_ends_the_writing_once_it_is_whole(
    document, leader, colleague, office
):
    leader.goto(document)
    title = leader.inner_text("main h1")
    ask_review(leader, document, "Radu Crăciunescu", "Ελένη Μαυρουδή")
    approve(colleague, title)
    before, sitting = state(leader, document), sit(leader, document, office)
    after = state(leader, document)

    assert (before, sitting.told, after) == ("In review", WROTE, "Draft")
    assert leader.locator("main h3:has-text('Void')").count() == 1
    ask_review(leader, document, "Radu Crăciunescu")
    approve(colleague, title)
    reading = sit(leader, document, office)

    assert (state(leader, document), reading.told) == ("Approved", {"about": 200, "lock": 404})
    assert (json.loads(reading.about().body)["UserCanWrite"], reading.put(b"x").status) == (False, 404)
    assert len(history(leader, document)) == 2
