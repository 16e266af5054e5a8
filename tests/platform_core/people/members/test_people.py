import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from platform_core.identity.access import services as access
from platform_core.people.members import people as showing
from platform_core.people.members.forms.people import FIELDS, is_orcid
from tests.people import add_member, browser_of

TYPED = {"about": "Knows wood", "topics": ["2"], "languages": ["el"], "orcid": "0000-0002-1825-0097", "phone": "+30 1"}


def levels(**chosen) -> dict[str, str]:
    return {f"shown_{name}": chosen.get(name, "members") for name in FIELDS}


def tell(person, **chosen):
    return browser_of(person).post(reverse("members:own_profile"), TYPED | levels(**chosen))


def read_by(people, name: str, person) -> set[str]:
    found = showing.shown_to(people.named(name), list(showing.profiles().filter(person=person)))
    return set(found[0].fields) if found else set()


@pytest.mark.parametrize(
    ("level", "readers"),
    [
        ("me", {"ana"}),
        ("groups", {"ana", "wanda"}),
        ("members", {"ana", "lena", "wanda", "marko"}),
        ("public", {"ana", "lena", "wanda", "marko", "petra", "carl", "guest"}),
    ],
)
def test_each_field_is_read_by_those_its_owner_chose(people, level, readers):
    access.give_role(people.ana, "wg_expert", scope="group:4")
    tell(people.ana, name="public", phone=level)

    assert {name for name, _person in people.each() if "phone" in read_by(people, name, people.ana)} == readers


def test_what_a_guest_reads_every_member_reads(people):
    tell(people.ana, name="public", about="public", email="me", topics="members")

    guest, member = read_by(people, "guest", people.ana), read_by(people, "marko", people.ana)
    assert (guest, guest <= member) == ({"name", "about"}, True)


@pytest.mark.parametrize(("name", "status"), [("ana", 200), ("marko", 200), ("petra", 404), ("guest", 404)])
def test_whose_name_is_hidden_does_not_exist(people, name, status):
    tell(people.ana)

    assert browser_of(people.named(name)).get(reverse("members:profile", args=[people.ana.pk])).status_code == status


def test_who_never_told_anything_is_in_no_list(people):
    browser = browser_of(people.marko)

    assert len(browser.get(reverse("members:people_directory")).context["page"]) == 0
    assert browser.get(reverse("members:profile", args=[people.ana.pk])).status_code == 404


@pytest.mark.parametrize(
    ("asked", "by", "found"),
    [
        ({"topic": "2"}, "marko", 1),
        ({"topic": "3"}, "marko", 0),
        ({"language": "el"}, "marko", 1),
        ({"words": "AN"}, "marko", 1),
        ({"words": "nobody"}, "marko", 0),
        ({"topic": "2"}, "guest", 0),
        ({}, "guest", 1),
    ],
)
def test_people_are_found_by_what_is_open_to_the_reader(people, asked, by, found):
    tell(people.ana, name="public")

    page = browser_of(people.named(by)).get(reverse("members:people_directory"), asked)

    assert len(page.context["page"]) == found


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"orcid": "0000-0002-1825-0098"}, "orcid"),
        ({"orcid": "x"}, "orcid"),
        ({"links": "javascript:alert(1)"}, "links"),
        ({"topics": ["9"]}, "topics"),
        ({"shown_phone": "world"}, "shown_phone"),
    ],
)
def test_what_is_wrong_is_named(people, typed, wrong):
    response = browser_of(people.ana).post(reverse("members:own_profile"), TYPED | levels() | typed)

    assert (response.status_code, list(response.context["form"].errors)) == (400, [wrong])


@pytest.mark.parametrize(
    ("orcid", "good"), [("0000-0002-1825-0097", True), ("0000-0002-1694-233X", True), ("0", False)]
)
def test_check_character_of_an_orcid(orcid, good):
    assert is_orcid(orcid) is good


def test_the_list_costs_the_same_for_one_and_three(people):
    browser, numbers = browser_of(people.marko), []
    for names in (["ana"], ["dora", "emil"]):
        for name in names:
            tell(people.ana if name == "ana" else add_member(name, "full"))
        browser.get(reverse("members:people_directory"))
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(reverse("members:people_directory"))
        numbers.append((len(page.context["page"]), len(queries)))

    assert (numbers[0][0], numbers[1][0], numbers[0][1]) == (1, 3, numbers[1][1])


def test_a_number_beyond_all_numbers_is_nobody(people):
    assert browser_of(people.guest).get(f"/en/people/{'9' * 23}/").status_code == 404


@pytest.mark.parametrize("level", ["me", "groups", "members", "public"])
def test_the_list_and_the_page_agree_on_who_may_read(people, level):
    access.give_role(people.ana, "wg_expert", scope="group:4")
    tell(people.ana, name=level)

    for _name, reader in people.each():
        listed = [profile.person_id for profile in showing.people(reader)]
        shown = [one.pk for one in showing.shown_to(reader, list(showing.profiles()))]
        assert listed == shown
