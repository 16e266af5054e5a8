import pytest
from django.contrib.auth.models import AnonymousUser

from platform_core.identity.audit import services as audit
from platform_core.programme.search import selectors, services
from platform_core.programme.search.listing import topic_count
from repository import services as repository
from tests.factories.repository import record
from tests.settling import settle

from .asking import LABEL, ask, codes, counted, counts, open_to, seen_by, snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.database]

GUEST = AnonymousUser()


@pytest.fixture
def shelf(db):
    """Four records over topics, countries, kinds and years."""
    record("A", code="a", topics=[1, 4], countries=["AT"], year=2020)
    record("B", code="b", topics=[4], countries=["BG"], year=2021)
    record("C", code="c", topics=[1], countries=["BG", "EL"], year=2021, kind="lesson", regions=["EL30"])
    record("D", code="d", topics=[2], countries=[], year=2022, terms={"level": ["regional"], "axis": ["new_ventures"]})
    settle()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["d", "c", "b", "a"]),
        ({"topic": ["1"]}, ["c", "a"]),
        ({"topic": ["1", "2"]}, ["d", "c", "a"]),
        ({"topic": ["1"], "country": ["BG"]}, ["c"]),
        ({"topic": ["1", "4"], "country": ["AT", "EL"]}, ["c", "a"]),
        ({"topic": ["4"], "year": ["2021"]}, ["b"]),
        ({"level": ["regional"]}, ["d"]),
        ({"axis": ["new_ventures"], "topic": ["1"]}, []),
        ({"region": ["EL30"]}, ["c"]),
        ({"topic": ["99"]}, []),
        ({"country": ["\0"]}, []),
        ({"country": ["AT\0", "AT"]}, ["a"]),
        ({"colour": ["red"]}, []),
    ],
)
def test_choices_are_or_inside_a_dimension_and_and_across(shelf, filters, expected):
    assert codes(GUEST, **filters) == expected


def test_unfiltered_counts(shelf):
    found = counts(ask(GUEST))

    assert found["topic"] == {"1": 2, "2": 1, "4": 2}
    assert found["country"] == {"AT": 1, "BG": 2, "EL": 1}
    assert found["year"] == {"2020": 1, "2021": 2, "2022": 1}
    assert found["kind"] == {"good_practice": 3, "lesson": 1}


def test_filtered_dimension_is_counted_without_itself(shelf):
    found = counts(ask(GUEST, topic=["1"]))

    assert found["topic"] == {"1": 2, "2": 1, "4": 2}
    assert found["country"] == {"AT": 1, "BG": 1, "EL": 1}
    assert found["year"] == {"2020": 1, "2021": 1}


def test_two_filtered_dimensions_count_against_each_other(shelf):
    found = counts(ask(GUEST, topic=["1"], country=["BG"]))

    assert found["topic"] == {"1": 1, "4": 1}
    assert found["country"] == {"AT": 1, "BG": 1, "EL": 1}
    assert found["kind"] == {"lesson": 1}


def test_chosen_value_stays_when_nothing_has_it(shelf):
    answer = ask(GUEST, year=["1999"], country=["SK"])

    assert answer.total == 0
    assert [(one.code, one.count, one.selected) for one in answer.choices["year"]] == [("1999", 0, True)]
    assert [(one.code, one.count, one.selected) for one in answer.choices["country"]] == [("SK", 0, True)]


def test_years_come_newest_first(shelf):
    assert [choice.code for choice in ask(GUEST).choices["year"]] == ["2022", "2021", "2020"]


def test_words_narrow_the_counts(shelf):
    record("Vouchers", topics=[4], countries=["AT"], year=2019)
    settle()

    found = counts(ask(GUEST, "vouchers"))

    assert found["topic"] == {"4": 1}
    assert found["year"] == {"2019": 1}


@pytest.fixture
def mixed(people):
    """Records open to everybody, members, one organisation, one group, one person, editors; a draft and a withdrawn one."""
    ana = people.ana.affiliations.get().organisation_id
    audiences = ["public"], ["members"], [f"org:{ana}"], ["group:4"], [f"person:{people.carl.pk}"], ["tier:partner"]
    for number, keys in enumerate([*audiences, ["role:lead_partner", "members"], ["public", "group:4"]]):
        open_to(record(f"Record {number}", topics=[1 + number % 3], year=2015 + number), *keys)
    record("A draft", publish=False, by=people.marko, year=1999)
    repository.withdraw(record("Gone", year=1998), by=people.lena, why="wrong")
    settle()
    return people


def test_counts_equal_a_count_by_hand_for_everybody(mixed):
    for name, person in mixed.each():
        mine = seen_by(person)
        for answer in (ask(person), ask(person, "record")):
            assert (name, answer.total, counts(answer)) == (name, len(mine), counted(mine))
        first = [one for one in mine if one.topics.filter(number=1).exists()]
        expected = {**counted(first), "topic": counted(mine)["topic"]}
        assert (name, counts(ask(person, topic=["1"]))) == (name, expected)
        assert (name, topic_count(person, LABEL, 2)) == (name, expected["topic"].get("2", 0))


def test_nobody_sees_less_than_a_guest(mixed):
    public = set(codes(mixed.guest))

    assert {name: public - set(codes(person)) for name, person in mixed.each()} == {
        name: set() for name, _person in mixed.each()
    }
    assert len(public) == 2


def test_rebuild_changes_nothing(mixed):
    before, tallies = snapshot(), {name: selectors.tallies(person, LABEL) for name, person in mixed.each()}

    assert services.rebuild() == len(before["entries"])
    services.rebuild()

    assert snapshot() == before
    assert {name: selectors.tallies(person, LABEL) for name, person in mixed.each()} == tallies


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda one, lead: repository.withdraw(one, by=lead, why="wrong"), {}),
        (lambda one, lead: open_to(one, "members"), {}),
        (lambda one, lead: one.topics.set([2, 3]), {"2": 1, "3": 1}),
        (lambda one, lead: repository.publish(repository.withdraw(one, by=lead, why="x"), by=lead), {"1": 1}),
    ],
)
def test_counts_move_with_what_happens(people, change, expected):
    made = record("Vouchers", topics=[1])
    settle()
    assert selectors.tallies(people.guest, LABEL)["topic"] == {"1": 1}

    change(made, people.lena)
    audit.record("repository.deposited", made)
    settle()

    assert selectors.tallies(people.guest, LABEL).get("topic", {}) == expected
    assert counts(ask(people.guest, "vouchers")).get("topic", {}) == expected


def test_draft_is_counted_once_it_is_published(people):
    made = record("Vouchers", publish=False, by=people.marko)
    settle()
    assert ask(people.marko).total == 0

    repository.publish(made, by=people.wanda)
    settle()

    assert [ask(person).total for _name, person in people.each()] == [1] * 7
