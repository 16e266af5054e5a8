"""Meetings as people use them, page by page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.meetings import dateless, item, meeting, minuted
from tests.factories.workinggroups import file_document
from tests.people import browser_of, hold_anyway
from workinggroups.models import Meeting
from workinggroups.services import agenda, meetings as services, minutes

pytestmark = pytest.mark.django_db

LIST = "/en/groups/4/meetings/"
EVERYBODY = ("lena", "wanda", "marko", "ana", "petra", "carl", "guest")


def statuses(people, address: str) -> dict[str, int]:
    return {name: browser_of(person).get(address).status_code for name, person in people.each()}


def expected(**found: int) -> dict[str, int]:
    return {name: found.get(name, found["others"]) for name in EVERYBODY}


def typed(**fields) -> dict:
    told = {
        "title": "Fourth meeting",
        "text": "",
        "language": "en",
        "starts": "2027-03-31T10:00",
        "length": "120",
        "time_zone": "Europe/Vienna",
        "form": "online",
        "place": "",
        "room": "",
        "call": "",
        "marking": "group",
    }
    return told | fields


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_queries_for_one_meeting_as_for_three(people, number, django_assert_num_queries):
    for days in range(number):
        meeting(people.wanda, days=days + 1)
    browser = browser_of(people.wanda)
    browser.get(LIST)

    with django_assert_num_queries(8):
        shown = browser.get(LIST)

    assert len(shown.context["page"].object_list) == number


@pytest.mark.parametrize("number", [1, 3])
def test_a_meeting_takes_as_many_queries_for_one_item_as_for_three(people, number, django_assert_num_queries):
    made = meeting(people.wanda)
    for place in range(number):
        item(made, people.wanda, f"Item {place}", documents=[file_document(people.wanda, f"{place}".encode())])
    browser = browser_of(people.wanda)
    browser.get(made.get_absolute_url())

    with django_assert_num_queries(25):
        shown = browser.get(made.get_absolute_url())

    assert len(shown.context["places"]) == number


def test_who_opens_a_meeting_of_the_group(people):
    made = meeting(people.wanda)

    assert statuses(people, made.get_absolute_url()) == expected(lena=200, wanda=200, others=404)


def test_others_find_no_trace_of_it_in_the_list(people):
    meeting(people.wanda)

    found = {name: len(browser_of(person).get(LIST).context["page"].object_list) for name, person in people.each()}

    assert found == expected(lena=1, wanda=1, others=0)


def test_guests_of_the_platform_read_no_names(people):
    made = meeting(people.wanda, marking="public")
    services.call(made, by=people.wanda)

    shown = browser_of(people.guest).get(made.get_absolute_url())

    assert (shown.context["participants"], shown.context["invited"]) == ([], 1)
    assert "Wanda" not in shown.text


@pytest.mark.parametrize(
    ("page", "inside"),
    [
        ("change/", {"lena", "wanda"}),
        ("people/", {"lena", "wanda"}),
        ("agenda/", {"lena", "wanda"}),
        ("cancel/", {"lena", "wanda"}),
        ("repeat/", {"lena", "wanda"}),
        ("dates/offer/", {"lena", "wanda"}),
        ("attendance/", {"lena", "wanda"}),
    ],
)
def test_who_works_on_a_public_meeting(people, page, inside):
    made = meeting(people.wanda, marking="public")
    services.call(made, by=people.wanda)

    found = statuses(people, f"{made.get_absolute_url()}{page}")

    outside = dict.fromkeys(("marko", "ana", "petra", "carl"), 403)
    assert found == {**dict.fromkeys(inside, 200), **outside, "guest": 302}


def test_a_meeting_is_planned_as_the_clocks_of_its_zone_show_it(people):
    browser_of(people.wanda).post(f"{LIST}plan/", typed())

    made = Meeting.objects.get()
    assert (made.title, made.starts.isoformat()) == ("Fourth meeting", "2027-03-31T08:00:00+00:00")
    assert made.ends - made.starts == timedelta(hours=2)


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"title": ""}, {"title": ["This field is required."]}),
        ({"starts": "2027-03-28T02:30"}, {"starts": ["The clocks skip this hour on that day."]}),
        ({"starts": "soon"}, {"starts": ["Please write it as 2027-03-31 14:30."]}),
        ({"room": "address"}, {"call": ["Please give the address of the room."]}),
        ({"room": "address", "call": "javascript:alert(1)"}, {"call": ["Enter a valid URL."]}),
        (
            {"room": "address", "title": ""},
            {"title": ["This field is required."], "call": ["Please give the address of the room."]},
        ),
        (
            {"time_zone": "Mars/Olympus"},
            {"time_zone": ["Select a valid choice. Mars/Olympus is not one of the available choices."]},
        ),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(people, fields, errors):
    answer = browser_of(people.wanda).post(f"{LIST}plan/", typed(**fields))

    assert (answer.status_code, answer.context["form"].errors) == (400, errors)
    assert Meeting.objects.count() == 0


def test_a_stale_form_is_kept_only_knowingly(people):
    made = meeting(people.wanda)
    browser = browser_of(people.wanda)
    address = f"{made.get_absolute_url()}change/"
    seen = browser.get(address).context["form"].stamp
    services.change(made, by=people.lena, title="Changed by Lena")

    first = browser.post(address, typed(seen=seen))
    second = browser.post(address, typed(seen=first.context["form"].data["seen"]))

    assert (first.status_code, second.status_code) == (400, 302)
    assert Meeting.objects.get().title == "Fourth meeting"


def test_invitations_sent_twice_go_out_once(people):
    made = meeting(people.wanda)
    browser = browser_of(people.wanda)

    answers = [browser.post(f"{made.get_absolute_url()}invitations/", follow=True) for _click in range(2)]

    told = [[str(message) for message in answer.context["messages"]] for answer in answers]
    assert told == [["The invitations go out."], ["The invitations are out already."]]


def test_the_date_is_found_over_the_pages(people):
    made = dateless(people.wanda)
    services.invite(made, [people.marko], by=people.wanda)
    wanda, marko = browser_of(people.wanda), browser_of(people.marko)
    lines = "2027-05-03 10:00\n2027-05-04 10:00"
    until = timezone.localdate() + timedelta(days=3)
    page = f"{made.get_absolute_url()}dates/"

    wanda.post(f"{page}offer/", {"dates": lines, "length": "60", "until": until})
    first, second = made.options.all()
    marko.post(page, {f"date-{first.pk}": "no", f"date-{second.pk}": "yes", "date-999": "yes"})
    shown = wanda.get(page)
    wanda.post(f"{page}{second.pk}/choose/")

    assert [(option.pk, option.yes) for option, _mine in shown.context["options"]] == [(first.pk, 0), (second.pk, 1)]
    made.refresh_from_db()
    assert (made.state, made.starts) == ("called", second.starts)


def test_minutes_are_written_over_the_pages(people):
    made, point = minuted(people.wanda)
    browser = browser_of(people.wanda)
    address = f"{made.get_absolute_url()}minutes/{point.pk}/write/"

    kept = browser.post(address, {"base": "1", "text": "We agreed on **two** things."})
    conflict = browser.post(address, {"base": "1", "text": "We agreed on nothing."})

    assert (kept.status_code, conflict.status_code) == (302, 400)
    assert conflict.context["form"].data["base"] == "2"
    assert "<strong>two</strong>" in browser.get(f"{made.get_absolute_url()}minutes/").text


def test_hostile_minutes_are_harmless(people):
    made, _point = minuted(
        people.wanda, "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    )

    shown = browser_of(people.wanda).get(f"{made.get_absolute_url()}minutes/").text

    assert [words in shown for words in ("<script>alert", 'href="javascript', "<img src=x")] == [False, False, False]


def test_draft_minutes_of_a_public_meeting_are_not_there_for_others(people):
    made, _point = minuted(people.wanda, marking="public")
    page = f"{made.get_absolute_url()}minutes/"
    before = statuses(people, page)

    minutes.finalise(made, by=people.wanda)

    assert before == expected(lena=200, wanda=200, others=404)
    assert statuses(people, page) == expected(others=200)


def test_the_room_is_for_those_invited(people):
    made = meeting(people.wanda, marking="public", room="address", call="https://rooms.example.org/four")
    services.call(made, by=people.wanda)

    found = {name: browser_of(person).get(f"{made.get_absolute_url()}call/") for name, person in people.each()}

    assert {name: answer.status_code for name, answer in found.items()} == expected(wanda=302, guest=302, others=404)
    assert found["wanda"].url == "https://rooms.example.org/four"
    assert "rooms.example.org" not in browser_of(people.marko).get(made.get_absolute_url()).text


def test_the_agenda_of_another_meeting_is_not_reached(people):
    one, other = meeting(people.wanda), meeting(people.wanda, days=9)
    point = item(other, people.wanda)

    assert browser_of(people.wanda).post(f"{one.get_absolute_url()}agenda/{point.pk}/remove/").status_code == 404


def test_a_restricted_paper_is_not_named_to_who_may_not_open_it(people):
    made = meeting(people.wanda)
    item(made, people.wanda, documents=[file_document(people.wanda, name="secret-plan.txt", marking="restricted")])
    services.invite(made, [people.petra], by=people.wanda)

    assert "secret-plan" not in browser_of(people.petra).get(made.get_absolute_url()).text


def test_changing_an_item_keeps_the_papers_whoever_changes_it_cannot_see(people):
    hold_anyway(people.marko, "wg_representative", scope="group:4")
    made, paper = meeting(people.marko), file_document(people.wanda, marking="restricted")
    point = item(made, people.wanda, documents=[paper])

    agenda.change_item(point, by=people.marko, title="Funds", documents=[])

    assert list(point.documents.all()) == [paper]
