"""The list, the board, the timeline and the pages of tasks, as people use them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories.tasks import task
from tests.people import add_member, browser_of, hold_anyway
from workinggroups.models import Task
from workinggroups.services import tasks as services

pytestmark = pytest.mark.django_db

LIST = "/en/groups/4/tasks/"


def titles(answer) -> list[str]:
    return [one.title for one in answer.context["page"]]


@pytest.mark.parametrize("page", [LIST, f"{LIST}board/", f"{LIST}timeline/", f"{LIST}add/", f"{LIST}bring/"])
def test_who_enters(people, page):
    found = {name: browser_of(person).get(page).status_code for name, person in people.each()}

    outside = dict.fromkeys(("marko", "ana", "petra", "carl"), 403)
    assert found == {"lena": 200, "wanda": 200, **outside, "guest": 302}


@pytest.mark.parametrize(("page", "queries"), [(LIST, 15), (f"{LIST}board/", 17), (f"{LIST}timeline/", 10)])
@pytest.mark.parametrize("number", [1, 3])
def test_pages_take_as_many_queries_for_one_task_as_for_three(people, page, queries, number, django_assert_num_queries):
    first = task(people.wanda, "First", due_on=timezone.localdate())
    for place in range(number):
        task(people.wanda, f"Task {place}", owner=people.wanda, due_on=timezone.localdate(), waits_for=[first])
    browser = browser_of(people.wanda)
    browser.get(page)

    with django_assert_num_queries(queries):
        browser.get(page)


def test_my_tasks_of_every_group_and_of_my_organisation(people):
    task(people.wanda, "Mine", owner=people.ana)
    task(people.wanda, "Ours", organisation=people.ana.affiliations.get().organisation)
    task(people.wanda, "Hers", owner=people.petra)

    shown = {name: titles(browser_of(people.named(name)).get("/en/groups/tasks/mine/")) for name in ("ana", "petra")}

    assert shown == {"ana": ["Mine", "Ours"], "petra": ["Hers"]}


def test_the_list_is_narrowed_and_ordered(people):
    day = timezone.localdate()
    task(people.wanda, "Late", due_on=day - timedelta(days=1), period=2)
    task(people.wanda, "Begun", owner=people.wanda, state="in_progress", due_on=day)
    task(people.wanda, "Away", state="dropped", text="Of vouchers")
    browser = browser_of(people.wanda)

    asked = (
        "",
        "state=late",
        "state=all&sort=title",
        "whose=mine",
        "state=all&q=voucher",
        "period=2",
        "whose=nobody",
        "state=x",
    )
    assert [titles(browser.get(f"{LIST}?{query}")) for query in asked] == [
        ["Late", "Begun"],
        ["Late"],
        ["Away", "Begun", "Late"],
        ["Begun"],
        ["Away"],
        ["Late"],
        ["Late"],
        ["Late", "Begun"],
    ]


def test_a_task_is_added_once_however_often_the_form_is_sent(people):
    browser = browser_of(people.wanda)
    before = task(people.wanda, "Before")
    typed = {"key": "k1", "title": "Write", "kind": "task", "waits_for": f"#{before.pk}", "due_on": "2030-05-01"}

    first, second = browser.post(f"{LIST}add/", typed), browser.post(f"{LIST}add/", typed)

    made = Task.objects.get(title="Write")
    assert (first.url, second.url) == (made.get_absolute_url(),) * 2
    assert (made.due_on, list(made.waits_for.all())) == (date(2030, 5, 1), [before])


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"due_on": "31.31.2030"}, "due_on"),
        ({"waits_for": "999999"}, "waits_for"),
        ({"waits_for": "the others"}, "waits_for"),
        ({"begins_on": "2030-05-02", "due_on": "2030-05-01"}, "due_on"),
        ({"owner": "999999"}, "owner"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(people, typed, field):
    sent = {"title": "Write", "kind": "task", "text": "Long words", **typed}

    answer = browser_of(people.wanda).post(f"{LIST}add/", sent)

    assert (answer.status_code, list(answer.context["form"].errors), Task.objects.count()) == (400, [field], 0)
    assert "Long words" in answer.content.decode()


def test_nothing_is_overwritten_that_somebody_changed_meanwhile(people):
    made = task(people.wanda, "Write")
    browser, address = browser_of(people.wanda), f"{made.get_absolute_url()}change/"
    form = browser.get(address).context["form"]
    services.change(made, by=people.lena, due_on=date(2030, 5, 1))
    typed = {"title": "Write more", "kind": "task", "seen": form["seen"].value()}

    first = browser.post(address, typed)
    second = browser.post(address, {**typed, "seen": first.context["form"]["seen"].value()})

    made.refresh_from_db()
    assert (first.status_code, second.status_code, made.title) == (400, 302, "Write more")


def test_several_tasks_are_changed_at_once(people):
    tasks = [task(people.wanda, title) for title in ("One", "Two", "Three")]
    sent = {"task": [tasks[0].pk, tasks[1].pk], "state": "done", "owner": people.wanda.pk}

    browser_of(people.wanda).post(f"{LIST}several/", sent)

    rows = Task.objects.order_by("pk").values_list("state", "owner")
    assert list(rows) == [("done", people.wanda.pk), ("done", people.wanda.pk), ("open", None)]


@pytest.mark.parametrize("sent", [{"state": "done"}, {"task": ["1", "x"]}, {"task": ["1"], "due_on": "never"}])
def test_changing_nothing_or_none_is_told(people, sent):
    assert browser_of(people.wanda).post(f"{LIST}several/", sent).status_code == 400


def test_the_board_moves_a_task_and_comes_back(people):
    made = task(people.wanda, "Write")
    browser = browser_of(people.wanda)

    sent = browser.post(f"{made.get_absolute_url()}move/", {"state": "in_progress", "next": f"{LIST}board/"})
    away = browser.post(f"{made.get_absolute_url()}move/", {"state": "done", "next": "https://example.com/"})

    columns = {one.state: one.number for one in browser.get(f"{LIST}board/").context["columns"]}
    assert (sent.url, away.url) == (f"{LIST}board/", made.get_absolute_url())
    assert columns == {"open": 0, "in_progress": 0, "done": 1, "dropped": 0}


def test_whoever_a_task_is_given_to_says_how_far_it_is_and_nobody_else(people):
    made = task(people.wanda, "Write", owner=people.petra)
    address = f"{made.get_absolute_url()}move/"

    codes = {
        name: browser_of(people.named(name)).post(address, {"state": "done"}).status_code
        for name in ("marko", "carl", "petra")
    }

    made.refresh_from_db()
    assert (codes, made.state) == ({"marko": 404, "carl": 404, "petra": 302}, "done")


def test_the_timeline_marks_months(people):
    task(people.wanda, "Write", begins_on=date(2030, 2, 10), due_on=date(2030, 4, 2))
    task(people.wanda, "Whenever")

    lines = browser_of(people.wanda).get(f"{LIST}timeline/?from=2030-01").context["lines"]
    other = browser_of(people.wanda).get(f"{LIST}timeline/?from=2031-01").context["lines"]

    assert [(line.task.title, line.marks[:6]) for line in lines] == [("Write", ["", "on", "on", "due", "", ""])]
    assert other == []


@pytest.mark.parametrize("month", ["", "x", "2030-13", "9999-99", "²030-01"])
def test_a_month_that_is_none_shows_the_present(people, month):
    assert browser_of(people.wanda).get(f"{LIST}timeline/?from={month}").status_code == 200


def test_a_task_is_discussed_by_those_it_concerns(people):
    made = task(people.wanda, "Write", owner=people.ana)
    address = f"{made.get_absolute_url()}say/"

    sent = browser_of(people.ana).post(address, {"text": "Half of it."})
    empty = browser_of(people.ana).post(address, {"text": " "})
    strange = browser_of(people.marko).post(address, {"text": "Hm."})

    page = browser_of(people.wanda).get(made.get_absolute_url())
    assert [said.text for said in page.context["comments"]] == ["Half of it."]
    assert (sent.status_code, empty.status_code, strange.status_code) == (302, 400, 404)


@pytest.mark.parametrize("language", ["en", "de", "bg"])
def test_days_stay_when_a_task_is_changed_in_any_language(people, language):
    made = task(people.wanda, "Write", due_on=date(2030, 5, 1))

    page = browser_of(people.wanda).get(f"/{language}/groups/tasks/{made.pk}/change/")

    assert 'name="due_on" value="2030-05-01"' in page.content.decode()


def test_all_or_none_are_changed_when_one_is_somebody_elses(people):
    expert = add_member("xenia", "full")
    hold_anyway(expert, "wg_expert", scope="group:4")
    own, other = task(expert, "Own"), task(people.wanda, "Other")
    sent = {"task": [own.pk, other.pk], "state": "done"}

    answer = browser_of(expert).post(f"{LIST}several/", sent)

    assert (answer.status_code, set(Task.objects.values_list("state", flat=True))) == (400, {"open"})


def test_parts_stand_with_what_they_are_part_of(people):
    day, browser = timezone.localdate(), browser_of(people.wanda)
    whole = task(people.wanda, "Whole", due_on=day + timedelta(days=9))
    task(people.wanda, "Between", due_on=day + timedelta(days=5))
    told = {"title": "Part", "kind": "task", "due_on": day.isoformat(), "parent": f"#{whole.pk}"}
    browser.post(f"{LIST}add/", told)
    task(people.wanda, "Done", due_on=day, parent=whole, state="done")
    page = browser.get(f"{LIST}?state=all")
    words = " ".join(page.content.decode().split())

    assert titles(page) == ["Between", "Whole", "Part", "Done"]
    assert (words.count('class="part"'), words.count("1 of 2 parts done")) == (2, 1)


def test_a_number_that_is_no_task_is_told_beside_its_field(people):
    answer = browser_of(people.wanda).post(f"{LIST}add/", {"title": "Part", "kind": "task", "parent": "99999"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["parent"])
