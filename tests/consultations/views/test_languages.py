"""Texts in another language than the page say so, and fields say how they are filled in."""

import pytest
from django.test import Client

from consultations import services
from tests.factories.consultations import consultation

from .pages import ABOUT, Respondent, parsed, texts

STRUCTURE = {
    "sections": [
        {
            "code": "first",
            "title": {"en": "Only English"},
            "text": {"en": "An introduction"},
            "questions": [
                {
                    "code": "one",
                    "type": "single",
                    "text": {"en": "Which?", "el": "Ποιο;"},
                    "help": {"en": "Take one"},
                    "options": [{"code": "a", "text": {"en": "Fees"}}, {"code": "b", "text": {"en": "EU", "el": "ΕΕ"}}],
                },
                {
                    "code": "two",
                    "type": "single",
                    "display": "dropdown",
                    "text": {"en": "And?"},
                    "options": [{"code": "a", "text": {"en": "Fees"}}, {"code": "b", "text": {"en": "EU", "el": "ΕΕ"}}],
                },
                {
                    "code": "rows",
                    "type": "likert",
                    "text": {"en": "How much?"},
                    "rows": [{"code": "r", "text": {"en": "Advice"}}],
                    "scale": [
                        {"code": "s1", "text": {"en": "Little"}},
                        {"code": "s2", "text": {"en": "Much", "el": "Πολύ"}},
                    ],
                },
                {"code": "day", "type": "date", "text": {"en": "When?"}},
            ],
        }
    ]
}


@pytest.fixture
def page(db):
    found = consultation(structure=STRUCTURE)
    secret = services.begin(found, found.versions.get())
    return Client().get(f"/el/consultations/finance/answers/{secret}/1/")


def marked(page, path: str) -> list[str]:
    return [found.text_content() for found in parsed(page).xpath(f"//main//{path}[@lang='en']")]


def test_texts_that_fall_back_name_their_language(page):
    assert marked(page, "h1/span") == ["Only English"]
    assert marked(page, "form/preceding-sibling::p/span") == ["An introduction"]
    assert marked(page, "fieldset[@data-code]/legend/span") == ["And?", "How much?", "When?"]
    assert marked(page, "p[@class='hint']/span") == ["Take one"]
    assert marked(page, "label//span[@lang]") == ["Fees", "Little"]
    assert marked(page, "option") == ["Fees"]
    assert marked(page, "fieldset[@class='battery-row']/legend/span") == ["Advice"]


def test_texts_in_the_language_of_the_page_do_not(db):
    consultation()
    respondent = Respondent(language="en")
    respondent.press(**ABOUT)

    assert parsed(respondent.look()).xpath("//fieldset[@data-code]//*[@lang]") == []


def test_a_day_says_how_it_is_written(page):
    (field,) = parsed(page).xpath("//input[@type='date']")

    assert texts(page, f"//*[@id='{field.get('aria-describedby')}']")[0].count("31.12.2026") == 1
