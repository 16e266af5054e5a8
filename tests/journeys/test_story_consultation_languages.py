"""A consultation begun in English is translated at the desk, and opens in each language once its texts are reviewed."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Consultation
from platform_core.exchange.cases.models import Case
from platform_core.identity.access import services as access
from tests.consultations.views.pages import parsed, texts
from tests.consultations.views.test_editor import filled
from tests.people import add_person, browser_of
from tests.settling import settle

pytestmark = pytest.mark.database

HOME = "/en/desk/consultations/what-clusters-need/"
PAGE = "/consultations/what-clusters-need/"
REASON = "The other languages follow in spring."


@pytest.fixture
def rosa(people) -> Client:
    """The browser of somebody who reviews translations."""
    person = add_person("rosa")
    access.give_role(person, "reviewer")
    return browser_of(person)


@pytest.fixture
def wanda(people) -> Client:
    """Wanda's browser, who has begun a public consultation in English with the shared questions."""
    browser = browser_of(people.wanda)
    new = "/en/desk/consultations/new/"
    browser.post(new, filled(browser, new, title="What clusters need", summary="Tell us."))
    return browser


def keep(browser, rest: str, **typed):
    return browser.post(HOME + rest, filled(browser, HOME + rest, **typed))


def translate(browser: Client, language: str, **words: str):
    """Reviewed translations at the desk; the texts a page does not show are left alone."""
    address = reverse("languages:desk", args=["consultations.consultation", Consultation.objects.get().pk, language])
    page = browser.get(address)
    seen = dict(re.findall(r'name="(seen-[^"]+)" value="([^"]+)"', page.content.decode()))
    typed = {f"seen-{key}": seen[f"seen-{key}"] for key in words} | {f"text-{key}": text for key, text in words.items()}
    return browser.post(address, typed | {f"reviewed-{key}": "on" for key in words})


def opened(people, wanda: Client) -> None:
    lena = browser_of(people.lena)
    keep(lena, "settings/", language_reason=REASON)
    keep(wanda, "approval/", people=[people.lena.pk])
    settle()
    lena.post(f"/en/cases/{Case.objects.get().pk}/answer/approve/", {"reason": "Good questions"})
    wanda.post(HOME + "open/")


def languages(browser: Client) -> list[str]:
    return texts(browser.get(f"/en{PAGE}"), "//aside//*[h2='Languages of the questions']//li")


def test_languages_open_one_after_the_other(people, wanda, rosa):
    german = translate(rosa, "de", title="Was Cluster brauchen", summary="Sagen Sie es uns.")
    Consultation.objects.update(opens_at="2026-01-01T09:00Z")
    opened(people, wanda)
    guest, first = Client(), Consultation.objects.get().languages
    begun = languages(guest)

    translate(rosa, "it", title="Di cosa hanno bisogno i cluster", summary="Ditecelo.")
    settle()

    assert (german.status_code, first, begun) == (302, ["en", "de"], ["English", "Deutsch"])
    assert languages(guest) == ["English", "Italiano", "Deutsch"]
    answering = guest.get(guest.post(f"/it{PAGE}begin/").url)
    assert texts(answering, "//main//legend//*[@lang]") == []
    assert texts(guest.get(f"/it{PAGE}"), "//h1") == ["Di cosa hanno bisogno i cluster"]


def test_the_reason_is_said_once_and_its_translation_is_kept(people, wanda, rosa):
    opened(people, wanda)

    kept = translate(rosa, "de", language_reason="Die anderen Sprachen folgen im Frühjahr.")

    german, english = (rosa.get(f"/{code}{PAGE}").content.decode() for code in ("de", "en"))
    follow = parsed(rosa.get(f"/en{PAGE}")).xpath("//aside//form[contains(@action, 'follow')]")
    assert (kept.status_code, len(follow)) == (302, 1)
    assert (german.count("Die anderen Sprachen folgen im Frühjahr."), english.count(REASON)) == (1, 1)
