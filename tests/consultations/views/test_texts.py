import pytest

from consultations import services
from consultations.models import Quote, TextReading
from tests.factories.findings import published
from tests.factories.texts import closed, text
from tests.people import browser_of

from .pages import parsed, press_button, queries, texts

DESK = "/en/desk/consultations/finance/texts/"
PAGE = f"{DESK}wish/"
RESULTS = "/en/consultations/finance/results/"


def test_the_desk_lists_questions_in_words_with_what_waits(people):
    made = closed()
    text(made), text(made, "More money")

    page = browser_of(people.wanda).get(DESK)

    assert texts(page, "//article//h2") == ["One wish"]
    assert texts(page, "//article//li") == ["2 texts to read", "0 released", "0 refused"]


def test_a_text_is_shortened_and_released(people):
    text(closed(), "Mr Smith wants less paper")
    browser = browser_of(people.wanda)
    (name,) = parsed(browser.get(PAGE)).xpath("//textarea/@name")

    done = press_button(browser, PAGE, "release", **{name: "[…] wants less paper"})

    assert (done.status_code, done.url) == (302, f"{PAGE}?")
    assert [quote.text for quote in Quote.objects.all()] == ["[…] wants less paper"]
    assert texts(browser.get(PAGE), "//article") == []


def test_added_words_are_refused_at_the_field_and_stay_typed(people):
    text(closed())
    browser = browser_of(people.wanda)
    (name,) = parsed(browser.get(PAGE)).xpath("//textarea/@name")

    page = press_button(browser, PAGE, "release", **{name: "Much more paper"})

    assert (page.status_code, Quote.objects.count()) == (400, 0)
    assert texts(page, "//textarea") == ["Much more paper"]
    assert len(texts(page, "//div[@class='errors']//li")) == 1


def test_a_refused_text_leaves_the_list(people):
    text(closed())
    browser = browser_of(people.wanda)

    press_button(browser, PAGE, "refuse")

    assert TextReading.objects.get().verdict == "refused"
    assert [len(texts(browser.get(f"{PAGE}{rest}"), "//article")) for rest in ("", "?state=refused")] == [0, 1]


@pytest.mark.parametrize("address", [DESK, PAGE, "/en/desk/consultations/finance/quotes/"])
def test_who_reads_texts(people, address):
    text(closed())
    names = ("lena", "wanda", "marko", "ana", "petra", "carl", "guest")

    seen = {name: browser_of(people.named(name)).get(address).status_code for name in names}

    assert seen == {**dict.fromkeys(names, 403), "lena": 200, "wanda": 200, "guest": 302}


def test_released_words_stand_under_their_question_in_their_language(people):
    results = published()
    Quote.objects.create(consultation=results.consultation, question="wish", language="el", text="Λιγότερα", name="Ana")

    page = parsed(browser_of(people.guest).get(RESULTS))

    (quote,) = page.xpath("//div[@id='wish']//blockquote")
    assert (quote.get("lang"), quote.find("p").text, quote.xpath(".//cite/text()")) == ("el", "Λιγότερα", ["Ana"])


def test_words_before_publication_are_read_by_nobody(people):
    made = closed()
    services.release(made, text(made), "wish", "Less paper", by=people.wanda)

    assert browser_of(people.guest).get(f"{RESULTS}quotes/wish/").status_code == 404


def test_many_quotes_are_on_a_page_of_their_own_25_at_a_time(people):
    results = published()
    rows = [
        Quote(consultation=results.consultation, question="wish", language="en", text=f"Wish {n}") for n in range(30)
    ]
    Quote.objects.bulk_create(rows)
    guest = browser_of(people.guest)

    numbers = [
        len(texts(guest.get(address), "//blockquote"))
        for address in (RESULTS, f"{RESULTS}quotes/wish/", f"{RESULTS}quotes/wish/?page=2")
    ]

    assert numbers == [5, 25, 5]


def test_quotes_of_a_question_left_out_are_shown_nowhere(people):
    results = published(left_out=["wish"])
    Quote.objects.create(consultation=results.consultation, question="wish", language="en", text="Less paper")
    guest = browser_of(people.guest)

    assert texts(guest.get(RESULTS), "//blockquote") == []
    assert guest.get(f"{RESULTS}quotes/wish/").status_code == 404


def test_a_quote_is_taken_back(people):
    results = published()
    quote = Quote.objects.create(consultation=results.consultation, question="wish", language="en", text="Less paper")
    address = f"/en/desk/consultations/finance/quotes/{quote.pk}/take-back/"

    answers = [browser_of(people.named(name)).post(address).status_code for name in ("marko", "wanda")]

    assert (answers, Quote.objects.count()) == ([403, 302], 0)


def test_the_list_costs_the_same_with_one_and_with_three(people):
    made, browser = closed(), browser_of(people.wanda)
    text(made)
    with_one = queries(browser, PAGE)
    text(made, "More"), text(made, "Most")

    assert queries(browser, PAGE) == with_one


def test_words_stand_in_their_context_and_languages_are_never_pooled(people):
    made = closed()
    for _number in range(5):
        text(made, "Clusters need stable money")
    text(made, "Стабилни пари", language="bg")
    browser = browser_of(people.wanda)

    page = browser.get(f"{PAGE}words/?language=en&word=stab")

    assert page.context["table"]["rows"] == [["Български", "1", "2"], ["English", "5", "4"]]
    assert page.context["frequent"] == [("clusters", 5), ("money", 5), ("need", 5), ("stable", 5)]
    assert page.context["places"] == [("en", "Clusters need ", "stable", " money")] * 5
    assert [place[0] for place in browser.get(f"{PAGE}words/?word=Стаб").context["places"]] == ["bg"]


@pytest.mark.parametrize(
    ("name", "status"), [("lena", 200), ("wanda", 200), ("marko", 403), ("ana", 403), ("petra", 403), ("guest", 302)]
)
def test_who_reads_words_in_context(people, name, status):
    text(closed())

    assert browser_of(people.named(name)).get(f"{PAGE}words/?word=one").status_code == status
