"""Every type of question is answered with the keys alone, and what was said stands on the review page in words."""

import pytest
from playwright.sync_api import expect

from .answering import asking, given
from .browsing import Browsing
from .keys import choose, enter, tab_to, tick, write
from .steps import press

pytestmark = pytest.mark.browser

SAID = {
    "Who are you?": "Company",
    "How large?": "Often",
    "Which offer?": "Visits abroad",
    "Which sources?": "Fees; European funds",
    "Which programme?": "Interreg",
    "How far do you agree?": "Training: Partly\nVisits abroad: Don't know\nAdvice for small companies: Not at all",
    "How often do you use it?": "Training: Rarely\nVisits abroad: Often",
    "Who pays what?": "Training: Fees, European funds\nVisits abroad: None of them",
    "How good is it?": "3 of 5",
    "What comes first?": "1. Visits abroad\n2. Training",
    "Share out the money": "Training: 60\nVisits abroad: 40",
    "How many people?": "12",
    "Which part is public?": "10 %",
    "Since when?": "15 March 2021",
    "Name of the cluster": "Holzkreis",
    "One wish": "Fewer forms,\nlonger calls",
    "E-mail": "office@example.org",
    "Web page": "https://example.org/cluster",
    "Where?": "Austria",
    "Which region?": "Steiermark (AT22)",
    "Which organisation?": "Nobody knows us",
    "A paper": "paper.txt (12\xa0bytes)",
    "We may be asked again.": "✓",
}


@pytest.fixture(scope="module")
def asked(demonstration, tmp_path_factory):
    with asking(demonstration, tmp_path_factory.mktemp("asking")) as found:
        yield found


@pytest.fixture(scope="module")
def site(asked):
    return asked[0]


@pytest.fixture(scope="module")
def place(asked):
    return f"/en{asked[1]['place']}"


@pytest.fixture(scope="module")
def windows(chromium, site):
    held = Browsing(chromium, site)
    yield held
    held.close()


@pytest.fixture(scope="module")
def page(windows, place):
    """Somebody with JavaScript who has begun; the tests of this file go on from each other."""
    opened = windows.open(width=390, locale="en-GB")
    opened.goto(place)
    tab_to(opened, "form.begin button")
    enter(opened)
    return opened


def go_on(page) -> None:
    tab_to(page, "button[name=next]")
    enter(page)


@pytest.fixture(scope="module")
def choices(page):
    choose(page, "input[name=role]", downs=1)
    write(page, "select[name=size]", "O")
    write(page, "input[name=offer]", "Visits abroad")
    page.keyboard.press("Escape")
    tick(page, "[name=sources][value=fees]", "[name=sources][value=none]")
    alone = page.eval_on_selector_all("[name=sources]:checked", "boxes => boxes.map((box) => box.value)")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(page.locator("#q-programme")).to_be_visible()
    write(page, "input[name=programme]", "Interreg")
    go_on(page)
    return alone


@pytest.fixture(scope="module")
def tables(page, choices):
    for row, downs in (("training", 1), ("visits", 3), ("advice", 0)):
        choose(page, f"[name='agree.{row}']", downs)
    for row, downs in (("training", 0), ("visits", 1)):
        choose(page, f"[name='use.{row}']", downs)
    tick(page, "[name='paid.training'][value=fees]", "[name='paid.training'][value=eu]")
    tick(page, "[name='paid.visits'][value=none]")
    choose(page, "[name=mark]", downs=2)
    go_on(page)
    return page


@pytest.fixture(scope="module")
def numbers(page, tables):
    write(page, "[name='first.training']", "2")
    write(page, "[name='first.visits']", "1")
    write(page, "[name='shares.training']", "60")
    write(page, "[name='shares.visits']", "40")
    together = page.inner_text("#q-shares .sum")
    write(page, "[name=staff]", "12")
    tab_to(page, "[data-twin=part]")
    page.keyboard.press("Home")
    for _step in range(2):
        page.keyboard.press("ArrowRight")
    write(page, "[name=since]", "03152021")  # in the order of the browser's own language
    go_on(page)
    return together


@pytest.fixture(scope="module")
def texts(page, numbers):
    write(page, "[name=name]", "Holzkreis")
    write(page, "[name=wish]", "Fewer forms,\nlonger calls")
    write(page, "[name=mail]", "office@example.org")
    write(page, "[name=web]", "example.org/cluster")
    go_on(page)
    return page


