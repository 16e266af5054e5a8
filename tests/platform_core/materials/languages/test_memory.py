"""What was translated before is suggested, from things one may translate and with their name."""

import pytest

from platform_core.identity.access import services as access
from platform_core.materials.languages import memory, selectors
from repository import services as repository
from tests.factories.consultations import consultation
from tests.factories.repository import record
from tests.people import add_person

pytestmark = pytest.mark.database


@pytest.fixture
def tessa(people):
    person = add_person("tessa")
    access.give_role(person, "translator")
    return person


def suggested(person, thing, language="de") -> dict[str, list[tuple[int, str, str]]]:
    texts = [cell.text for cell in selectors.cells(thing, language)]
    found = memory.suggestions(person, language, texts, ("repository.record", thing.pk))
    return {key: [(one.percent, one.text, one.title) for one in some] for key, some in found.items() if some}


@pytest.fixture
def earlier(people):
    made = record("Vouchers for small firms", by=people.marko)
    return repository.change(made, by=None, title={"en": "Vouchers for small firms", "de": "Gutscheine für Kleine"})


@pytest.mark.parametrize(
    ("title", "percent"),
    [
        ("Vouchers for small firms", [100]),
        ("Vouchers for small firms!", [97]),
        ("Voucher for small firms", [97]),
        ("Vouchers for the universities of the coast", []),
    ],
)
def test_the_same_and_nearly_the_same_is_suggested(tessa, earlier, title, percent):
    found = suggested(tessa, record(title))

    told = [(one, "Gutscheine für Kleine", "Vouchers for small firms") for one in percent]
    assert found.get("title", []) == told


def test_what_differs_is_shown(tessa, earlier):
    texts = [cell.text for cell in selectors.cells(record("Vouchers for big firms"), "de")]

    found = memory.suggestions(tessa, "de", texts, ("repository.record", 0))["title"][0]
    assert [(piece.kind, piece.text) for piece in found.pieces if piece.kind != "same"] == [
        ("gone", "small "),
        ("new", "big "),
    ]


def test_other_languages_are_not_suggested(tessa, earlier):
    assert suggested(tessa, record("Vouchers for small firms"), "el") == {}


def test_a_text_is_not_suggested_to_itself(tessa, earlier):
    repository.change(earlier, by=None, title={"en": "Vouchers for small firms.", "de": "Gutscheine für Kleine"})
    earlier.refresh_from_db()

    assert "title" not in suggested(tessa, earlier)


def test_nothing_comes_from_things_one_may_not_translate(people, tessa, earlier):
    own = record("Vouchers for small firms", by=people.ana)

    assert suggested(people.ana, own) == {}
    assert "title" in suggested(people.marko, own)


def test_questionnaires_help_records_and_their_drafts_do_not_leak(people, tessa):
    consultation(open_now=False, title={"en": "A secret plan for clusters", "de": "Ein Plan"})
    own = record("A secret plan for clusters", by=people.ana)

    assert suggested(people.ana, own) == {}
    assert suggested(tessa, own)["title"] == [(100, "Ein Plan", "A secret plan for clusters")]


def test_what_only_members_read_is_never_suggested(tessa):
    contact = {"contact": {"en": "Ask Ann at the office", "de": "Fragen Sie Ann im Amt"}}
    repository.change(record("One", details=contact), by=None, year=2020)

    other = record("Two", details={"problem": {"en": "Ask Ann at the office"}})

    assert suggested(tessa, other) == {}


def test_the_number_of_queries_is_independent_of_what_is_remembered(tessa, earlier, django_assert_num_queries):
    other = record("Vouchers for small firms")
    texts = [cell.text for cell in selectors.cells(other, "de")]
    for number in range(3):
        made = record(f"Vouchers for small firms {number}")
        repository.change(made, by=None, title={"en": f"Vouchers for small firms {number}", "de": f"Nr. {number}"})
    list(selectors.kinds()[0].things(tessa))

    with django_assert_num_queries(4):
        assert len(memory.suggestions(tessa, "de", texts, ("repository.record", other.pk))["title"]) == 3
