"""The preview goes the way of a respondent, and keeps nothing."""

import pytest
from django.test import Client

from consultations.models import AnswerDraft
from tests.factories.consultations import STRUCTURE, consultation
from tests.people import browser_of

from .pages import alerts, heading, parsed, queries, shown, typed

HOME = "/en/desk/consultations/finance/preview/"
AUDIENCES = [{"code": code, "text": {"en": code.title()}} for code in ("policy", "private")]
OURS = {
    "code": "ours",
    "title": {"en": "Ours"},
    "audiences": ["policy"],
    "questions": [
        {"code": "greek", "type": "text", "text": {"en": "In Greek", "el": "Ελληνικά"}, "show": {"language": "el"}},
        {"code": "plan", "type": "text", "text": {"en": "Plan", "el": "Σχέδιο"}},
    ],
}


@pytest.fixture
def wanda(people) -> Client:
    structure = {"audiences": AUDIENCES, "sections": [*STRUCTURE["sections"], OURS]}
    consultation(open_now=False, structure=structure)
    return browser_of(people.wanda)


def press(wanda, page, button="next", address=HOME + "1/", **fields):
    (form,) = parsed(page).xpath("//form[@data-questionnaire]")
    hidden = {name: form.fields[name] for name in ("section", "carried", "seen")}
    return wanda.post(address, {**hidden, **fields, button: "1"})


def about(wanda, audience, address=HOME + "1/"):
    return press(wanda, wanda.get(address), address=address, audience=audience, country="AT")


@pytest.mark.parametrize(
    ("audience", "codes"), [("policy", ["sources", "share", "wish"]), ("private", ["sources", "wish"])]
)
def test_questions_follow_what_was_answered_on_earlier_pages(wanda, audience, codes):
    assert shown(about(wanda, audience)) == codes


def test_sections_follow_the_audience_that_was_answered(wanda):
    ours = press(wanda, about(wanda, "policy"), wish="Less paper")
    theirs = press(wanda, about(wanda, "private"), wish="Less paper")

    assert (heading(ours), heading(theirs)) == ("Ours", "Money")
    assert alerts(theirs) == ["That was the last page. A respondent would now look at everything and send it."]


@pytest.mark.parametrize(
    ("audience", "codes", "told"),
    [
        ("policy", ["plan"], "1 question here is not shown to who answers so."),
        ("private", [], "2 questions here are not shown to who answers so."),
    ],
)
def test_an_audience_is_chosen_as_by_an_invitation(wanda, audience, codes, told):
    page = wanda.get(f"{HOME}3/?audience={audience}")

    assert (shown(page), alerts(page)) == (codes, [told])


def test_conditions_follow_the_language(wanda):
    assert shown(wanda.get(f"/el{HOME[3:]}3/?audience=policy")) == ["greek", "plan"]


def test_the_script_of_answering_gets_the_conditions(wanda):
    page = wanda.get(f"{HOME}2/?audience=policy")
    (question,) = parsed(page).xpath("//fieldset[@data-code='share']")

    assert question.get("hidden") is not None
    assert parsed(page).xpath("//script[contains(@src, 'questionnaire')]") != []


def test_what_was_typed_is_there_on_the_way_back_and_kept_nowhere(wanda):
    page = press(wanda, about(wanda, "policy"), "back", wish="Less paper")

    assert ({name: value for name, value in typed(page).items() if name in ("audience", "country")}) == {
        "audience": "policy",
        "country": "AT",
    }
    assert wanda.post(f"{HOME}1/", {"autosave": "1"}).json() == {"saved": "A preview keeps nothing."}
    assert AnswerDraft.objects.count() == 0


@pytest.mark.parametrize("carried", ["x", "", "{}", "x:y"])
def test_answers_that_were_tampered_with_are_left_aside(wanda, carried):
    assert wanda.post(f"{HOME}2/", {"carried": carried, "section": "money", "back": "1"}).status_code == 200


def test_a_page_of_the_preview_can_be_sent_from_a_browser(people, wanda):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people.wanda)
    page = browser.get(f"{HOME}1/")
    token = parsed(page).xpath("//form[@data-questionnaire]//input[@name='csrfmiddlewaretoken']/@value")[0]

    sent = browser.post(f"{HOME}1/", {"csrfmiddlewaretoken": token, "audience": "policy", "country": "AT", "next": "1"})

    assert heading(sent) == "Money"


def test_the_frame_is_asked_for_audience_and_everything(wanda):
    page = wanda.get(f"{HOME}?section=2&audience=policy&all=1&language=el")

    assert parsed(page).xpath("//iframe/@src") == ["/el/desk/consultations/finance/preview/2/?audience=policy&all=1"]


def test_a_page_costs_the_same_however_many_are_behind(wanda):
    queries(wanda, f"{HOME}1/")

    assert queries(wanda, f"{HOME}1/") == queries(wanda, f"{HOME}3/?audience=policy")


def test_each_section_of_the_questions_has_its_own_beside_it(wanda):
    page = parsed(wanda.get("/en/desk/consultations/finance/questions/"))

    assert page.xpath("//details/iframe[@loading='lazy']/@src") == [f"{HOME}{number}/" for number in (1, 2, 3)]
    assert page.xpath("//details/iframe/@title") == ["Preview: About you", "Preview: Money", "Preview: Ours"]
