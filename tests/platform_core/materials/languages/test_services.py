import pytest

from platform_core.ground.texts.codes import CODES
from platform_core.materials.languages.models import TranslationState
from platform_core.materials.languages.selectors import (
    LanguageState,
    language_states,
    stale_languages,
)
from platform_core.materials.languages.services import note_translations
from platform_core.materials.languages.texts import translated_fields
from platform_core.people.members.models import Organisation
from tests.people import add_organisation

pytestmark = pytest.mark.database

NAME = {"en": "Cluster agency", "el": "Φορέας συστάδων", "bg": "Клъстерна агенция"}


def states(thing) -> dict[str, str]:
    """The state of each language in which something is written, as the database has it now."""
    found = {state.code: state.state for state in language_states(Organisation.objects.get(pk=thing.pk))}
    return {code: state for code, state in found.items() if state != "missing"}


def rewrite(thing, **fields) -> None:
    for name, texts in fields.items():
        setattr(thing, name, texts)
    thing.save()


@pytest.fixture
def agency(db) -> Organisation:
    """Named in three languages, its translations made from the present English name."""
    made = add_organisation("agency")
    rewrite(made, name=NAME)
    note_translations(made)
    return made


def test_fields_with_translations_are_found_by_their_type():
    assert translated_fields(Organisation()) == ["name", "description", "priorities"]


def test_every_language_has_one_state(agency):
    found = language_states(agency)

    assert [state.code for state in found] == list(CODES)
    assert found[:2] == [LanguageState("en", "source"), LanguageState("it", "missing")]


def test_translations_made_from_the_present_source_are_complete(agency):
    assert states(agency) == {"en": "source", "el": "complete", "bg": "complete"}
    assert stale_languages(agency) == set()


def test_translations_are_stale_once_the_source_reads_otherwise(agency):
    rewrite(agency, name={**NAME, "en": "Cluster agency of the region"})

    assert states(agency) == {"en": "source", "el": "stale", "bg": "stale"}
    assert stale_languages(agency) == {"el", "bg"}


def test_translations_are_complete_again_when_the_source_is_restored(agency):
    rewrite(agency, name={**NAME, "en": "Another name"})
    rewrite(agency, name=NAME)

    assert states(agency) == {"en": "source", "el": "complete", "bg": "complete"}


def test_a_translation_looked_over_is_complete_and_the_others_stay_stale(agency):
    rewrite(agency, name={**NAME, "en": "Cluster agency of the region"})

    note_translations(agency, ["el"])

    assert states(agency) == {"en": "source", "el": "complete", "bg": "stale"}


def test_noting_without_a_language_freshens_nothing(agency):
    rewrite(agency, name={**NAME, "en": "Cluster agency of the region"})

    note_translations(agency)

    assert stale_languages(agency) == {"el", "bg"}


def test_noting_twice_keeps_one_row_per_translation(agency):
    note_translations(agency, ["el", "bg"])

    rows = TranslationState.objects.filter(object_id=agency.pk, thing="members.organisation")
    assert sorted(rows.values_list("key", "language")) == [("name", "bg"), ("name", "el")]


def test_a_translation_nobody_noted_is_stale(agency):
    rewrite(agency, name={**NAME, "de": "Clusteragentur"})

    assert states(agency) == {"en": "source", "el": "complete", "bg": "complete", "de": "stale"}


def test_the_worst_field_counts(agency):
    rewrite(agency, description={"en": "It helps clusters.", "el": "Βοηθά τις συστάδες."})
    note_translations(agency)
    rewrite(agency, description={"en": "It helps small clusters.", "el": "Βοηθά τις συστάδες."})

    assert states(agency) == {"en": "source", "el": "stale"}


def test_the_source_may_be_another_language_than_english(db):
    agency = add_organisation("agency")
    rewrite(agency, name={"bg": "Агенция", "en": "Agency", "_source": "bg"})
    note_translations(agency)
    before = states(agency)

    rewrite(agency, name={"bg": "Клъстерна агенция", "en": "Agency", "_source": "bg"})

    assert (before, states(agency)) == ({"bg": "source", "en": "complete"}, {"bg": "source", "en": "stale"})


def test_a_thing_without_texts_is_missing_everywhere(db):
    assert {state.state for state in language_states(Organisation())} == {"missing"}
