"""Whoever translated a text, or has taken it on, is told when its source changes; and leaves no name behind."""

import pytest

from platform_core.exchange.messaging.models import Notice
from platform_core.identity.access import services as access
from platform_core.identity.access.models import RoleAssignment
from platform_core.materials.languages import selectors, services
from platform_core.materials.languages.models import Assignment, TranslationState
from platform_core.materials.languages.services import Entry
from platform_core.materials.languages.texts import translatable
from platform_core.people.privacy import services as privacy
from repository import services as repository
from tests.factories.repository import record
from tests.people import add_person
from tests.settling import settle

pytestmark = pytest.mark.database
KIND = "repository.record"


@pytest.fixture
def tessa(people):
    person = add_person("tessa", "de")
    access.give_role(person, "translator")
    return person


@pytest.fixture
def practice(tessa):
    made = record("Vouchers")
    services.keep_translations(translatable(KIND), made, "de", {"title": Entry("Gutscheine")}, by=tessa)
    return made


def told(person) -> list[tuple[str, str, str]]:
    settle()
    found = Notice.objects.filter(recipient=person, channel=Notice.Channel.SITE, kind="languages.source_changed")
    return [(notice.subject, notice.text, notice.address) for notice in found]


def test_a_translator_is_told_which_language_is_out_of_date(tessa, practice):
    repository.change(practice, by=None, title={"en": "New vouchers"})

    [(_subject, text, address)] = told(tessa)
    assert ("New vouchers" in text, "Deutsch" in text) == (True, True)
    assert address == f"/de/desk/languages/{KIND}/{practice.pk}/"


def test_whoever_has_taken_a_language_on_is_told_as_well(people, practice):
    rosa = add_person("rosa")
    access.give_role(rosa, "translator")
    services.take_on(translatable(KIND), practice, "de", by=rosa)
    other = add_person("olga")
    access.give_role(other, "translator")
    services.take_on(translatable(KIND), practice, "el", by=other)

    repository.change(practice, by=None, title={"en": "New vouchers"})

    assert [len(told(rosa)), len(told(other))] == [1, 0]


def test_whoever_changed_the_source_is_not_told_of_it(people):
    made = record("Vouchers", by=people.marko, publish=False)
    for title in ({"en": "Vouchers", "de": "Gutscheine"}, {"en": "New vouchers", "de": "Gutscheine"}):
        repository.change(made, by=people.marko, title=title)

    assert selectors.readiness(type(made).objects.get())["de"].stale == 1
    assert told(people.marko) == []


def test_nobody_is_told_when_only_what_is_not_translated_changes(tessa, practice):
    repository.change(practice, by=None, summary={"en": "Something else"})

    assert told(tessa) == []


def test_who_may_translate_no_more_is_told_nothing(tessa, practice):
    RoleAssignment.objects.filter(person=tessa).delete()

    repository.change(practice, by=None, title={"en": "New vouchers"})

    assert told(tessa) == []


def test_the_same_change_is_told_once_and_the_next_one_again(tessa, practice):
    for title in ("New vouchers", "New vouchers", "Newer vouchers"):
        repository.change(practice, by=None, title={"en": title})

    assert len(told(tessa)) == 2


def test_erasure_leaves_the_translation_and_no_name(tessa, practice):
    services.take_on(translatable(KIND), practice, "de", by=tessa)

    privacy.erase(tessa)

    row = TranslationState.objects.get(key="title", language="de")
    assert (row.draft, row.translator, Assignment.objects.count()) == ("Gutscheine", None, 0)
