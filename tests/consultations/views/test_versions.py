"""The next version of questions that are open."""

import hashlib

import pytest

from consultations.drafting import find_question
from consultations.models import Questionnaire
from consultations.services import drafting as services
from consultations.structure import canonical_hash
from tests.factories.consultations import approve, consultation
from tests.people import browser_of

from .pages import texts
from .test_editor import HOME, filled, keep


@pytest.fixture
def found(people):
    return consultation()


@pytest.fixture
def wanda(people, found):
    browser = browser_of(people.wanda)
    browser.post(HOME + "versions/begin/")
    return browser


def publish(browser, **typed):
    return browser.post(HOME + "versions/", filled(browser, HOME + "versions/", **typed))


def published() -> list[int]:
    return list(Questionnaire.objects.filter(published_at__isnull=False).values_list("number", flat=True))


def test_beginning_twice_begins_once(wanda):
    wanda.post(HOME + "versions/begin/")

    assert list(Questionnaire.objects.values_list("number", flat=True)) == [1, 2]


def test_a_change_of_wording_is_published_without_further_ado(wanda, found, people):
    keep(wanda, "questions/wish/", text="Your one wish")
    approve(found, by=people.wanda, approver=people.lena)

    page = wanda.get(HOME + "versions/")
    answer = publish(wanda)

    assert texts(page, "//table[1]/tbody/tr/td[1]")[0] == "Wording: “One wish” → “Your one wish”"
    assert (answer.status_code, published()) == (302, [1, 2])


def test_what_breaks_comparability_is_published_knowingly_and_with_a_reason(wanda, found, people):
    keep(wanda, "questions/wish/", required="on")
    approve(found, by=people.wanda, approver=people.lena)

    refused = [
        publish(wanda).status_code,
        publish(wanda, knowing="on").status_code,
        publish(wanda, reason="So").status_code,
    ]
    done = publish(wanda, knowing="on", reason="Nobody answered it.")
    public = browser_of(people.guest).get(found.get_absolute_url())

    assert (refused, done.status_code, published()) == ([400, 400, 400], 302, [1, 2])
    assert b"Nobody answered it." in public.content


def test_no_version_is_published_without_approval(wanda):
    keep(wanda, "questions/wish/", text="Your one wish")

    seen = Questionnaire.objects.get(number=2).sha256
    answer = wanda.post(HOME + "versions/", {"seen": seen})

    assert (answer.status_code, published()) == (400, [1])
    assert texts(wanda.get(HOME + "versions/"), "//main//button") == ["Give this draft up"]


def test_what_was_changed_since_it_was_looked_at_is_not_published(wanda, found, people):
    keep(wanda, "questions/wish/", text="Your one wish")
    approve(found, by=people.wanda, approver=people.lena)
    form = filled(wanda, HOME + "versions/")
    keep(wanda, "questions/wish/", text="Your only wish")
    approve(found, by=people.wanda, approver=people.lena)

    assert (wanda.post(HOME + "versions/", form).status_code, published()) == (400, [1])


def test_a_draft_is_given_up(wanda, found):
    keep(wanda, "questions/wish/", text="Your one wish")

    wanda.post(HOME + "versions/drop/")

    assert [version.number for version in found.versions.all()] == [1]


def test_the_first_version_is_not_given_up(people):
    found = consultation("other", open_now=False)

    browser_of(people.wanda).post("/en/desk/consultations/other/versions/drop/")

    assert found.versions.count() == 1


def test_the_file_has_the_fingerprint(wanda):
    file = wanda.get(HOME + "versions/1.json")

    assert hashlib.sha256(file.content).hexdigest() == Questionnaire.objects.get(number=1).sha256


def test_published_questions_never_change(wanda, found, people):
    """Whatever is done to the draft beside them, and whatever is asked of them directly."""
    before = found.versions.get(number=1)
    keep(wanda, "questions/wish/", text="Another")
    wanda.post(HOME + "undo/")
    wanda.post(HOME + "versions/drop/")
    for rest in ("questions/wish/", "sections/money/", "audiences/", "questions/wish/delete/", "questions/wish/show/"):
        assert wanda.post(HOME + rest, {"text": "Another"}).status_code == 404
    with pytest.raises(services.ValidationError):
        services.edit(found, "moved", lambda structure: {}, by=people.wanda)

    after = found.versions.get()
    assert (after.structure, after.sha256) == (before.structure, before.sha256)
    assert canonical_hash(after.structure) == after.sha256


def test_a_code_that_was_published_cannot_be_changed(wanda):
    keep(wanda, "questions/wish/", code="hope", text="A hope")

    structure = Questionnaire.objects.get(number=2).structure
    assert (find_question(structure, "hope"), find_question(structure, "wish")["text"]["en"]) == (None, "A hope")
