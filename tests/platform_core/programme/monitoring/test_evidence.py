"""Every number is the length of a list, whatever happened and whoever asks."""

import csv
import io
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from platform_core.identity.audit.services import dispatch_events
from platform_core.people.members import services as members
from platform_core.programme.monitoring.models import Evidence, Indicator, Period
from platform_core.programme.monitoring.selectors import evidence as selectors
from platform_core.programme.monitoring.selectors.evidence import Choice, Question
from platform_core.programme.monitoring.services import evidence
from repository import services as repository
from tests.factories.meetings import minuted
from tests.factories.network import network
from tests.factories.repository import record
from tests.people import add_organisation, add_person, browser_of
from workinggroups.services import minutes

pytestmark = pytest.mark.database
GUEST = AnonymousUser()


def number(code: str) -> int:
    return Indicator.objects.get(code=code).evidence.count()


def proof(code: str, user=GUEST, **asked):
    return selectors.proof(user, Indicator.objects.get(code=code), Question(**asked))


def officials(country: str, count: int, code: str) -> list:
    organisation = add_organisation(code, country=country)
    people = [add_person(f"{code}-{place}") for place in range(count)]
    for person in people:
        members.affiliate(person, organisation)
    return people


def test_a_practice_counts_from_its_publication_to_its_withdrawal(people):
    made = record("Vouchers")
    dispatch_events()
    published = number("p04")
    repository.withdraw(made, by=people.lena, why="Not true.")
    dispatch_events()

    assert (published, number("p04")) == (1, 0)


def test_of_many_events_that_wait_the_last_one_counts_for_all(people):
    for place in range(5):
        record(f"Practice {place}")
    assert number("p04") == 0

    dispatch_events()

    assert number("p04") == 5


def test_a_second_rebuild_changes_nothing(people, capsys):
    record("Vouchers", topics=[1, 4], countries=["AT", "BG"])
    officials("BG", 2, "ministry")
    evidence.rebuild()
    held = sorted(Evidence.objects.values_list())

    call_command("rebuild_evidence")

    assert capsys.readouterr().out == "0 added, 0 changed, 0 removed.\n"
    assert sorted(Evidence.objects.values_list()) == held


def test_a_rebuild_mends_what_was_altered(people):
    record("Vouchers")
    evidence.rebuild()
    Evidence.objects.filter(indicator__code="p04").update(day=date(2001, 1, 1))
    Evidence.objects.create(
        indicator=Indicator.objects.get(code="p04"), thing="x", object_id=1, key="x", day=date(2001, 1, 1)
    )

    found = evidence.rebuild({"repository.practices"})

    assert (found.added, found.changed, found.removed) == (0, 1, 1)


def test_final_minutes_count_on_the_day_of_the_meeting_until_they_are_opened_again(people):
    meeting, _item = minuted(people.wanda)
    minutes.finalise(meeting, by=people.wanda)
    dispatch_events()
    final = list(Evidence.objects.filter(indicator__code="o11").values_list("object_id", "day", "topics"))
    minutes.reopen(meeting, "A name is wrong.", by=people.wanda)
    dispatch_events()

    assert final == [(meeting.pk, meeting.local_starts.date(), "|4|")]
    assert number("o11") == 0


def test_a_network_counts_under_two_indicators(people):
    others = [add_organisation("second", country="BG"), add_organisation("third", country="SI")]
    founded = network(people.marko, others)
    founded.seats.update(state="confirmed", confirmed_on=date(2026, 5, 4))
    evidence.rebuild()

    assert {code: number(code) for code in ("r05", "p06")} == {"r05": 1, "p06": 1}


def test_the_repository_is_complete_with_the_last_topic(people):
    for topic in range(1, 6):
        record(f"Topic {topic}", topics=[topic])
    evidence.rebuild()
    incomplete = number("o06")
    last = record("Topic 6", topics=[6])
    evidence.rebuild()

    assert incomplete == 0
    assert list(Evidence.objects.filter(indicator__code="o06").values_list("object_id", "topics")) == [
        (last.pk, "|1|2|3|4|5|6|")
    ]


def test_guests_see_of_people_how_many_there_are_by_country(people):
    officials("BG", 7, "ministry")
    officials("SI", 2, "agency")
    officials("HR", 3, "county")
    evidence.rebuild()
    found = proof("p05")

    assert [(choice.code, choice.count) for choice in found.people.countries] == [("BG", 7), ("AT", 6)]
    assert (found.people.rest, found.total, found.shown) == (5, 18, 0)