@pytest.fixture(scope="module")
def reviewed(page, texts):
    page.on("filechooser", lambda _chooser: None)  # asked for early: a key pressed at once may overtake the request
    write(page, "[name=land]", "Austria")
    write(page, "[name=region]", "AT22")
    page.keyboard.press("Escape")
    write(page, "[name=house]", "Nobody knows us")
    page.keyboard.press("Escape")
    tab_to(page, "[name=paper]")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files({"name": "paper.txt", "mimeType": "text/plain", "buffer": b"Our position"})
    tick(page, "[name=agreed]")
    go_on(page)
    return page


def test_an_exclusive_answer_clears_the_others(choices):
    assert choices == ["none"]


def test_what_shares_make_together_is_said_while_typing(numbers):
    assert numbers == "Together: 100 / 100"


def test_everything_said_stands_on_the_review_page(reviewed):
    assert reviewed.inner_text("h1") == "Check and send"
    assert given(reviewed) == {question: answer or "No answer" for question, answer in SAID.items()}


def test_it_is_sent_and_the_receipt_says_the_same(reviewed, place):
    said = given(reviewed)
    choose(reviewed, "[name=publication]", downs=1)
    tab_to(reviewed, "button[name=send]")
    enter(reviewed)
    tab_to(reviewed, "main details summary")
    reviewed.keyboard.press("Enter")

    assert given(reviewed) == said


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_further_questions_appear(windows, place, script):
    page = windows.open(width=390, script=script)
    page.goto(place)
    press(page, "form.begin button")
    page.check("[name=role][value=policy]")
    page.check("[name=sources][value=eu]")
    if not script:
        assert page.is_hidden("#q-programme")
        press(page, "button[name=next]")
        assert "further questions" in page.inner_text("main .alert")
    page.fill("[name=programme]", "Interreg")
    press(page, "button[name=next]")

    assert page.url.endswith("/2/")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_double_click_sends_once_and_shows_the_receipt(windows, asked, script):
    page = windows.open(script=script)
    page.goto(f"/en{asked[1]['ready8' if script else 'ready7']}review/")
    page.check("[name=publication][value=anonymous]")
    with page.expect_navigation(url="**/receipt/**"):
        page.dblclick("button[name=send]")
    page.wait_for_load_state()

    assert page.inner_text("main h1") == "Thank you, your answers have arrived"


def test_what_is_being_typed_is_kept_before_the_field_is_left(windows, asked):
    page, other = windows.open(), windows.open()
    for window in (page, other):
        window.goto(f"/en{asked[1]['ready1']}4/")
    page.fill("[name=wish]", "")
    page.locator("[name=wish]").press_sequentially("A long wish, still")
    expect(page.locator("[data-saved]")).to_contain_text("Saved at")
    page.keyboard.type(" being typed")
    other.reload()

    assert other.input_value("[name=wish]") == "A long wish, still"
    assert page.evaluate("document.activeElement.name") == "wish"
    assert page.input_value("[name=wish]") == "A long wish, still being typed"
    press(page, "button[name=next]")
    other.reload()
    assert other.input_value("[name=wish]") == "A long wish, still being typed"


def test_two_windows_see_what_the_other_wrote(windows, asked):
    windows.expect(409)
    first, second = windows.open(), windows.open()
    for window in (first, second):
        window.goto(f"/en{asked[1]['ready0']}4/")
    first.fill("[name=wish]", "Less paper")
    first.press("[name=wish]", "Tab")
    expect(first.locator("[data-saved]")).to_contain_text("Saved at")
    second.fill("[name=wish]", "More money")
    second.press("[name=wish]", "Tab")
    expect(second.locator("[data-saved]")).to_contain_text("another window")
    press(second, "button[name=next]")

    assert "another window meanwhile: Less paper." in second.inner_text("#q-wish .msg")
    assert second.input_value("[name=wish]") == "More money"
    press(second, "button[name=next]")
    assert second.url.endswith("/5/")


def test_a_file_too_large_is_said_before_it_travels(windows, asked):
    page = windows.open(width=390)
    page.goto(f"/en{asked[1]['ready0']}5/")
    page.set_input_files("[name=paper]", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": bytes(11 * 2**20)})

    expect(page.locator("[data-large]")).to_be_visible()
    assert page.input_value("[name=paper]") == ""
