"""Everything is reached and done with the keys alone, and one always sees where one is."""

import pytest

from .keys import enter, tab_to

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browsing):
    return browsing.open()


def test_first_stop_skips_to_the_content(page):
    page.goto("/el/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_language_is_changed_on_the_same_page(page):
    page.goto("/el/topics/")
    tab_to(page, ".languages > summary")
    page.keyboard.press("Enter")
    tab_to(page, ".languages a[hreflang=bg]")
    enter(page)
    assert page.url.endswith("/bg/topics/")


def test_escape_closes_the_menu_and_gives_the_place_back(page):
    page.goto("/el/topics/")
    tab_to(page, ".languages > summary")
    page.keyboard.press("Enter")
    tab_to(page, ".languages a[hreflang=de]")
    page.keyboard.press("Escape")
    assert page.locator(".languages[open]").count() == 0
    assert page.evaluate("document.activeElement.matches('.languages > summary')")


def test_words_are_searched(page):
    page.goto("/el/")
    tab_to(page, "main input[name=q]")
    page.keyboard.type("πολιτική")
    enter(page)
    tab_to(page, ".rec h2 a")
    enter(page)
    assert page.locator("h1").count() == 1


def test_a_filter_is_chosen_and_removed(page):
    page.goto("/el/repository/")
    tab_to(page, "#facet-topic a[href='?topic=4']")
    enter(page)
    tab_to(page, ".chips a")
    enter(page)
    assert page.locator(".chips").count() == 0


def test_first_page_of_a_consultation_is_answered(page):
    page.goto("/bg/consultations/finance-2027/")
    tab_to(page, "form.begin button")
    enter(page)
    tab_to(page, "input[name=audience]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.is_checked("input[name=audience][value=private]")
    tab_to(page, "select[name=country]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "input[name=org_type]")
    page.keyboard.press("Space")
    tab_to(page, "button[name=next]")
    enter(page)
    assert page.url.endswith("/2/")


def test_list_of_errors_has_the_focus_and_leads_to_the_question(page):
    page.goto("/bg/consultations/finance-2027/")
    tab_to(page, "form.begin button")
    enter(page)
    tab_to(page, "button[name=next]")
    enter(page)
    assert page.evaluate("document.activeElement.matches('.errors')")
    tab_to(page, ".errors a[href='#q-country']")
    page.keyboard.press("Enter")
    tab_to(page, "select[name=country]")
