"""A stakeholder answers in Bulgarian on a phone, is interrupted, and ends in English; with JavaScript and without."""

import pytest
from playwright.sync_api import expect

from .steps import (
    answer_page,
    answer_until_review,
    begin_to_answer,
    download,
    go_on,
    link_back,
    press,
    send_answers,
)

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def phone(request, browsing):
    """Opens a new window on her phone: nothing is left in it of the one before."""
    return lambda: browsing.open(width=390, script=request.param, locale="bg-BG", has_touch=True, is_mobile=True)


def answer_half(page) -> str:
    begin_to_answer(page, "bg")
    answer_page(page)
    go_on(page)
    page.check("input[name=sources][value=eu]")
    return link_back(page)


def test_interrupted_in_bulgarian_sent_in_english(phone):
    page = phone()
    link = answer_half(page)
    page.context.close()
    page = phone()
    page.goto(link)
    assert page.get_attribute("html", "lang") == "bg"
    assert page.is_checked("input[name=sources][value=eu]")
    press(page, "button[name=language][value=en]")
    assert page.get_attribute("html", "lang") == "en"
    assert page.is_checked("input[name=sources][value=eu]")
    answer_until_review(page)
    assert "European Union" in page.inner_text("main")
    send_answers(page)
    assert "/receipt/" in page.url
    kept = download(page, "a[href$='answers.txt']").decode()
    assert page.input_value("[data-copy] textarea") in kept
    assert "Bulgaria" in kept


def test_link_of_what_was_sent_leads_to_a_friendly_end(phone, browsing):
    browsing.expect(410)
    page = phone()
    link = answer_half(page)
    page.goto(link)
    answer_until_review(page)
    send_answers(page)
    assert page.goto(link).status == 410
    assert page.locator("a[href='/bg/consultations/finance-2027/']").count() > 0


def test_what_is_missing_is_named_and_nothing_typed_is_lost(phone):
    page = phone()
    begin_to_answer(page, "bg")
    page.check("input[name=audience][value=policy]")
    go_on(page)
    assert page.locator(".errors a").count() == 2
    assert page.is_checked("input[name=audience][value=policy]")


def test_answers_are_kept_without_pressing_anything(browsing):
    page = browsing.open(width=390)
    begin_to_answer(page, "bg")
    page.check("input[name=audience][value=private]")
    expect(page.locator("[data-saved]")).not_to_be_empty()
    address = page.url
    page.context.close()
    page = browsing.open(width=390)
    page.goto(address)
    assert page.is_checked("input[name=audience][value=private]")


def test_further_question_appears_as_its_condition_is_met(browsing):
    page = browsing.open(width=390)
    begin_to_answer(page, "bg")
    answer_page(page)
    go_on(page)
    assert page.is_hidden("#q-eu_programmes")
    page.check("input[name=sources][value=eu]")
    assert page.is_visible("#q-eu_programmes")
