"""A file that comes back: shown first, kept only when asked, with what was translated here meanwhile as a conflict."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from platform_core.identity.access import services as access
from platform_core.materials.languages import round_trip, selectors, services
from platform_core.materials.languages.exchange import tables
from platform_core.materials.languages.exchange.units import Unit, units
from platform_core.materials.languages.models import BroughtFile, TranslationState
from platform_core.materials.languages.services import Entry
from platform_core.materials.languages.texts import translatable
from repository import services as repository
from tests.factories.repository import record
from tests.people import add_person

pytestmark = pytest.mark.database
KIND = "repository.record"
PARTS = ("new", "changed", "unchanged", "conflict", "unknown", "faulty")


@pytest.fixture
def tessa(people):
    person = add_person("tessa")
    access.give_role(person, "translator")
    return person


@pytest.fixture
def rosa(people):
    person = add_person("rosa")
    access.give_role(person, "reviewer")
    return person


@pytest.fixture
def practice(db):
    return record("Vouchers", details={"problem": {"en": "No {money}"}})


def file_of(content: bytes, ending: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"texts.{ending}", content)


def edited(thing, texts: dict[str, str], state: str = "draft", language: str = "de", name: str = ""):
    """A table as it was taken along, with these translations in it."""
    rows = [
        Unit(unit.key, language, texts.get(unit.key, unit.text), state, unit.mark)
        for unit in units(thing, [language], None)
    ]
    return file_of(tables.as_csv(name or f"{KIND}:{thing.pk}", rows), "csv")


def brought(thing, by, file) -> BroughtFile:
    return round_trip.bring(translatable(KIND), thing, file, by=by)


def seen(thing, file, by) -> dict[str, list[str]]:
    fresh = type(thing).objects.get(pk=thing.pk)
    shown = round_trip.preview(translatable(KIND), fresh, file, by)
    return {part: [row.unit["key"] for row in shown.of(part)] for part in PARTS if shown.of(part)}


def kept(thing, file, by, conflicts=()):
    kind, fresh = translatable(KIND), type(thing).objects.get(pk=thing.pk)
    stamp = round_trip.preview(kind, fresh, file, by).stamp
    return round_trip.keep(kind, fresh, file, by=by, stamp=stamp, conflicts=frozenset(conflicts))


def states(thing) -> dict[str, tuple[str, str]]:
    fresh = type(thing).objects.get(pk=thing.pk)
    return {cell.text.key: (cell.state, cell.current) for cell in selectors.cells(fresh, "de")}


def write(thing, by, text: str, key: str = "title"):
    services.keep_translations(translatable(KIND), thing, "de", {key: Entry(text)}, by=by)


@pytest.mark.parametrize("ending", ["xlf", "csv", "xlsx"])
def test_a_file_that_was_only_taken_along_changes_nothing(practice, tessa, ending):
    write(practice, tessa, "= Gutscheine\n<&> «x»")
    before = list(TranslationState.objects.order_by("pk").values())

    file = brought(practice, tessa, file_of(round_trip.taken(practice, ["de", "el"], ending, user=tessa), ending))

    assert seen(practice, file, tessa) == {"unchanged": ["title"]}
    assert kept(practice, file, tessa) == (0, 0)
    assert list(TranslationState.objects.order_by("pk").values()) == before


def test_nothing_is_kept_before_it_is_asked_for(practice, tessa):
    file = brought(practice, tessa, edited(practice, {"title": "Gutscheine", "summary": "Es ging."}))

    assert seen(practice, file, tessa) == {"new": ["title", "summary"]}
    assert states(practice)["title"] == ("missing", "")


def test_what_is_new_is_kept_as_drafts(practice, tessa):
    file = brought(practice, tessa, edited(practice, {"title": "Gutscheine"}, state="final"))

    assert kept(practice, file, tessa) == (1, 0)
    assert states(practice)["title"] == ("draft", "Gutscheine")


def test_what_is_final_is_reviewed_when_its_bringer_may_review(practice, rosa):
    file = brought(practice, rosa, edited(practice, {"title": "Gutscheine"}, state="final"))

    assert kept(practice, file, rosa) == (0, 1)
    assert states(practice)["title"] == ("reviewed", "Gutscheine")


def test_what_was_translated_here_meanwhile_is_a_conflict(practice, tessa, rosa):
    file = brought(practice, tessa, edited(practice, {"title": "Gutscheine", "summary": "Es ging."}))
    write(practice, rosa, "Schecks")

    assert seen(practice, file, tessa) == {"new": ["summary"], "conflict": ["title"]}
    assert kept(practice, file, tessa) == (1, 0)
    assert states(practice)["title"] == ("draft", "Schecks")


def test_a_conflict_is_kept_when_it_is_chosen(practice, tessa, rosa):
    file = brought(practice, tessa, edited(practice, {"title": "Gutscheine"}))
    write(practice, rosa, "Schecks")

    assert kept(practice, file, tessa, ["de:title"]) == (1, 0)
    assert states(practice)["title"] == ("draft", "Gutscheine")


def test_a_source_that_changed_meanwhile_is_a_conflict(practice, tessa):
    file = brought(practice, tessa, edited(practice, {"title": "Gutscheine"}))
    repository.change(practice, by=None, title={"en": "New vouchers"})

    shown = round_trip.preview(translatable(KIND), type(practice).objects.get(), file, tessa)
    assert [row.words for row in shown.of("conflict")] == [["The source has changed since the file was taken."]]


def test_unknown_texts_and_faulty_ones_are_named_and_not_kept(practice, tessa):
    rows = [
        Unit("details.problem", "de", "Kein {Geld}"),
        Unit("details.nothing", "de", "x"),
        Unit("title", "de", "y" * 301),
    ]
    file = brought(practice, tessa, file_of(tables.as_csv("", rows), "csv"))

    assert seen(practice, file, tessa) == {"unknown": ["details.nothing"], "faulty": ["details.problem", "title"]}
    assert kept(practice, file, tessa) == (0, 0)


def test_nothing_is_kept_when_something_changed_since_the_preview(practice, tessa, rosa):
    kind = translatable(KIND)
    file = brought(practice, tessa, edited(practice, {"title": "Gutscheine", "summary": "Es ging."}))
    stamp = round_trip.preview(kind, practice, file, tessa).stamp
    write(practice, rosa, "Schecks")

    with pytest.raises(ValidationError, match="Something has changed meanwhile"):
        round_trip.keep(kind, practice, file, by=tessa, stamp=stamp)

    assert states(practice)["summary"] == ("missing", "")


def test_a_file_is_kept_once(practice, tessa):
    file = brought(practice, tessa, edited(practice, {"title": "Gutscheine"}))
    kept(practice, file, tessa)

    with pytest.raises(ValidationError, match="This file was kept already"):
        kept(practice, file, tessa)


def test_a_file_of_another_thing_is_refused(practice, tessa):
    with pytest.raises(ValidationError, match="taken from something else"):
        brought(practice, tessa, edited(practice, {"title": "x"}, name=f"{KIND}:{practice.pk + 1}"))


def test_a_file_that_is_too_large_is_refused_unread(practice, tessa):
    file = file_of(b"", "csv")
    file.size = 50_000_000

    with pytest.raises(ValidationError, match="larger than can be read"):
        brought(practice, tessa, file)


def test_others_neither_bring_nor_see_files(practice, people, tessa):
    file = brought(practice, tessa, edited(practice, {"title": "Gutscheine"}))

    with pytest.raises(PermissionDenied):
        brought(practice, people.carl, edited(practice, {"title": "x"}))
    with pytest.raises(Http404):
        selectors.brought_for(people.lena, file.pk)


def test_files_are_forgotten_after_a_month(practice, tessa):
    file = brought(practice, tessa, edited(practice, {"title": "Gutscheine"}))

    assert services.drop_brought(file.brought_at) == 0
    assert services.drop_brought(file.brought_at.replace(year=file.brought_at.year + 1)) == 1
