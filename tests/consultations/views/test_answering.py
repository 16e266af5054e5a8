"""Answering over HTTP without JavaScript."""

import pytest
from django.apps import apps

from consultations import services
from consultations.models import Consultation
from tests.factories.consultations import STRUCTURE, consultation

from .pages import (
    ABOUT,
    Respondent,
    alerts,
    heading,
    kept,
    messages,
    parsed,
    ready,
    shown,
    summary,
    texts,
    typed,
)

NEEDED = "Please answer this question."


def test_beginning_leads_to_the_first_page(respondent):
    page = respondent.look()

    assert (page.status_code, heading(page), shown(page)) == (200, "About you", ["audience", "country"])
    assert typed(page) == {}
    assert page["Referrer-Policy"] == "no-referrer"


def test_what_is_missing_is_said_and_linked(respondent):
    page = respondent.press(audience="policy")

    assert page.status_code == 400
    assert summary(page) == [("#q-country", "Where?")]
    assert messages(page) == {"country": [NEEDED]}
    assert typed(page) == {"audience": "policy"}


def test_links_of_the_summary_lead_to_the_questions(respondent):
    page = respondent.press()

    targets = [href.removeprefix("#") for href, _text in summary(page)]
    assert [bool(parsed(page).xpath(f"//*[@id='{target}']")) for target in targets] == [True, True]


def test_everything_typed_is_still_there_after_an_error(respondent):
    respondent.press(**ABOUT)
    written = {"sources": ["fees", "regional", "eu"], "share": "about 40", "wish": "Less <b>paper</b>"}

    page = respondent.press(**written, sources__other="A foundation")

    assert page.status_code == 400
    assert typed(page) == {**written, "sources.other": "A foundation"}
    assert messages(page) == {
        "sources": ["Please choose at most 2 answers."],
        "share": ["Please write a number, such as 12 or 7.5."],
    }


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"audience": "gold"}, {"audience": ["Please choose one of the answers."]}),
        ({"audience": "policy' OR 1=1"}, {"audience": ["Please choose one of the answers."]}),
        ({"country": "XX"}, {"country": ["Please choose a country from the list."]}),
        ({"country": "\x00"}, {"country": [NEEDED]}),
        ({"audience": "x" * 100_000}, {"audience": ["Please choose one of the answers."]}),
    ],
)
def test_hostile_input_is_answered_with_a_message(respondent, fields, wrong):
    page = respondent.press(**{**ABOUT, **fields})

    assert (page.status_code, messages(page)) == (400, wrong)


@pytest.mark.parametrize(
    ("share", "status"), [("1e400", 400), ("nan", 400), ("9" * 100_000, 400), ("-1", 400), ("0", 302)]
)
def test_hostile_numbers_are_answered_with_a_message(respondent, share, status):
    respondent.press(**ABOUT)

    assert respondent.press(share=share).status_code == status


def test_a_page_without_problems_leads_to_the_next(respondent):
    sent = respondent.press(**ABOUT)

    assert (sent.status_code, sent.url) == (302, f"{respondent.links}2/")
    assert heading(respondent.look()) == "Money"
    assert kept() == ABOUT


def test_conditions_of_an_earlier_page_open_questions(respondent):
    respondent.press(**ABOUT)
    as_policy = shown(respondent.look())
    respondent.browser.post(f"{respondent.links}1/", {**ABOUT, "audience": "private", "next": "1"})

    assert as_policy == ["sources", "share", "wish"]
    assert shown(respondent.look()) == ["sources", "wish"]


def with_a_condition_on_the_page(found):
    part = {"code": "eu_which", "type": "text", "required": True, "text": {"en": "Which programme?"}}
    asked = [*STRUCTURE["sections"][1]["questions"], {**part, "show": {"in": ["sources", "eu"]}}]
    structure = {"sections": [STRUCTURE["sections"][0], {**STRUCTURE["sections"][1], "questions": asked}]}
    services.add_version(found, structure)
    services.open_consultation(found)


def test_conditions_of_the_same_page_open_questions_before_it_is_left(found):
    with_a_condition_on_the_page(found)
    respondent = Respondent()
    respondent.press(**ABOUT)

    page = respondent.press(sources=["eu"], seen="sources share wish")

    assert (page.status_code, shown(page)) == (400, ["sources", "share", "wish", "eu_which"])
    assert alerts(page) == ["Your answers have opened further questions on this page."]
    assert (messages(page), typed(page)) == ({}, {"sources": "eu"})


def test_opened_questions_are_asked_for_when_the_page_is_sent_again(found):
    with_a_condition_on_the_page(found)
    respondent = Respondent()
    respondent.press(**ABOUT)
    respondent.press(sources=["eu"], seen="sources share wish")

    page = respondent.press(sources=["eu"], seen="sources share wish eu_which")

    assert (page.status_code, messages(page)) == (400, {"eu_which": [NEEDED]})
    assert respondent.press(sources=["eu"], eu_which="COSME", seen="sources share wish eu_which").status_code == 302


def test_back_keeps_what_was_typed_and_asks_for_nothing(respondent):
    respondent.press(**ABOUT)

    sent = respondent.press("back", share="about 40", wish="Less paper")

    assert (sent.status_code, sent.url) == (302, f"{respondent.links}1/")
    assert typed(respondent.look()) == ABOUT
    assert kept() == {**ABOUT, "share": "about 40", "wish": "Less paper"}


