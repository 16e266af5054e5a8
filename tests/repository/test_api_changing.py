"""Programs change records as the form on the web does, and walk through all of them."""

from datetime import date

import pytest

from repository import api, services
from repository.models import Record
from tests.factories.repository import record
from tests.repository.test_api_writing import API, GIVEN, post, program
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PLACE = f"{API}/records/vouchers"


def patch(client, given: dict, mark: str | None = None, place: str = PLACE):
    told = client.get(place.replace("/records/", "/drafts/"))["ETag"] if mark is None else mark
    headers = {"If-Match": told} if told else {}
    return client.patch(place, given, content_type="application/json", headers=headers)


def draft(people, **fields) -> Record:
    return record("Vouchers", code="vouchers", kind="report", publish=False, by=people.marko, **fields)


EVERYTHING = {
    "title": "Innovation vouchers",
    "summary": "Short",
    "description": "Long",
    "topics": [1, 4],
    "keywords": ["cluster-financing"],
    "countries": ["EL"],
    "regions": ["EL30"],
    "begins": "2020-01-01",
    "ends": "2021-01-01",
    "level": ["regional"],
    "cycle_stage": ["implementation"],
    "creators": ["Ana Papadaki | person"],
    "year": 2023,
    "languages": ["el"],
    "funding": "ERDF",
    "licence": "CC0-1.0",
    "for_members": True,
    "files_for": "members",
    "files_from": "2030-05-01",
    "details": {"method": "Counting"},
}


def test_every_field_of_a_draft_is_changed(people):
    draft(people)

    told = patch(program(people.marko), EVERYTHING)

    found = told.json()
    same = ("topics", "countries", "regions", "begins", "ends", "year", "languages", "funding", "licence")
    same = (*same, "for_members", "files_for", "files_from")
    assert (told.status_code, {name: found[name] for name in same}) == (200, {name: EVERYTHING[name] for name in same})
    assert found["keywords"] == ["cluster-financing", "innovation", "innovation-voucher"]
    assert (found["title"], found["details"]) == ({"en": "Innovation vouchers"}, {"method": {"en": "Counting"}})
    assert (found["terms"], found["natures"]) == (
        {"level": ["regional"], "cycle_stage": ["implementation"]},
        {"Ana Papadaki": "person"},
    )
    made = Record.objects.get()
    assert (made.files_from, str(made.description)) == (date(2030, 5, 1), "Long")


def test_what_is_not_named_stays_and_other_languages_too(people):
    made = draft(people, funding="ERDF")
    services.change(made, by=people.marko, title=made.title.with_text("el", "Κουπόνια"))

    patch(program(people.marko), {"title": "Cheques"})
    patch(program(people.marko), {"title": "Επιταγές", "summary": "Σ", "language": "el"})

    made.refresh_from_db()
    assert (dict(made.title), made.funding, made.creators) == (
        {"en": "Cheques", "el": "Επιταγές"},
        "ERDF",
        ["A regional authority"],
    )


@pytest.mark.parametrize(
    ("given", "column"),
    [
        ({"title": ""}, "title"),
        ({"topics": []}, "topics"),
        ({"year": 1066}, "year"),
        ({"creators": ["Ana | woman"]}, "creators"),
        ({"keywords": ["zqnothing"]}, "keywords"),
        ({"begins": "2024-01-01", "ends": "2020-01-01"}, "ends"),
        ({"files_for": "nobody"}, "files_for"),
        ({"details": {"problem": "x"}}, "problem"),
        ({"details": {"method": ["Counting"]}}, "method"),
        ({"organisation": "org-lena"}, "organisation"),
    ],
)
def test_what_the_form_refuses_is_refused(people, given, column):
    made = draft(people)

    answer = patch(program(people.marko), given)

    assert (answer.status_code, [row["column"] for row in answer.json()["problems"]]) == (422, [column])
    assert (str(Record.objects.get().title), made.year) == ("Vouchers", Record.objects.get().year)


def test_a_stale_change_is_refused_with_the_mark_of_now(people):
    draft(people)
    client = program(people.marko)
    old = client.get(f"{API}/drafts/vouchers")["ETag"]
    patch(client, {"year": 2020})

    answer = patch(client, {"year": 2021}, old)

    assert (answer.status_code, Record.objects.get().year) == (409, 2020)
    assert client.get(f"{API}/drafts/vouchers").json()["mark"] == answer.json()["mark"]
    assert patch(client, {"year": 2021}, "").status_code == 428


