"""Drafts at the desk, reviewed texts in the thing: what readers see was reviewed, and nothing is out of date in silence."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from consultations.models import Consultation
from consultations.translations import newest
from platform_core.ground.texts.codes import CODES
from platform_core.identity.access import services as access
from platform_core.identity.audit.models import Event
from platform_core.materials.languages import selectors, services
from platform_core.materials.languages.models import Progress, TranslationState
from platform_core.materials.languages.services import Entry
from platform_core.materials.languages.states import Readiness
from platform_core.materials.languages.texts import translatable
from repository import services as repository
from tests.factories.consultations import consultation
from tests.factories.repository import record
from tests.people import add_person

pytestmark = pytest.mark.database


@pytest.fixture
def tessa(people):
    """Translates, and belongs to no organisation."""
    person = add_person("tessa", "de")
    access.give_role(person, "translator")
    return person


@pytest.fixture
def rosa(people):
    """Reviews translations."""
    person = add_person("rosa")
    access.give_role(person, "reviewer")
    return person


@pytest.fixture
def practice(people):
    made = record("Vouchers", by=people.marko, details={"problem": {"en": "No money"}, "contact": {"en": "Ask Ann"}})
    return repository.change(made, by=None, summary={"en": "It worked.", "de": "Es ging."})


def keep(thing, language, by, reviewed=False, **texts):
    kind = translatable(thing._meta.label_lower)
    entries = {key.replace("__", "."): Entry(text, is_reviewed=reviewed) for key, text in texts.items()}
    return services.keep_translations(kind, thing, language, entries, by=by)


def state_of(thing, key, language):
    fresh = type(thing).objects.get(pk=thing.pk)
    return next(cell for cell in selectors.cells(fresh, language) if cell.text.key == key)


def test_details_of_a_record_come_to_the_desk(practice):
    assert [(cell.text.key, cell.state) for cell in selectors.cells(practice, "de")] == [
        ("title", "missing"),
        ("summary", "reviewed"),
        ("details.problem", "missing"),
        ("details.contact", "missing"),
    ]


def test_a_draft_waits_at_the_desk_and_readers_do_not_see_it(practice, tessa):
    keep(practice, "de", tessa, title="Gutscheine")

    practice.refresh_from_db()
    assert (dict(practice.title), practice.version) == ({"en": "Vouchers"}, 2)
    cell = state_of(practice, "title", "de")
    assert (cell.state, cell.current, cell.row.translator) == ("draft", "Gutscheine", tessa)


def test_a_reviewed_draft_goes_into_the_record_and_keeps_who_wrote_it(practice, tessa, rosa):
    keep(practice, "de", tessa, title="Gutscheine", details__problem="Kein Geld")

    keep(practice, "de", rosa, reviewed=True, title="Gutscheine", details__problem="Kein Geld!")

    practice.refresh_from_db()
    assert practice.title["de"] == "Gutscheine"
    assert practice.details["problem"] == {"en": "No money", "de": "Kein Geld!"}
    rows = {key: state_of(practice, key, "de").row for key in ("title", "details.problem")}
    assert [(row.translator, row.reviewer, row.draft) for row in rows.values()] == [(tessa, rosa, ""), (rosa, rosa, "")]


def test_a_translator_reviews_nothing(practice, tessa):
    with pytest.raises(PermissionDenied):
        keep(practice, "de", tessa, reviewed=True, title="Gutscheine")

    assert state_of(practice, "title", "de").state == "missing"


def test_what_is_out_of_date_shows_how_its_source_changed(practice, rosa):
    keep(practice, "de", rosa, reviewed=True, title="Gutscheine")

    repository.change(practice, by=None, title={"en": "New vouchers", "de": "Gutscheine"})

    cell = state_of(practice, "title", "de")
    assert cell.state == "stale"
    assert [(piece.kind, piece.text) for piece in cell.source_changes] == [
        ("gone", "Vouchers"),
        ("new", "New vouchers"),
    ]


def test_what_still_fits_after_a_change_is_found_good_again(practice, rosa):
    keep(practice, "de", rosa, reviewed=True, title="Gutscheine")
    repository.change(practice, by=None, title={"en": "Vouchers!", "de": "Gutscheine"})

    keep(practice, "de", rosa, reviewed=True, title="Gutscheine")

    assert state_of(practice, "title", "de").state == "reviewed"


def test_a_draft_of_an_older_source_is_out_of_date(practice, tessa):
    keep(practice, "de", tessa, title="Gutscheine")

    repository.change(practice, by=None, title={"en": "New vouchers"})

    assert state_of(practice, "title", "de").state == "stale"


def test_an_emptied_draft_falls_away(practice, tessa):
    keep(practice, "de", tessa, title="Gutscheine")
    keep(practice, "de", tessa, title="  ")

    assert state_of(practice, "title", "de").row is None


def test_a_draft_outlives_a_source_that_was_taken_away_for_a_while(practice, tessa):
    keep(practice, "de", tessa, details__problem="Kein Geld")

    repository.change(practice, by=None, details={})
    assert [cell.text.key for cell in selectors.cells(type(practice).objects.get(), "de")] == ["title", "summary"]
    repository.change(practice, by=None, details={"problem": {"en": "No money"}})

    assert state_of(practice, "details.problem", "de").current == "Kein Geld"


def test_nothing_is_kept_when_one_text_is_faulty(practice, tessa):
    with pytest.raises(ValidationError) as refused:
        keep(practice, "de", tessa, title="x" * 301, details__problem="Kein Geld")

    assert refused.value.message_dict == {"title": ["This has 301 characters; at most 300 are allowed."]}
    assert TranslationState.objects.exclude(draft="").count() == 0


def test_the_same_as_the_source_on_purpose(practice, tessa):
    kind = translatable("repository.record")
    services.keep_translations(kind, practice, "de", {"title": Entry("", is_same=True)}, by=tessa)

    cell = state_of(practice, "title", "de")
    assert (cell.current, cell.row.is_same) == ("Vouchers", True)


def test_editing_a_translation_in_the_thing_itself_makes_it_current(practice):
    repository.change(practice, by=None, summary={"en": "It worked well.", "de": "Es ging gut."})

    assert state_of(practice, "summary", "de").state == "reviewed"


def test_readiness_counts_every_text_that_is_written(practice):
    assert selectors.readiness(practice)["de"] == Readiness(
        language="de", texts=3, required=3, reviewed=1, missing=2, left=2
    )
    assert selectors.readiness(practice)["en"] == Readiness(language="en", texts=3, required=3, reviewed=3, sources=3)


def test_what_only_members_read_is_for_translators_who_are_members(people, practice, tessa):
    def met(person) -> set[str]:
        return {cell.text.key for cell in selectors.cells(practice, "de", person)}

    assert met(people.marko) - met(tessa) == {"details.contact"}
    keep(practice, "de", tessa, details__contact="Fragen Sie Ann")
    assert state_of(practice, "details.contact", "de").state == "missing"


def test_a_language_is_ready_without_what_only_members_read(practice, rosa):
    keep(practice, "de", rosa, reviewed=True, title="Gutscheine", details__problem="Kein Geld")

    practice.refresh_from_db()
    assert selectors.ready_languages(practice) == ["en", "de"]


def rows_of(model, thing):
    return model.objects.filter(thing="repository.record", object_id=thing.pk)


def test_progress_repeats_what_is_counted(practice, tessa):
    keep(practice, "de", tessa, title="Gutscheine")
    rows = rows_of(Progress, practice).order_by("language").values("language", *services.COUNTED)
    kept = list(rows)

    Progress.objects.all().delete()
    services.count_uncounted()

    assert list(rows.all()) == kept
    assert [row["drafts"] for row in kept if row["language"] == "de"] == [1]


def test_translations_that_came_in_unnoted_wait_for_review(practice):
    services.count_uncounted()
    rows_of(TranslationState, practice).delete()
    rows_of(Progress, practice).delete()

    assert services.count_uncounted() == 1
    assert state_of(practice, "summary", "de").state == "draft"
    assert services.count_uncounted() == 0


def test_states_of_what_is_gone_are_forgotten(practice, tessa):
    keep(practice, "de", tessa, title="Gutscheine")
    states, progress = rows_of(TranslationState, practice), rows_of(Progress, practice)
    practice.versions.all().delete()
    practice.delete()

    services.count_uncounted()

    assert (states.count(), progress.count()) == (0, 0)


def test_texts_of_a_questionnaire_go_into_the_version_that_is_not_published(rosa):
    held = consultation(open_now=False, languages=["en", "el", "bg", "de"])

    keep(held, "de", rosa, reviewed=True, q__audience__text="Wer sind Sie?", title="Geld", s__about__title="Über Sie")

    assert [version.number for version in held.versions.all()] == [1]
    section = newest(held).structure["sections"][0]
    assert (section["title"]["de"], section["questions"][0]["text"]["de"]) == ("Über Sie", "Wer sind Sie?")
    assert Consultation.objects.get(pk=held.pk).title["de"] == "Geld"


def test_what_was_published_is_never_changed_by_a_translation(rosa):
    held = consultation(languages=["en", "el", "bg", "de"])
    before = held.versions.get(number=1).structure

    keep(held, "de", rosa, reviewed=True, q__audience__text="Wer sind Sie?")
    keep(held, "de", rosa, reviewed=True, q__country__text="Wo?")

    assert held.versions.get(number=1).structure == before
    made = held.versions.get(number=2)
    assert (made.published_at, made.structure["sections"][0]["questions"][1]["text"]["de"]) == (None, "Wo?")


def test_a_questionnaire_is_ready_in_the_languages_it_was_written_in_whole(rosa):
    held = consultation(open_now=False)

    found = selectors.readiness(held)

    assert list(found) == list(CODES)
    told = [(found[code].reviewed, found[code].missing) for code in ("en", "bg", "el", "de")]
    assert told == [(17, 0), (7, 10), (7, 10), (0, 17)]
    assert selectors.ready_languages(held) == ["en"]


@pytest.mark.parametrize("name", ["ana", "carl", "petra"])
def test_who_may_not_translate_finds_nothing(people, practice, name):
    with pytest.raises(Http404):
        selectors.thing_for(people.named(name), "repository.record", practice.pk)


def test_who_deposited_a_record_may_translate_it(people, practice):
    kind, found = selectors.thing_for(people.marko, "repository.record", practice.pk)

    assert (found, selectors.may_review(people.marko, kind, found)) == (practice, False)


def test_translators_see_questionnaires_before_they_open(people, tessa):
    held = consultation(open_now=False)

    assert selectors.thing_for(tessa, "consultations.consultation", held.pk)[1] == held
    with pytest.raises(Http404):
        selectors.thing_for(people.marko, "consultations.consultation", held.pk)


def test_translators_are_told_once_when_their_source_changes(practice, tessa, rosa):
    keep(practice, "de", tessa, title="Gutscheine")
    keep(practice, "de", rosa, reviewed=True, title="Gutscheine")

    for title in ("Vouchers of today", "Vouchers of today"):
        repository.change(practice, by=None, title={"en": title, "de": "Gutscheine"})

    events = Event.objects.filter(verb="languages.source_changed")
    assert [event.payload for event in events] == [{"languages": ["de"]}]
