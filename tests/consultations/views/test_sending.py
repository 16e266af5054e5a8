"""Review, sending, receipt, and what happens when it is too late."""

import pytest

from consultations import services
from consultations.models import AnswerDraft, Response
from tests.factories.consultations import consultation

from .pages import ABOUT, alerts, given, heading, kept, parsed, ready, texts, typed

CLOSED = "The consultation is closed and takes no answers any more. What you wrote is not sent."


def test_review_tells_everything_in_words(respondent):
    page = ready(respondent).look()

    assert (page.status_code, heading(page)) == (200, "Check and send")
    assert given(page) == {
        "Who are you?": "Policy maker",
        "Where?": "Austria",
        "Which sources?": "fees; eu",
        "Public share": "40 %",
        "One wish": "Less paper",
    }


def test_review_leads_back_to_the_first_problem(respondent):
    respondent.press(**ABOUT)
    respondent.press("later", share="about 40")

    assert respondent.at("review/").url == f"{respondent.links}2/"
    assert respondent.send().url == f"{respondent.links}2/"
    assert Response.objects.count() == 0


def test_sending_leads_to_a_receipt(respondent):
    sent = ready(respondent).send()

    receipt = respondent.browser.get(sent.url)
    assert (sent.status_code, receipt.status_code) == (302, 200)
    assert texts(receipt, "//textarea[@readonly]") == [f"http://testserver{sent.url}"]
    assert given(receipt)["One wish"] == "Less paper"
    assert AnswerDraft.objects.count() == 0


@pytest.mark.parametrize(
    ("language", "lines"), [("en", ["One wish", "  Less paper"]), ("bg", ["Кой сте вие?", "  Политика"])]
)
def test_answers_can_be_taken_home_as_a_file(respondent, language, lines):
    receipt = ready(respondent).send().url

    file = respondent.browser.get(f"/{language}{receipt.removeprefix('/en')}answers.txt".replace("//", "/"))

    assert (file.status_code, file["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert file["Content-Disposition"] == 'attachment; filename="finance.txt"'
    told = file.content.decode().split("\r\n")
    assert told[told.index(lines[0]) :][:2] == lines


@pytest.mark.parametrize("token", ["x", "x:y", ":", "é:é", "eyJhIjoxfQ:abc"])
@pytest.mark.parametrize("rest", ["", "answers.txt"])
def test_a_forged_receipt_is_not_found(client, found, token, rest):
    assert client.get(f"/en/consultations/finance/receipt/{token}/{rest}").status_code == 404


def test_a_receipt_of_another_consultation_is_not_found(respondent):
    receipt = ready(respondent).send().url
    consultation("other")

    assert respondent.browser.get(receipt.replace("/finance/", "/other/")).status_code == 404


def test_sending_twice_gives_one_response(respondent):
    first, second = ready(respondent).send(), respondent.send()

    assert (first.status_code, second.status_code) == (302, 410)
    assert heading(second) == "There is nothing behind this link"
    assert Response.objects.count() == 1


def test_beginning_after_closing_leads_to_the_consultation(client, found):
    services.close(found)

    answer = client.post("/en/consultations/finance/begin/")

    assert (answer.url, AnswerDraft.objects.count()) == ("/en/consultations/finance/", 0)


def test_a_page_sent_after_closing_says_so_and_keeps_the_words_in_sight(found, respondent):
    respondent.press(**ABOUT)
    services.close(found)

    page = respondent.press(share="40", wish="Less paper")

    assert (page.status_code, alerts(page)) == (409, [CLOSED])
    assert typed(page) == {"share": "40", "wish": "Less paper"}
    assert kept() == ABOUT


def test_sending_after_closing_says_so(found, respondent):
    ready(respondent)
    services.close(found)

    page = respondent.send()

    assert (page.status_code, alerts(page)) == (409, [CLOSED])
    assert (Response.objects.count(), kept()["wish"]) == (0, "Less paper")


def test_what_was_written_is_never_markup(respondent):
    script = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    respondent.press(**ABOUT)
    respondent.press(wish=script, sources=["other"], sources__other=script)

    review = respondent.look()
    receipt = respondent.browser.get(respondent.send().url)

    for page in (review, receipt):
        assert (given(page)["One wish"], given(page)["Which sources?"]) == (script, f"other: {script}")
        assert parsed(page).xpath("//script[not(@src)] | //img[@src='x']") == []


def test_lines_of_a_text_are_kept_apart(respondent):
    respondent.press(**ABOUT)
    respondent.press(wish="One\r\nTwo")

    (wish,) = parsed(respondent.look()).xpath("//dt[.='One wish']/following-sibling::dd")

    assert [part.tag for part in wish] == ["br"]


def test_hidden_questions_are_never_sent(respondent):
    respondent.press(audience="private", country="AT")
    respondent.press(share="40", wish="Less paper")
    respondent.send()

    assert Response.objects.get().answers == {"audience": "private", "country": "AT", "wish": "Less paper"}
