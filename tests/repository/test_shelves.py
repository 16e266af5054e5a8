"""Reading lists and collections: who keeps them, who sees them, what they give away."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from platform_core.identity.access.models import SecretLink
from platform_core.identity.audit.models import Event
from platform_core.programme.search.models import SavedSearch
from repository.models import Collection, ReadingList
from tests.factories.repository import collection, record
from tests.people import browser_of
from tests.platform_core.programme.search.asking import open_to
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def on_list(person, *made) -> ReadingList:
    browser = browser_of(person)
    for one in made:
        assert browser.post(f"/en/repository/{one.code}/keep/").status_code == 302
    return ReadingList.objects.filter(person=person).earliest("pk")


def titles(answer) -> list[str]:
    return [str(item.record.title) for item, _kind in answer.context["rows"]]


def test_records_are_put_on_a_list_once(people):
    one, two = record("One"), record("Two")

    held = on_list(people.carl, one, two, one)

    assert (held.name, titles(browser_of(people.carl).get(held.get_absolute_url()))) == (
        "My reading list",
        ["One", "Two"],
    )


def test_several_lists(people):
    made, browser = record("One"), browser_of(people.carl)
    browser.post("/en/repository/one/keep/", {"name": "Budgets"})
    browser.post("/en/repository/one/keep/", {"name": "Skills"})
    second = ReadingList.objects.get(name="Skills")
    browser.post(f"/en/repository/{made.code}/keep/", {"list": str(second.pk)})

    assert [(held.name, held.number) for held in browser.get("/en/repository/reading/").context["lists"]] == [
        ("Budgets", 1),
        ("Skills", 1),
    ]


def test_lists_of_others_are_not_there(people):
    held = on_list(people.carl, record("One"))
    place = held.get_absolute_url()

    deeds = {"": "get", "share/": "post", "end-sharing/": "post", "drop/": "post"}
    answers = {deed: getattr(browser_of(people.lena), way)(place + deed).status_code for deed, way in deeds.items()}
    answers["keep"] = browser_of(people.lena).post("/en/repository/one/keep/", {"list": str(held.pk)}).status_code

    assert set(answers.values()) == {404}
    assert browser_of(people.guest).get(place).status_code == 302
    assert ReadingList.objects.get().items.count() == 1


def test_a_link_shows_what_its_reader_may_see_until_it_is_ended(people):
    public, hidden = record("Public"), open_to(record("For members"), "members")
    held, browser = on_list(people.ana, public, hidden), browser_of(people.ana)

    told = browser.post(f"{held.get_absolute_url()}share/")
    address = told.context["address"].removeprefix("http://testserver")

    assert b"reading/shared/" not in browser.get(held.get_absolute_url()).content
    assert titles(browser_of(people.guest).get(address)) == ["Public"]
    assert titles(browser_of(people.marko).get(address)) == ["Public", "For members"]
    browser.post(f"{held.get_absolute_url()}end-sharing/")
    assert browser_of(people.guest).get(address).status_code == 404


def test_a_dropped_list_takes_its_links_with_it(people):
    held, browser = on_list(people.ana, record("Public")), browser_of(people.ana)
    browser.post(f"{held.get_absolute_url()}share/")
    browser.post(f"{held.get_absolute_url()}drop/")

    assert (ReadingList.objects.count(), SecretLink.objects.filter(revoked_at=None).count()) == (0, 0)


@pytest.mark.parametrize("style", ["bib", "ris", "json", "csv", "xlsx"])
def test_lists_are_taken_along(people, style):
    held = on_list(people.carl, record("One"), record("Two"))

    answer = browser_of(people.carl).get(f"{held.get_absolute_url()}?{style}")

    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer["Content-Disposition"] == f'attachment; filename="reading-list.{style}"'
    if style == "json":
        assert [item["id"] for item in json.loads(content)] == ["one", "two"]
    if style == "ris":
        assert content.decode().count("TY  - ") == 2


def test_guests_are_asked_to_sign_in_before_they_keep(people):
    record("One")

    assert browser_of(people.guest).post("/en/repository/one/keep/")["Location"].startswith("/en/account/login/")


FORM = {"title": "What vouchers did", "intro": "Read *this* first.", "query": "?q=vouchers&page=2", "topic": "4"}


def test_a_leader_makes_a_collection_of_her_topic(people):
    browser = browser_of(people.wanda)
    assert browser.get("/en/repository/collections/new/?q=vouchers").context["form"]["query"].value() == "q=vouchers"

    wrong = browser.post("/en/repository/collections/new/", {**FORM, "topic": "3"})
    right = browser.post("/en/repository/collections/new/", {**FORM, "is_public": "on"})

    assert (wrong.status_code, [*wrong.context["form"].errors]) == (422, ["topic"])
    assert right["Location"] == "/en/repository/collections/what-vouchers-did/"
    kept = Collection.objects.get()
    assert (kept.query, kept.topic_id, kept.is_public) == ("q=vouchers", 4, True)


def test_other_languages_are_kept_when_one_is_changed(people):
    made = collection(topic_id=4)
    browser = browser_of(people.lena)

    browser.post(f"/el{made.get_absolute_url()[3:]}change/", {**FORM, "title": "Κουπόνια", "is_public": "on"})

    kept = Collection.objects.get()
    assert dict(kept.title) == {"en": "What vouchers did", "el": "Κουπόνια"}


def deeds(person, made) -> list[str]:
    places = {"see": "", "change": "change/", "drop": "drop/"}
    browser, address = browser_of(person), made.get_absolute_url()
    return [deed for deed, place in places.items() if browser.get(address + place).status_code == 200]


def test_who_sees_and_changes_collections(people):
    public, draft = collection("Public"), collection("Draft", is_public=False, topic_id=4)
    names = ("lena", "wanda", "marko", "guest")

    found = {name: {made.code: deeds(people.named(name), made) for made in (public, draft)} for name in names}

    everything, nothing = ["see", "change", "drop"], []
    assert found == {
        "lena": {"public": everything, "draft": everything},
        "wanda": {"public": ["see"], "draft": everything},
        "marko": {"public": ["see"], "draft": nothing},
        "guest": {"public": ["see"], "draft": nothing},
    }


def test_the_feeds_and_the_search_kept_of_a_collection_hold_what_it_holds(people):
    made = collection(query="q=vouchers&topic=4")
    record("Vouchers in topic 4", code="in", countries=["EL"])
    record("Vouchers in topic 3", code="out", topics=[3], countries=["EL"])
    record("Guarantees in topic 4", code="other", countries=["EL"])
    settle()
    browser = browser_of(people.carl)

    context = browser.get(f"{made.get_absolute_url()}?country=EL").context
    feed = json.loads(browser.get(context["json_feed"]).content)
    kept = context["search_form"].initial
    browser.post("/en/search/saved/keep/", {**kept, "alert": ""})
    found = browser.get(browser.get(f"/en/search/saved/{SavedSearch.objects.get().pk}/").headers["Location"])

    assert [item["url"] for item in feed["items"]] == ["http://testserver/en/repository/in/"]
    assert [row.address for row in found.context["rows"]] == ["/en/repository/in/"]
    assert b"/repository/in/" in browser.get(context["atom"]).content
    assert b"/repository/out/" not in browser.get(context["atom"]).content


def test_a_collection_stands_on_its_topic_page_until_it_is_dropped(people, client):
    collection("What vouchers did", topic_id=4)
    settle()
    assert client.get("/en/topics/4-finance/").content.count(b"What vouchers did") == 1

    browser_of(people.lena).post("/en/repository/collections/what-vouchers-did/drop/")
    settle()

    assert client.get("/en/topics/4-finance/").content.count(b"What vouchers did") == 0
    assert Event.objects.filter(verb="repository.collection_dropped").count() == 1


def test_lists_cost_the_same_at_1_and_3_rows(people):
    browser, counts = browser_of(people.carl), []
    for more in (1, 2):
        for _place in range(more):
            held = on_list(people.carl, record("One"))
            collection(f"Collection {held.items.count()}", topic_id=4)
            ReadingList.objects.create(person=people.carl, name=f"List {held.items.count()}")
        places = (held.get_absolute_url(), "/en/repository/collections/", "/en/repository/reading/")
        counts.append([asked(browser, place) for place in places])

    assert counts[0] == counts[1]


def asked(browser, place: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(place).status_code == 200
    return len(queries)
