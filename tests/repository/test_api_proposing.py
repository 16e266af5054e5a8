"""Programs propose what their owner may not change herself."""

import pytest

from platform_core.exchange.cases import services as cases
from platform_core.exchange.cases.models import Case
from repository import services
from repository.models import Proposal, Record
from tests.factories.repository import record
from tests.repository.test_api_writing import API, program
from tests.settling import settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PLACE = f"{API}/records/vouchers"
BETTER = {"title": "Better vouchers", "year": 2023, "note": "Better"}


def published(people, **fields) -> Record:
    made = record("Vouchers", code="vouchers", kind="report", publish=False, by=people.marko, year=2024, **fields)
    services.publish(made)
    return made


def propose(client, given: dict, mark: str | None = None):
    told = client.get(PLACE)["ETag"] if mark is None else mark
    headers = {"If-Match": told} if told else {}
    return client.post(f"{PLACE}/proposals", given, content_type="application/json", headers=headers)


def stands() -> tuple:
    made = Record.objects.get()
    return str(made.title), made.year, made.version


@pytest.mark.parametrize("scopes", [("records.write",), ("records.write", "records.publish")])
def test_the_refusal_of_a_change_says_where_it_can_be_proposed(people, scopes):
    published(people)
    client = program(people.marko, *scopes)
    mark = client.get(PLACE)["ETag"]

    refused = client.patch(PLACE, BETTER, content_type="application/json", headers={"If-Match": mark})
    other = program(people.ana, "records.write", "records.publish").patch(
        PLACE, BETTER, content_type="application/json", headers={"If-Match": mark}
    )

    assert (refused.status_code, refused.json()["proposals"]) == (403, f"{PLACE}/proposals")
    assert (other.status_code, other.json()) == (403, {"detail": "You may not do this."})
    address = refused.json()["proposals"]
    answer = client.post(address, BETTER, content_type="application/json", headers={"If-Match": mark})
    assert answer.status_code == 201


def test_room_around_a_note_is_not_kept(people):
    published(people)

    answer = propose(program(people.marko), BETTER | {"note": "Better" + 600 * " "})

    assert (answer.status_code, Proposal.objects.get().note) == (201, "Better")


def test_a_proposal_changes_nothing_until_it_is_taken_over(people):
    made = published(people)

    answer = propose(program(people.marko), BETTER)
    before = stands()
    settle()
    cases.answer(Case.objects.get(kind="repository.proposal"), "taken", by=people.wanda, reason="Right.")

    told = answer.json()
    kept = Proposal.objects.get()
    assert (answer.status_code, told["record"], told["note"], told["fields"]) == (
        201,
        "vouchers",
        "Better",
        ["title/en", "year"],
    )
    assert kept.changes == {"title/en": ["Vouchers", "Better vouchers"], "year": [2024, 2023]}
    assert (kept.record, kept.person, before, stands()) == (
        made,
        people.marko,
        ("Vouchers", 2024, 1),
        ("Better vouchers", 2023, 2),
    )


def test_a_new_proposal_takes_the_place_of_the_one_that_waits(people):
    published(people)
    client = program(people.marko)

    for year in (2021, 2022):
        propose(client, {"year": year, "note": "Better"})

    told = Proposal.objects.order_by("pk").values_list("is_waiting", "changes")
    assert list(told) == [(False, {"year": [2024, 2021]}), (True, {"year": [2024, 2022]})]


@pytest.mark.parametrize(
    ("given", "columns"),
    [
        ({"title": "", "note": "Better"}, ["title"]),
        ({"year": 1066, "note": "Better"}, ["year"]),
        ({"year": 2023}, ["note"]),
        ({"details": {"problem": "x"}, "note": "Better"}, ["problem"]),
        ({"year": 2024, "note": "Nothing new"}, [""]),
    ],
)
def test_what_the_form_refuses_is_refused(people, given, columns):
    published(people)

    answer = propose(program(people.marko), given)

    assert (answer.status_code, [row["column"] for row in answer.json()["problems"]]) == (422, columns)
    assert (Proposal.objects.count(), stands()) == (0, ("Vouchers", 2024, 1))


def test_what_no_form_changes_is_refused(people):
    published(people)

    assert propose(program(people.marko), {"state": "draft", "note": "Better"}).status_code == 422


def test_a_stale_proposal_is_refused_with_the_mark_of_now(people):
    made = published(people)
    client = program(people.marko)
    old = client.get(PLACE)["ETag"]
    services.change(made, by=people.lena, note="Mine", year=2020)

    answer = propose(client, BETTER, old)

    assert (answer.status_code, Proposal.objects.count()) == (409, 0)
    assert client.get(PLACE).json()["mark"] == answer.json()["mark"]
    assert propose(client, BETTER, "").status_code == 428


@pytest.mark.parametrize(
    ("name", "scope", "status"),
    [
        ("marko", "records.write", 201),
        ("marko", "records.publish", 403),
        ("ana", "records.write", 403),
        ("wanda", "records.write", 403),
        ("lena", "records.write", 403),
    ],
)
def test_whoever_deposited_it_proposes(people, name, scope, status):
    published(people)
    mark = program(people.marko).get(PLACE)["ETag"]

    assert propose(program(people.named(name), scope), BETTER, mark).status_code == status
    assert Proposal.objects.count() == (1 if status == 201 else 0)


def test_drafts_are_changed_and_those_of_others_are_not_there(people):
    record("Vouchers", code="vouchers", kind="report", publish=False, by=people.marko)

    told = {name: propose(program(people.named(name)), BETTER, "x").status_code for name in ("marko", "ana")}

    assert (told, Proposal.objects.count()) == ({"marko": 403, "ana": 404}, 0)


def test_nobody_proposes_without_a_token(people, client):
    published(people)

    assert propose(client, BETTER).status_code == 401
