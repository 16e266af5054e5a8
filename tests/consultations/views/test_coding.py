import pytest
from django.utils import timezone

from consultations import services
from consultations.models import BookCode, CodeBook
from consultations.selectors import coding
from tests.factories.findings import REACH, published
from tests.factories.texts import closed, text
from tests.people import browser_of
from tests.settling import settle

from .pages import parsed, queries, texts

PAGE = "/en/desk/consultations/finance/coding/wish/"


@pytest.fixture
def made(people):
    found = closed()
    text(found, "Less paper"), text(found, "More money", "de")
    return found


def code_all(browser, code: str):
    names = parsed(browser.get(f"{PAGE}texts/")).xpath("//select/@name")
    return browser.post(f"{PAGE}texts/", dict.fromkeys(names, code))


def test_two_coders_from_the_first_code_to_their_agreement(made, people):
    wanda, lena = browser_of(people.wanda), browser_of(people.lena)
    wanda.post(f"{PAGE}codes/", {"name": "Paper", "description": "Forms and reports"})
    code = str(BookCode.objects.get().pk)

    for browser, given in ((wanda, code), (lena, "0")):
        browser.post(f"{PAGE}take-part/")
        assert code_all(browser, given).status_code == 302
        browser.post(f"{PAGE}finish/")
    settle()

    page = wanda.get(PAGE)
    assert texts(page, "//dl[@class='facts']//dd")[:2] == ["2", "0 %"]
    assert texts(wanda.get(f"{PAGE}settle/"), "//fieldset//li") == ["Coder 1: Paper", "Coder 2: None of the codes"] * 2


def test_a_code_needs_a_name(made, people):
    page = browser_of(people.wanda).post(f"{PAGE}codes/", {"name": "", "description": "Typed"})

    assert (page.status_code, list(page.context["form"].errors)) == (400, ["name"])
    assert parsed(page).xpath("//input[@name='description']/@value") == ["Typed"]


def test_sending_no_code_is_refused(made, people):
    services.take_part(coding.book_of(made, "wish"), by=people.wanda)

    page = code_all(browser_of(people.wanda), "")

    assert (page.status_code, texts(page, "//div[@class='errors']//li")) == (
        400,
        ["Please give a code to at least one text."],
    )


def test_texts_say_their_language(made, people):
    services.take_part(coding.book_of(made, "wish"), by=people.wanda)

    page = parsed(browser_of(people.wanda).get(f"{PAGE}texts/"))

    assert sorted(page.xpath("//blockquote/@lang")) == ["de", "en"]


def test_who_is_no_coder_has_no_texts(made, people):
    assert browser_of(people.wanda).get(f"{PAGE}texts/").status_code == 403


@pytest.mark.parametrize("rest", ["", "texts/", "settle/"])
def test_others_see_nothing(made, people, rest):
    seen = [browser_of(people.named(name)).get(PAGE + rest).status_code for name in ("marko", "ana", "petra", "carl")]

    assert seen == [403] * 4


def test_a_question_without_words_has_no_book(made, people):
    assert browser_of(people.wanda).get(PAGE.replace("wish", "country")).status_code == 404


def test_published_codes_stand_under_their_question(people):
    results = published()
    book = CodeBook.objects.create(consultation=results.consultation, question="wish")
    code = BookCode.objects.create(book=book, name={"en": "Paper", "de": "Papier"})
    option = {"count": 20, "share": 0.8, "low": 0.7, "high": 0.9, "suppressed": False}
    book.figures = {"type": "single", "options": [{"code": f"c{code.pk}", **option}], "crosstabs": {}, **REACH}
    book.published_at = timezone.now()
    book.save()
    guest = browser_of(people.guest)

    told = {
        language: texts(
            guest.get(f"/{language}/consultations/finance/results/"), "//div[@id='wish']//table//th[@scope='row']"
        )
        for language in ("en", "de")
    }

    assert told == {"en": ["Paper"], "de": ["Papier"]}


def test_my_texts_cost_the_same_with_two_and_with_five(made, people):
    browser = browser_of(people.wanda)
    services.take_part(coding.book_of(made, "wish"), by=people.wanda)
    with_two = queries(browser, f"{PAGE}texts/")
    text(made, "More"), text(made, "Most"), text(made, "Mostest")

    assert queries(browser, f"{PAGE}texts/") == with_two
