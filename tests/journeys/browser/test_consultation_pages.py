"""Every page of consultations, at the desk and in public, in three scripts: axe finds nothing, nothing reaches too far."""

import pytest

from .looking import LOOKS
from .steps import sign_in
from .test_pages import found_on

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
