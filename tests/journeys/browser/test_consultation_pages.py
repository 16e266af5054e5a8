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


VIEWS = [(LOOKS[0], language) for language in SCRIPTS] + list(zip(LOOKS[1:], SCRIPTS, strict=True))


@pytest.fixture(params=VIEWS, ids=lambda view: f"{view[0]}-{view[1]}")
def view(request):
    """How wide and how light, and in which script."""
    return request.param


@pytest.fixture
def page(browsing, view):
    browsing.expect(403, 404, 410)
    return browsing.open(**view[0].options)


def test_public_pages(page, view):
    look, language = view
    found = found_on(page, [f"/{language}/{address}" for address in PUBLIC], look)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("code", ["finance-2027", "skills-2027"])
def test_pages_of_the_desk(page, view, code):
    look, language = view
    sign_in(page, "lead@example.org")
    own = [f"desk/consultations/{code}/{rest}" for rest in OF_ONE]
    found = found_on(page, [f"/{language}/{address}" for address in [*DESKS, *own]], look)
    assert not found, "\n".join(found)