@pytest.mark.parametrize("given", [{"state": "published"}, {"kind": "lesson"}, {"nonsense": 1}])
def test_what_no_form_changes_is_refused(people, given):
    draft(people)

    assert patch(program(people.marko), given).status_code == 422


def test_who_changes(people):
    draft(people)
    mark = program(people.marko).get(f"{API}/drafts/vouchers")["ETag"]

    told = {
        name: patch(program(people.named(name), "records.write"), {"year": 2020}, mark).status_code
        for name in ("marko", "ana", "petra")
    }

    assert told == {"marko": 200, "ana": 404, "petra": 404}
    assert patch(program(people.marko, "records.publish"), {"year": 2021}, mark).status_code == 403


@pytest.mark.parametrize("scopes", [("records.write",), ("records.write", "records.publish")])
def test_what_is_published_is_changed_with_both_scopes_alone(people, scopes):
    made = draft(people)
    services.publish(made)
    client = program(people.wanda, *scopes)

    told = patch(client, {"for_members": True, "note": "Not for all"})
    put = client.put(f"{PLACE}/texts/en?note=New", {"title": "A", "summary": "B"}, content_type="application/json")

    made.refresh_from_db()
    allowed = len(scopes) == 2
    assert (told.status_code, put.status_code, made.for_members, str(made.title)) == (
        (200, 200, True, "A") if allowed else (403, 403, False, "Vouchers")
    )


def test_names_that_are_known_keep_what_is_known_of_them(people):
    made = draft(people)
    creators = ["Ana Papadaki | https://orcid.org/0000-0002-1825-0097", "Office | organisation", "Someone"]
    patch(program(people.marko), {"creators": creators})

    patch(program(people.marko), {"creators": ["Ana Papadaki", "Office", "Someone", "New | person"]})

    made.refresh_from_db()
    assert (made.creators, made.identifiers, made.natures) == (
        ["Ana Papadaki", "Office", "Someone", "New"],
        {"Ana Papadaki": "https://orcid.org/0000-0002-1825-0097"},
        {"Office": "organisation", "New": "person"},
    )


def test_what_is_published_is_revised_with_a_note(people):
    services.publish(draft(people))
    client = program(people.wanda, "records.write", "records.publish")

    without = patch(client, {"year": 2020})
    told = patch(client, {"year": 2020, "note": "The year was wrong"})

    assert (without.status_code, [row["column"] for row in without.json()["problems"]]) == (422, ["note"])
    assert (told.status_code, [one["note"] for one in told.json()["versions"]]) == (200, ["The year was wrong", ""])
    assert client.get(f"{API}/records/vouchers")["ETag"] == f'"{told.json()["mark"]}"'
    both = program(people.marko, "records.write", "records.publish")
    assert patch(both, {"year": 2021, "note": "Again"}).status_code == 403


def test_an_embargo_comes_with_a_deposit(people):
    answer = post(program(people.marko), "records", {**GIVEN, "files_for": "asked", "files_from": "2030-01-01"})

    made = Record.objects.get()
    assert (answer.status_code, made.files_for, made.files_from) == (201, "asked", date(2030, 1, 1))
    wrong = post(program(people.marko), "records", {**GIVEN, "files_for": "nobody", "files_from": "soon"})
    assert sorted(row["column"] for row in wrong.json()["problems"]) == ["files_for", "files_from"]


def test_all_records_are_walked_through_at_one_price(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(api, "AT_ONCE", 3)
    made = [record(f"Record {number}", code=f"r{number}", topics=[1 + number % 2]) for number in range(8)]
    settle()

    def walk(query: str) -> list[str]:
        codes, cursor = [], "start"
        while cursor:
            told = client.get(f"{API}/records?cursor={cursor}{query}").json()
            codes += [one["code"] for one in told["records"]]
            cursor = told["next"]
        return codes

    newest = [one.code for one in reversed(made)]
    assert (walk(""), walk("&q=record")) == (newest, newest)
    assert walk("&topic=1") == [code for code in newest if int(code[1:]) % 2 == 0]
    assert client.get(f"{API}/records?cursor=nonsense").status_code == 422


def test_drafts_are_paged(people, monkeypatch):
    monkeypatch.setattr(api, "AT_ONCE", 2)
    for number in range(3):
        record(f"Draft {number}", publish=False, by=people.marko)
    client = program(people.marko)

    pages = [client.get(f"{API}/drafts?page={number}") for number in (1, 2, 3)]

    assert [len(page.json()) for page in pages] == [2, 1, 0]
    assert {page["X-Pages"] for page in pages} == {"2"}
