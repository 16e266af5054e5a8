"""Every page on a respondent's way, in three scripts, small and large, light and dark: nothing is wrong with it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from .answering import asking
from .browsing import Browsing
from .looking import Look, opened, troubles
from .steps import press

pytestmark = pytest.mark.browser

LOOKS = [Look(390, "light"), Look(1280, "dark")]
DOORS = "place", "via", "invited", "register"
LANGUAGES = "en", "el", "bg"


@pytest.fixture(scope="module")
def asked(demonstration, tmp_path_factory):
    with asking(demonstration, tmp_path_factory.mktemp("asking")) as found:
        yield found


@pytest.fixture(scope="module")
def windows(chromium, asked):
    held = Browsing(chromium, asked[0])
    held.expect(404, 410)
    yield held
    held.close()


def before_answering(page: Page, doors: dict[str, str], language: str) -> Iterator[str]:
    for door in DOORS:
        page.goto(f"/{language}{doors[door]}")
        yield door
    press(page, "main form.form button")
    yield "register with errors"
    page.goto(f"/{language}{doors['place']}invited/cut/")
    yield "an invitation that was cut"
    page.goto(f"/{language}{doors['place']}answers/gone/1/")
    yield "a link that leads nowhere"


def questions(page: Page, doors: dict[str, str], language: str) -> Iterator[str]:
    page.goto(f"/{language}{doors['place']}")
    press(page, "form.begin button")
    press(page, "button[name=next]")
    yield "questions with errors"
    for number in range(1, 6):
        page.goto(f"/{language}{doors['ready0']}{number}/")
        yield f"questions {number}"


def until_the_receipt(page: Page, answers: str) -> Iterator[str]:
    page.goto(f"{answers}later/")
    yield "later"
    page.goto(f"{answers}review/")
    press(page, "button[name=send]")
    yield "review with errors"
    press(page, "form[action$='/sign-off/'] button")
    yield "sign-off asked"
    page.goto(page.input_value("[data-copy] textarea"))
    yield "sign-off"
    page.check("[name=publication][value=never]")
    press(page, "button[name=send]")
    yield "receipt"


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_with_the_pages(windows, asked, language, look):
    doors = asked[1]
    page = windows.open(**look.options)
    answers = f"/{language}{doors[f'ready{1 + LANGUAGES.index(language) + 3 * LOOKS.index(look)}']}"
    ways = before_answering(page, doors, language), questions(page, doors, language), until_the_receipt(page, answers)

    found = [line for way in ways for name in way for line in troubles(page, look, f"{language}: {name}")]

    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_say_where_one_is(windows, asked, language):
    page = opened(windows.open(width=390), f"/{language}{asked[1]['ready0']}2/")

    assert (page.get_attribute("html", "lang"), page.inner_text(".steps p").split()[1::2]) == (language, ["2", "5"])
