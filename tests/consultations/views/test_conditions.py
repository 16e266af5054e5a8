"""Conditions put together on their page."""

import pytest

from tests.factories.consultations import consultation
from tests.people import browser_of

from .pages import texts
from .test_editor import HOME, keep, question, said, version

SHOW = "questions/wish/show/"


@pytest.fixture
def wanda(people):
    consultation(open_now=False)
    return browser_of(people.wanda)


def add(browser, subject, rest=SHOW, **typed):
    return keep(browser, f"{rest}?subject={subject}", **typed)


def deed(browser, name, path="", rest=SHOW):
    return browser.post(HOME + rest, {"deed": name, "path": path, "seen": version().sha256})


def test_a_condition_is_put_together_and_said_in_words(wanda):
    add(wanda, "audience", operator="eq", value="policy")
    add(wanda, "share", operator="ge", number="50")
    add(wanda, "sources", operator="in", value="fees", turned="on", group="new")

    assert question("wish")["show"] == {
        "all": [{"eq": ["audience", "policy"]}, {"ge": ["share", 50]}, {"any": [{"not": {"in": ["sources", "fees"]}}]}]
    }
    assert texts(wanda.get(HOME + SHOW), "//main//h2/following-sibling::p")[0] == (
        "“Who are you?” is “Policy maker” and “Public share” is at least 50 and not (“Which sources?” includes “fees”)"
    )


@pytest.mark.parametrize(
    ("subject", "typed", "tree"),
    [
        ("?language", {"value": "de"}, {"language": "de"}),
        ("country", {"operator": "eq", "value": "AT"}, {"eq": ["country", "AT"]}),
        ("country", {"operator": "answered"}, {"answered": "country"}),
        ("share", {"operator": "lt", "number": "2.5"}, {"lt": ["share", 2.5]}),
    ],
)
def test_what_can_be_asked_for(wanda, subject, typed, tree):
    add(wanda, subject.replace("?", "%3F"), **typed)

    assert question("wish")["show"] == {"all": [tree]}


def test_only_earlier_questions_are_offered(wanda):
    page = wanda.get(HOME + "questions/sources/show/")

    assert texts(page, "//select[@name='subject']/option") == [
        "Please choose",
        "Who are you? (audience)",
        "Where? (country)",
        "The language of the respondent",
    ]


def test_a_value_has_to_be_chosen(wanda):
    answer = add(wanda, "audience", operator="eq", value="")

    assert (answer.status_code, said(answer)) == (400, ["Value Please choose a value."])


def test_parts_are_turned_joined_and_removed(wanda):
    add(wanda, "audience", operator="eq", value="policy")
    add(wanda, "country", operator="eq", value="AT")
    deed(wanda, "any")
    deed(wanda, "turn", "1")
    both = question("wish")["show"]
    deed(wanda, "remove", "0")
    one = question("wish")["show"]
    deed(wanda, "clear")

    assert both == {"any": [{"eq": ["audience", "policy"]}, {"not": {"eq": ["country", "AT"]}}]}
    assert one == {"any": [{"not": {"eq": ["country", "AT"]}}]}
    assert "show" not in question("wish")


@pytest.mark.parametrize("typed", [{"deed": "explode"}, {"deed": "turn", "path": "x"}])
def test_other_deeds_are_none(wanda, typed):
    assert wanda.post(HOME + SHOW, typed).status_code == 404


def test_a_place_that_is_not_there(wanda):
    deed(wanda, "turn", "7")

    assert "show" not in question("wish")


def test_a_condition_of_a_section(wanda):
    add(wanda, "audience", "sections/money/show/", operator="eq", value="policy")

    assert version().structure["sections"][1]["show"] == {"all": [{"eq": ["audience", "policy"]}]}


def test_a_question_moved_before_what_it_asks_for_is_flagged(wanda):
    wanda.post(HOME + "arrange/", {"dragged": "share", "before": "audience"})

    assert texts(wanda.get(HOME + "questions/"), "//*[@id='q-share']//p[@class='msg']") == [
        "the condition refers to audience, which is not earlier"
    ]


def test_conditions_that_exclude_each_other_are_flagged(wanda):
    add(wanda, "audience", operator="eq", value="policy")
    add(wanda, "audience", operator="eq", value="private")

    assert texts(wanda.get(HOME + "questions/"), "//*[@id='q-wish']//p[@class='msg']") == [
        "nobody can ever be shown this: its conditions exclude each other"
    ]


def test_questions_that_wait_for_each_other_cannot_be_made(wanda):
    add(wanda, "sources", "questions/share/show/", operator="in", value="fees")

    answer = wanda.get(f"{HOME}questions/sources/show/?subject=share")

    assert texts(answer, "//*[@role='alert']//li") == [
        "What the condition asks for Select a valid choice. share is not one of the available choices."
    ]
