import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from platform_core.identity.audit.models import Event
from platform_core.materials.trails import selectors, services
from platform_core.materials.trails.models import Trail
from tests.factories.governance import decision
from tests.factories.repository import record
from tests.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

BASED = "repository.based_on"


def rows(person, thing) -> list[tuple[str, str]]:
    return [(str(row.words), str(row.title)) for row in selectors.around(person, thing)]


def test_a_relation_is_read_from_both_ends(people):
    one, other = record("One"), record("Other")
    services.draw(BASED, one, other, by=people.lena, note="Chapter 2")

    assert rows(people.guest, one) == [("is based on", "Other")]
    assert rows(people.guest, other) == [("is the basis of", "One")]
    assert [event.payload for event in Event.objects.filter(verb="trails.drawn")] == [
        {"kind": BASED, "other": "repository.record", "other_id": other.pk}
    ]


def test_what_the_reader_may_not_see_is_not_told(people):
    one, hidden = record("One"), record("Hidden", publish=False, by=people.marko)
    services.draw(BASED, one, hidden)

    assert {name: rows(person, one) for name, person in people.each()} == {
        "lena": [("is based on", "Hidden")],
        "wanda": [("is based on", "Hidden")],
        "marko": [("is based on", "Hidden")],
        "ana": [],
        "petra": [],
        "carl": [],
        "guest": [],
    }


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda one, other: services.draw(BASED, one, one), "A thing cannot be related to itself."),
        (lambda one, other: services.draw(BASED, other, one), "The relation would go in a circle."),
        (lambda one, other: services.draw(BASED, one, other), "They are related in this way already."),
        (
            lambda one, other: services.draw("repository.nonsense", one, other),
            "These two cannot be related in this way.",
        ),
    ],
    ids=["itself", "circle", "twice", "unknown"],
)
def test_what_cannot_be_is_refused(people, make, told):
    one, other = record("One"), record("Other")
    services.draw(BASED, one, other)

    with pytest.raises(ValidationError) as refused:
        make(one, other)
    assert (refused.value.messages, Trail.objects.count()) == ([told], 1)


def test_a_circle_over_three_is_found_and_one_of_another_kind_is_none():
    one, two, three = record("One"), record("Two"), record("Three")
    services.draw(BASED, one, two)
    services.draw(BASED, two, three)
    services.draw("repository.supported_by", three, one)

    with pytest.raises(ValidationError):
        services.draw(BASED, three, one)


def test_other_kinds_of_things_are_no_targets(people):
    with pytest.raises(ValidationError):
        services.draw(BASED, record("One"), decision(people.lena))


@pytest.mark.parametrize("name", ["ana", "petra", "carl"])
def test_who_may_not_relate_a_record_does_not(people, name):
    one, other = record("One"), record("Other")

    with pytest.raises(PermissionDenied):
        services.draw(BASED, one, other, by=people.named(name))


def test_nobody_relates_to_what_she_may_not_see(people):
    own, hidden = record("Own", by=people.ana), record("Hidden", publish=False, by=people.marko)

    with pytest.raises(PermissionDenied):
        services.draw(BASED, own, hidden, by=people.ana)


def draw(person, thing, address: str, kind: str = BASED):
    data = {"kind": kind, "address": address, "note": "Chapter 2"}
    return browser_of(person).post(reverse("trails:draw", args=["repository.record", thing.pk]), data)


def test_a_relation_is_drawn_by_an_address_and_taken_away(people):
    one = record("One", by=people.marko)
    record("Other", code="other")
    answer = draw(people.marko, one, "https://testserver/el/repository/other/?page=2")

    browser = browser_of(people.marko)
    (row,) = browser.get(one.get_absolute_url()).context["relations"]
    assert (answer["Location"], str(row.title), row.note) == (one.get_absolute_url(), "Other", "Chapter 2")

    taken_away = browser.post(reverse("trails:erase", args=[row.pk]))
    assert (taken_away["Location"], Trail.objects.count()) == (one.get_absolute_url(), 0)


@pytest.mark.parametrize(
    "address", ["nonsense", "/en/repository/nothing/", "/en/members/", "http://[", "/en/repository/hidden/"]
)
def test_an_address_that_leads_nowhere_is_told(people, address):
    own = record("Own", by=people.ana)
    record("Hidden", code="hidden", publish=False, by=people.marko)
    answer = draw(people.ana, own, address)

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["address"])


@pytest.mark.parametrize(("name", "status"), [("ana", 403), ("petra", 403), ("guest", 302)])
def test_the_form_is_for_those_who_may(people, name, status):
    assert draw(people.named(name), record("One"), "/en/repository/other/").status_code == status


@pytest.mark.parametrize(("name", "status"), [("ana", 403), ("wanda", 302), ("guest", 302)])
def test_who_takes_a_relation_away(people, name, status):
    trail = services.draw(BASED, record("One"), record("Other"))
    answer = browser_of(people.named(name)).post(reverse("trails:erase", args=[trail.pk]))

    assert (answer.status_code, Trail.objects.count()) == (status, 0 if name == "wanda" else 1)


def test_taking_away_what_is_not_there_is_refused(people):
    assert browser_of(people.lena).post(reverse("trails:erase", args=[999])).status_code == 403