def test_countries_that_would_give_a_small_one_away_are_put_with_it(people):
    officials("BG", 7, "ministry")
    officials("SI", 2, "agency")
    evidence.rebuild()

    assert proof("p05").people == selectors.Fold([Choice("BG", "Bulgaria", 7)], 8)


def test_members_see_the_names(people):
    officials("SI", 2, "agency")
    evidence.rebuild()
    found = proof("p05", people.ana)

    assert (found.total, found.shown, found.people.total) == (8, 8, 0)
    page = browser_of(people.ana).get("/en/programme/indicators/p05/")
    assert {entry["person"] for entry in page.context["entries"]} >= {"Marko", "Agency-0"}
    assert "Marko" not in browser_of(GUEST).get("/en/programme/indicators/p05/").content.decode()


@pytest.mark.parametrize("asked", [{"country": "SI"}, {"partner": "agency"}, {"country": "SI", "partner": "agency"}])
def test_a_filter_that_leaves_a_few_people_is_not_used(people, asked):
    officials("SI", 2, "agency")
    evidence.rebuild()

    assert proof("p05", **asked).total == proof("p05").total == 8


def test_what_the_reader_may_not_see_is_counted_and_not_shown(people):
    record("Open")
    record("For members", for_members=True)
    evidence.rebuild()
    guests, members_ = proof("p04"), proof("p04", people.ana)

    assert (guests.total, guests.shown, guests.closed) == (2, 1, 1)
    assert (members_.total, members_.shown, members_.closed) == (2, 2, 0)


def test_an_erased_person_leaves_and_the_number_with_her(people):
    gone, _other = officials("BG", 2, "ministry")
    evidence.rebuild()
    before = number("p05")
    gone.delete()
    between = proof("p05")
    evidence.rebuild()

    assert (before, between.total, between.people.total, number("p05")) == (8, 8, 8, 7)


@pytest.fixture
def practices(people):
    record("One", topics=[1], countries=["AT"], organisation=add_organisation("maker"))
    record("Two", topics=[1, 4], countries=["AT", "BG"])
    record("Three", topics=[4], countries=["SI"])
    Period.objects.filter(code="01").update(begins=date(2020, 1, 1), ends=date(2040, 1, 1))
    Period.objects.filter(code="02").update(begins=date(2041, 1, 1), ends=date(2042, 1, 1))
    evidence.rebuild()


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 3),
        ({"country": "AT"}, 2),
        ({"topic": "4"}, 2),
        ({"topic": "1", "country": "BG"}, 1),
        ({"partner": "maker"}, 1),
        ({"period": "01"}, 3),
        ({"period": "02"}, 0),
        ({"period": "03"}, 0),
        ({"stage": "preparation"}, 0),
        ({"topic": "x"}, 0),
    ],
)
def test_lists_are_cut_down(practices, asked, count):
    found = proof("p04", **asked)

    assert (found.total, found.shown) == (count, count)


def test_choices_tell_how_many_they_leave(practices):
    given = selectors.choices(Indicator.objects.get(code="p04"))

    for name, choices in given.items():
        assert [choice.count for choice in choices] == [proof("p04", **{name: choice.code}).total for choice in choices]
    assert {name: [choice.code for choice in choices] for name, choices in given.items()} == {
        "period": ["01"],
        "country": ["AT", "BG", "SI"],
        "partner": ["maker"],
        "topic": ["1", "4"],
        "stage": [],
    }


def test_the_table_adds_up_to_the_number(people):
    officials("BG", 7, "ministry")
    record("Open")
    record("For members", for_members=True)
    evidence.rebuild()
    for code in ("p04", "p05"):
        page = browser_of(GUEST).get(f"/en/programme/indicators/{code}/?csv")
        rows = list(csv.reader(io.StringIO(b"".join(page.streaming_content).decode("utf-8-sig"))))

        assert sum(int(row[-1]) for row in rows[1:]) == number(code)
        assert {len(row) for row in rows} == {12}


@pytest.mark.parametrize("code", ["p04", "p05"])
def test_pages_ask_as_much_for_three_entries_as_for_one(people, code):
    def asked() -> int:
        evidence.rebuild()
        with CaptureQueriesContext(connection) as found:
            selected = browser.get(f"/en/programme/indicators/{code}/")
        assert selected.status_code == 200
        return len(found)

    browser = browser_of(people.ana)
    record("One")
    first = asked()
    record("Two")
    record("Three")
    officials("BG", 2, "ministry")

    assert asked() == first
