"""A public page loads little, and nothing from elsewhere."""

import gzip

import pytest

from .steps import begin_to_answer

pytestmark = pytest.mark.browser

LIMIT = 60_000
ADDRESSES = [
    "/el/",
    "/el/topics/4-finance/",
    "/el/repository/?q=politiki",
    "/el/repository/gp-el61-dairy-skills/",
    "/el/events/",
    "/el/members/",
    "/bg/consultations/finance-2027/",
]


@pytest.fixture
def loaded(browsing):
    """A window, and the bytes of what it loaded beside pages: compressed, by address."""
    page, weights = browsing.open(), {}
    page.on("requestfinished", lambda request: weigh(request, weights))
    return page, weights


def weigh(request, weights: dict[str, int]) -> None:
    if request.resource_type in {"stylesheet", "script"}:
        weights[request.url] = len(gzip.compress(request.response().body()))


@pytest.mark.parametrize("address", ADDRESSES)
def test_public_page_is_light(loaded, address):
    page, weights = loaded
    page.goto(address, wait_until="networkidle")
    assert 0 < sum(weights.values()) < LIMIT


def test_page_of_questions_is_light(loaded):
    page, weights = loaded
    begin_to_answer(page, "bg")
    page.wait_for_load_state("networkidle")
    assert 0 < sum(weights.values()) < LIMIT
