import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from platform_core.materials.drafts import selectors, services
from platform_core.materials.drafts.models import Draft
from platform_core.people.members.forms.applications import ApplyForm
from tests.people import browser_of

pytestmark = pytest.mark.database

ADDRESS = reverse("drafts:keep", args=["members.application", "org-ana"])


def test_a_form_is_kept_with_all_its_values(people):
    browser = browser_of(people.ana)

    told = browser.post(ADDRESS, {"motivation": "Να μάθουμε", "topic_4": ["gains"], "csrfmiddlewaretoken": "x"}).json()

    draft = Draft.objects.get()
    assert (draft.person, draft.kind, draft.key) == (people.ana, "members.application", "org-ana")
    assert (draft.fields, told["version"]) == ({"motivation": ["Να μάθουμε"], "topic_4": ["gains"]}, 1)


def test_a_draft_fills_its_form_again(people):
    services.keep(people.ana, "k", "", {"tier": ["full"], "motivation": ["Why"], "unknown": ["x"]})

    assert selectors.initial_of(selectors.draft_of(people.ana, "k"), ApplyForm) == {"tier": "full", "motivation": "Why"}
    assert selectors.initial_of(None, ApplyForm) == {}


def test_a_second_window_overwrites_nothing(people):
    browser = browser_of(people.ana)
    browser.post(ADDRESS, {"motivation": "first"})
    browser.post(ADDRESS, {"motivation": "second", "draft_version": "1"})

    refused = browser.post(ADDRESS, {"motivation": "other window", "draft_version": "1"})

    assert (refused.status_code, refused.json()) == (
        409,
        {"saved": "This form was changed in another window. Load the page again to go on from there."},
    )
    assert Draft.objects.get().fields == {"motivation": ["second"]}


def test_what_is_too_long_is_refused_and_the_former_stays(people):
    services.keep(people.ana, "k", "", {"text": ["short"]})

    with pytest.raises(ValidationError):
        services.keep(people.ana, "k", "", {"text": ["x" * (services.LIMIT + 1)]}, version=1)

    assert Draft.objects.get().fields == {"text": ["short"]}


def test_drafts_belong_to_one_person(people):
    services.keep(people.ana, "k", "", {"text": ["hers"]})

    assert selectors.draft_of(people.marko, "k") is None
    services.discard(people.marko, "k")
    assert Draft.objects.count() == 1
    services.discard(people.ana, "k")
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(("method", "status"), [("get", 405), ("post", 302)])
def test_guests_keep_nothing(people, method, status):
    browser = browser_of(people.guest if method == "post" else people.ana)

    assert getattr(browser, method)(ADDRESS).status_code == status
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(
    ("address", "typed", "status"),
    [
        (f"/en/drafts/{'k' * 61}/", {"a": "b"}, 400),
        (f"/en/drafts/k/{'k' * 81}/", {"a": "b"}, 400),
        ("/en/drafts/k/", {"a": "nul\x00"}, 400),
        ("/en/drafts/k/", {"a": "b", "draft_version": "9" * 5000}, 200),
    ],
)
def test_what_no_form_sends_is_refused_in_words(people, address, typed, status):
    assert browser_of(people.ana).post(address, typed).status_code == status
