"""Every page of consultations, at the desk and in public, in three scripts: axe finds nothing, nothing reaches too far."""

import pytest

from consultations.questions import TYPES

from .looking import LOOKS, opened, troubles
from .steps import (
    answer_page,
    begin_to_answer,
    close_consultation,
    compute_results,
    go_on,
    press,
    send_answers,
    sign_in,
)
from .test_pages import found_on, send_empty

pytestmark = pytest.mark.browser

SCRIPTS = ("de", "el", "bg")
OPEN, TOLD = "consultations/finance-2027/", "consultations/skills-2027/"
PUBLIC = [
    "consultations/",
    "consultations/findings/",
    "consultations/findings/1/",
    OPEN,
    f"{OPEN}findings/",
    f"{OPEN}register/",
    f"{OPEN}test-over/",
    f"{OPEN}invited/long-gone/",
    TOLD,
    f"{TOLD}findings/",
    f"{TOLD}results/",
    f"{TOLD}results/?by=country",
    f"{TOLD}results/1/",
    f"{TOLD}results/3/?by=size",
]
DESKS = [
    "desk/consultations/",
    "desk/consultations/new/",
    "desk/consultations/library/",
    "desk/consultations/incoming/new/",
]
OF_ONE = [
    "",
    "settings/",
    "approval/",
    "versions/",
    "preview/",
    "preview/1/",
    "questions/",
    "states/",
    "audiences/",
    "invitations/",
    "invitations/add/",
    "held/",
    "exchange/",
    "import/questions/",
    "import/answers/",
    "quotes/",
    "texts/",
    "pairs/",
    "publish/",
]
WRITTEN = "desk/consultations/managers-needs/"
SECTION = "work"
EDITED = [
    "",
    "questions/",
    "states/",
    "audiences/",
    "sections/add/",
    f"sections/{SECTION}/",
    f"sections/{SECTION}/show/",
    f"sections/{SECTION}/move/",
    f"sections/{SECTION}/delete/",
    f"sections/{SECTION}/add/",
    f"sections/{SECTION}/insert/",
    *(f"questions/{code}/{rest}" for code in ("role", "advice", "support") for rest in ("", "show/")),
    "questions/advice/require/",
    "questions/advice/move/",
    "questions/role/delete/",
    *(f"sections/{SECTION}/add/?type={code}" for code in TYPES),
    "preview/2/",
]
JUDGED = "desk/consultations/skills-2027/"
SAID = [
    "texts/one_change/",
    "texts/one_change/words/",
    "texts/one_change/words/?word=training",
    "coding/one_change/",
    "coding/one_change/settle/",
    "pairs/?rows=audience&columns=country",
]
FOUND = [
    "consultations/skills-2027/findings/write/",
    "consultations/findings/1/change/",
    "consultations/findings/1/settle/",
    "consultations/skills-2027/results/quotes/one_change/",
]
HELD, DECIDED = "desk/consultations/finance-2027/held/", "desk/consultations/finance-2027/"
SEEN = list(zip(LOOKS, SCRIPTS, strict=False))
AT_DESK = list(zip(("finance-2027", "skills-2027", "finance-2027"), LOOKS[::-1], SCRIPTS, strict=False))


def found_by(browsing, look, addresses: list[str], name: str = "") -> list[str]:
    browsing.expect(403, 404, 410)
    page = browsing.open(**look.options)
    if name:
        sign_in(page, f"{name}@example.org")
    return found_on(page, addresses, look)


@pytest.mark.parametrize(("look", "language"), SEEN, ids=str)
def test_public_pages(browsing, look, language):
    found = found_by(browsing, look, [f"/{language}/{address}" for address in PUBLIC])
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("code", "look", "language"), AT_DESK, ids=str)
def test_pages_of_the_desk(browsing, code, look, language):
    own = [f"desk/consultations/{code}/{rest}" for rest in OF_ONE]
    found = found_by(browsing, look, [f"/{language}/{address}" for address in [*DESKS, *own]], "lead")
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("look", "language"), SEEN, ids=str)
def test_pages_of_the_editor(browsing, look, language):
    page = browsing.open(**look.options)
    browsing.expect(400)
    sign_in(page, "lead@example.org")
    found = found_on(page, [f"/{language}/{WRITTEN}{rest}" for rest in EDITED], look)
    for rest in ("sections/add/", f"sections/{SECTION}/add/?type=single"):
        found += troubles(send_empty(page, f"/{language}/{WRITTEN}{rest}"), look, f"{rest} with errors")
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("look", "language"), SEEN, ids=str)
def test_pages_of_texts_codes_and_findings(browsing, look, language):
    page = browsing.open(**look.options)
    browsing.expect(400)
    sign_in(page, "lead@example.org")
    addresses = [*(f"{JUDGED}{rest}" for rest in SAID), *FOUND]
    found = found_on(page, [f"/{language}/{address}" for address in addresses], look)
    found += troubles(send_empty(page, f"/{language}/{FOUND[0]}"), look, "a finding with errors")
    assert not found, "\n".join(found)


def hold_an_answer(page) -> list[str]:
    """A field nobody sees is filled in, as programs do; gives the questions that were answered in words."""
    begin_to_answer(page, "de")
    written = []
    while "/review/" not in page.url:
        answer_page(page)
        for field in page.locator("main textarea:visible").all():
            field.fill("More people who know how to run a cluster.")
            written.append(field.get_attribute("name"))
        go_on(page)
    page.eval_on_selector("input[name=website]", "field => (field.value = 'x')")
    send_answers(page)
    return written


def take_part_in_coding(page, code: str) -> list[str]:
    """A code in the book of a question; gives the pages of coding it."""
    book = f"/en/{DECIDED}coding/{code}/"
    page.goto(book)
    page.fill("form[action$='/codes/'] input[name=name]", "People")
    press(page, "form[action$='/codes/'] button")
    press(page, "form[action$='/take-part/'] button")
    page.goto(f"{book}texts/")
    assert page.locator("main select").count() > 0
    return [f"coding/{code}/", f"coding/{code}/texts/", f"texts/{code}/"]


def test_an_answer_to_look_at_and_deciding_what_is_published(browsing):
    """Last: it answers the open consultation, closes it, and has its results computed."""
    written = hold_an_answer(browsing.open(**LOOKS[0].options))
    pages = {look: browsing.open(**look.options) for look, _language in SEEN}
    found = []
    for look, language in SEEN:
        sign_in(pages[look], "lead@example.org")
        opened(pages[look], f"/{language}/{HELD}")
        assert pages[look].locator("main form[action*='/held/']").count() > 0
        found += troubles(pages[look], look)
    page = pages[LOOKS[0]]
    page.goto(f"/en/{HELD}")
    press(page, "main form[action*='/held/'] button[name=count]")
    close_consultation(page)
    compute_results(page)
    addresses = ["", "publish/", "pairs/", "texts/", *take_part_in_coding(page, written[0])]
    for look, language in SEEN:
        found += found_on(pages[look], [f"/{language}/{DECIDED}{rest}" for rest in addresses], look)
    assert not found, "\n".join(found)
