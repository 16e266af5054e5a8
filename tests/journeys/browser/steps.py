"""What people do on the site, in their words."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from platform_core.people.members.demonstration import PASSWORD

CONSULTATION = "finance-2027"
RESULTS = f"/en/consultations/{CONSULTATION}/results/"
DESK = f"/en/desk/consultations/{CONSULTATION}/"


def sign_in(page: Page, email: str) -> None:
    page.goto("/en/account/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda address: "/login/" not in address)


def press(page: Page, selector: str) -> None:
    """Presses what leads to another page, and waits for it."""
    with page.expect_navigation():
        page.click(selector)


def wait_until(condition: Callable[[], bool], seconds: float = 20) -> None:
    give_up = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up
        time.sleep(0.2)


# In the repository


def search(page: Page, words: str) -> None:
    page.fill("main form[role=search] input[name=q]", words)
    press(page, "main form[role=search] button")


def count_of_results(page: Page) -> int:
    return int(re.search(r"\d+", page.inner_text(".found [role=status]")).group())


def records_shown(page: Page) -> list[str]:
    return [link.get_attribute("href") for link in page.query_selector_all(".rec h2 a")]


def first_choice(page: Page, facet: str) -> tuple[str, int]:
    """Where the first choice of a facet leads that is not chosen yet, and the number beside it."""
    link = page.locator(f"#facet-{facet} li a:not([aria-current])").first
    return link.get_attribute("href"), int(link.locator(".count").inner_text())


def download(page: Page, selector: str) -> bytes:
    with page.expect_download() as coming:
        page.click(selector)
    return Path(coming.value.path()).read_bytes()


# In a consultation

WANTED = {
    "audience": "policy",
    "org_type": "regional_authority",
    "sources": "eu",
    "horizon": "two_three",
    "framework": "medium",
    "policy_role": "design",
}


def begin_to_answer(page: Page, language: str) -> None:
    page.goto(f"/{language}/consultations/{CONSULTATION}/")
    press(page, "form.begin button")


def answer_page(page: Page) -> None:
    """Answers what is asked here of the questions that must be answered, and the first rows of a battery."""
    for name, value in WANTED.items():
        for field in page.query_selector_all(f"input[name='{name}'][value='{value}']"):
            field.check()
    for choice in page.query_selector_all("select[name=country]"):
        choice.select_option("BG")
    for row in page.query_selector_all(".battery-row"):
        row.query_selector("input[value='4']").check()


def go_on(page: Page) -> None:
    press(page, "button[name=next]")


def answer_until_review(page: Page) -> None:
    for _ in range(20):
        if "/review/" in page.url:
            return
        answer_page(page)
        go_on(page)
    raise AssertionError(f"no end of the questions at {page.url}")


def link_back(page: Page) -> str:
    """Puts the answers aside; gives the link that leads back to them."""
    press(page, "button[name=later]")
    return page.input_value("[data-copy] textarea")


def send_answers(page: Page) -> None:
    """Sends without a name."""
    for choice in page.query_selector_all("input[name=publication][value=anonymous]"):
        choice.check()
    press(page, "main button[name=send]")


# At the desk


def close_consultation(page: Page) -> None:
    page.goto(DESK)
    press(page, "form[action$='/close/'] button")


def compute_results(page: Page) -> list[int]:
    """Presses the button; gives each state of the progress bar that was seen until the end."""
    press(page, "form[action$='/compute/'] button")
    seen: list[int] = []
    wait_until(lambda: note_progress(page, seen) == 100, seconds=60)
    return seen


def note_progress(page: Page, seen: list[int]) -> int:
    share = page.evaluate("document.querySelector('.job [role=progressbar]')?.ariaValueNow ?? null")
    if share is None:  # between two states, or the page was asked for when all was over
        return 100 if page.query_selector("main a[href$='/publish/']") else 0
    if int(share) not in seen:
        seen.append(int(share))
    return int(share)


def publish_results(page: Page) -> str:
    """Gives the address of the record that was made of them, without its language."""
    page.goto(DESK)
    press(page, "main a[href$='/publish/']")
    press(page, "button[name=publish]")
    return re.sub(r".*/en/", "", page.url)