def test_another_language_keeps_what_was_typed(respondent):
    respondent.press(**ABOUT)

    sent = respondent.press("language", "bg", share="about 40", wish="По-малко хартия")

    page = respondent.look()
    assert sent.url == f"/bg{respondent.links.removeprefix('/bg')}2/"
    assert (heading(page), parsed(page).get("lang")) == ("Пари", "bg")
    assert typed(page) == {"share": "about 40", "wish": "По-малко хартия"}


def test_languages_of_the_questionnaire_are_offered(respondent):
    page = respondent.look()

    offered = parsed(page).xpath("//form[@data-questionnaire]//*[@name='language']/@value")
    assert offered == ["el", "bg"]


@pytest.mark.parametrize("language", ["it", "xx", "../evil", ""])
def test_a_language_the_questionnaire_does_not_speak_is_left_aside(respondent, language):
    sent = respondent.press("language", language, **ABOUT)

    assert (sent.status_code, sent.url) == (302, f"{respondent.links}2/")


def test_saving_for_later_shows_a_link_that_leads_back(respondent):
    respondent.press("later", audience="policy")

    (link,) = texts(respondent.look(), "//textarea[@readonly]")
    page = respondent.browser.get(link)
    assert link == f"http://testserver{respondent.links}1/"
    assert typed(page) == {"audience": "policy"}


def test_the_short_link_leads_to_the_first_page_with_something_to_do(respondent):
    empty = respondent.at("").url
    respondent.press(**ABOUT)
    respondent.press("later", share="about 40")

    assert (empty, respondent.at("").url) == (f"{respondent.links}1/", f"{respondent.links}2/")


def test_autosave_keeps_and_answers_with_json(respondent):
    saved = respondent.press("autosave", audience="policy")

    assert (saved.status_code, saved["Content-Type"], list(saved.json())) == (
        200,
        "application/json",
        ["saved", "stood"],
    )
    assert kept() == {"audience": "policy"}


def test_autosave_after_closing_says_that_nothing_was_kept(respondent):
    services.close(Consultation.objects.get())

    refused = respondent.press("autosave", audience="policy")

    assert (refused.status_code, refused.json()) == (409, {"saved": "Not saved: the consultation is closed."})
    assert kept() == {}


def test_a_guest_gets_no_cookie_on_her_way(respondent):
    respondent.look()
    respondent.press()
    respondent.press("later", **ABOUT)
    receipt = ready(respondent).send().url
    respondent.note(respondent.browser.get(receipt))
    respondent.note(respondent.browser.get("/en/consultations/finance/"))
    respondent.send()

    assert [response.cookies for response in respondent.seen if response.cookies] == []
    assert respondent.browser.cookies == {}


def test_looking_changes_nothing(respondent):
    ready(respondent)
    models = [model for model in apps.get_models() if model._meta.managed]
    before = {model: list(model.objects.values()) for model in models if hasattr(model, "objects")}

    for rest in ("", "1/", "2/", "7/", "later/", "review/", "1/?next=1&audience=private"):
        respondent.at(rest)

    assert {model: list(model.objects.values()) for model in before} == before


@pytest.mark.parametrize("number", [0, 3, 999_999])
def test_a_page_that_does_not_exist_is_the_nearest(respondent, number):
    respondent.press(**ABOUT)

    assert heading(respondent.at(f"{number}/")) == ("About you" if number == 0 else "Money")


@pytest.mark.parametrize("rest", ["", "1/", "2/", "later/", "review/"])
@pytest.mark.parametrize("secret", ["x", "x" * 32, "%00", "é", "-" * 300])
def test_a_wrong_secret_is_gone(client, found, rest, secret):
    answers = [client.get(f"/en/consultations/finance/answers/{secret}/{rest}")]
    answers.append(client.post(f"/en/consultations/finance/answers/{secret}/{rest}", {"next": "1"}))

    assert [answer.status_code for answer in answers] == [410, 410]
    assert heading(answers[0]) == "There is nothing behind this link"


def test_a_secret_of_another_consultation_is_gone(client, respondent):
    consultation("other")

    assert client.get(respondent.address.replace("/finance/", "/other/")).status_code == 410


def test_a_secret_of_a_consultation_nobody_knows_is_not_found(client, respondent):
    assert client.get(respondent.address.replace("/finance/", "/unknown/")).status_code == 404


def test_fields_nobody_asked_for_are_left_aside(respondent):
    strange = {"person": "1", "wish": "early", "answers": "{}", "audience__other": "x", "__proto__": "x", "id": "7"}

    respondent.press(**ABOUT, **strange)

    assert kept() == ABOUT


def test_unfinished_answers_are_kept_out_of_search_engines_and_caches(respondent):
    page = respondent.look()

    assert parsed(page).xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_a_page_costs_few_queries_and_keeping_it_few_more(respondent, django_assert_max_num_queries):
    respondent.look()

    with django_assert_max_num_queries(3):
        respondent.look()
    with django_assert_max_num_queries(6):
        respondent.press("autosave", **ABOUT)
