"""A guest reads Greek: from the first page to a cited document, with JavaScript and without, and nothing is kept of her."""

import pytest

from .steps import count_of_results, download, first_choice, press, records_shown, search, wait_until

pytestmark = pytest.mark.browser

FACETS = "topic", "country", "kind", "cycle_stage", "year"
IN_A_FILE = "/el/repository/gp-el61-dairy-skills/"


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def script(request):
    return request.param


@pytest.fixture
def guest(browsing, script):
    page = browsing.open(script=script, locale="el-GR", permissions=["clipboard-read", "clipboard-write"])
    yield page
    assert page.context.cookies() == []


def test_an_address_without_language_leads_to_hers(guest):
    guest.goto("/")
    assert guest.url.endswith("/el/")
    assert guest.get_attribute("html", "lang") == "el"


def test_first_page_shows_topics_news_consultations_and_events(guest):
    guest.goto("/el/")
    assert guest.locator(".topics .topic").count() == 6
    assert guest.locator(".text .rec").count() > 0
    assert guest.locator("a[href='/el/consultations/finance-2027/']").count() > 0
    assert guest.locator("aside a[href^='/el/events/wg']").count() > 0


def test_from_first_page_over_topic_into_its_records(guest):
    guest.goto("/el/")
    press(guest, "a[href='/el/topics/4-finance/']")
    press(guest, "a[href='/el/repository/?topic=4']")
    assert count_of_results(guest) == int(guest.inner_text("#facet-topic a[aria-current] .count"))


@pytest.mark.parametrize("facet", FACETS)
def test_number_beside_a_choice_is_the_number_of_results(guest, facet):
    guest.goto("/el/repository/")
    address, number = first_choice(guest, facet)
    press(guest, f"#facet-{facet} a[href='{address}']")
    assert count_of_results(guest) == number


def test_numbers_hold_while_choices_are_added(guest):
    guest.goto("/el/repository/?topic=4")
    for facet in FACETS[1:]:
        address, number = first_choice(guest, facet)
        press(guest, f"#facet-{facet} a[href='{address}']")
        assert count_of_results(guest) == number
    press(guest, ".chips .clear")
    assert guest.url.endswith("/el/repository/") or guest.url.endswith("/el/repository/?")


def test_greek_and_latin_letters_find_the_same_records(guest):
    guest.goto("/el/repository/")
    search(guest, "πολιτική")
    greek = count_of_results(guest), records_shown(guest)
    search(guest, "politiki")
    assert (count_of_results(guest), records_shown(guest)) == greek
    assert greek[0] > 0


def test_word_inside_a_file_is_shown_with_its_page_and_downloaded(guest):
    guest.goto("/el/repository/?q=πολιτική+δεξιοτήτων+τυροκομεία")
    snippet = guest.locator(f".snippets li:has(a[href^='{IN_A_FILE}'])").first
    assert snippet.locator("mark").count() > 0
    assert snippet.locator("a").inner_text().split()[-1].isdigit()
    snippet.locator("a").click()
    guest.wait_for_url(f"**{IN_A_FILE}#file-*")
    assert download(guest, ".files a[href$='.pdf']").startswith(b"%PDF")


def test_citation_is_there_to_copy(guest, script):
    guest.goto(IN_A_FILE)
    box = guest.locator("[data-copy]").first
    text = box.locator("textarea").input_value()
    assert IN_A_FILE in text
    button = box.locator("button")
    assert button.is_visible() == script
    if script:
        button.click()
        wait_until(lambda: box.locator("[role=status]").inner_text())
        assert guest.evaluate("navigator.clipboard.readText()") == text


@pytest.mark.parametrize(("style", "begins"), [("bib", b"@"), ("ris", b"TY  -"), ("json", b"[")])
def test_citation_is_there_for_programs(guest, style, begins):
    guest.goto(IN_A_FILE)
    assert download(guest, f"a[href$='/cite/{style}/']").startswith(begins)
