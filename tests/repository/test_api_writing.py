"""Programs that write: with a token, within its scopes, and never beyond the rights of its owner."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from platform_core.identity.access import tokens
from platform_core.identity.access.models import SecretLink
from repository.models import Record
from tests.factories.repository import record
from tests.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

API = "/api/v1"
GIVEN = {
    "kind": "report",
    "title": "Vouchers",
    "summary": "What came of it.",
    "topics": [4],
    "countries": ["EL"],
    "creators": ["An office"],
    "year": 2024,
}


def program(person, *scopes: str) -> Client:
    secret = tokens.make_token(person, "Catalogue", scopes or ("records.write",), 30)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def post(client: Client, place: str, given: dict | None = None):
    return client.post(f"{API}/{place}", given or {}, content_type="application/json")


def test_a_draft_is_deposited(people):
    answer = post(program(people.marko), "records", {**GIVEN, "details": {"method": "Counting"}, "level": ["regional"]})

    made = Record.objects.get()
    assert (answer.status_code, answer.json()["code"], answer.json()["state"]) == (201, "vouchers", "draft")
    assert (made.deposited_by, dict(made.title), made.details) == (
        people.marko,
        {"en": "Vouchers"},
        {"method": {"en": "Counting"}},
    )


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"kind": "magic"}, "kind"),
        ({"topics": [9]}, "topics"),
        ({"year": 1066}, "year"),
        ({"title": ""}, "title"),
        ({"details": {"problem": "x"}}, "problem"),
        ({"begins": "tomorrow"}, "begins"),
        ({"language": "xx"}, "language"),
    ],
)
def test_what_is_wrong_is_told_by_column(people, wrong, column):
    answer = post(program(people.marko), "records", GIVEN | wrong)

    assert answer.status_code == 422
    assert column in {one["column"] for one in answer.json()["problems"]}
    assert Record.objects.count() == 0


def test_a_twin_is_named_first(people):
    client = program(people.marko)
    post(client, "records", GIVEN)

    answer = post(client, "records", GIVEN)

    assert (answer.status_code, answer.json()) == (409, {"twins": ["vouchers"]})
    assert post(client, "records?in_spite=true", GIVEN).json()["code"] == "vouchers-2"


def test_texts_files_and_publication(people):
    client = program(people.wanda, "records.write", "records.publish")
    post(client, "records", GIVEN)

    texts = client.put(
        f"{API}/records/vouchers/texts/el",
        {"title": "Κουπόνια", "summary": "Τι έγινε."},
        content_type="application/json",
    )
    file = client.post(f"{API}/records/vouchers/files", {"file": SimpleUploadedFile("notes.txt", b"The text")})
    wrong = client.post(f"{API}/records/vouchers/files", {"file": SimpleUploadedFile("notes.pdf", b"The text")})
    published = post(client, "records/vouchers/publish")

    assert texts.json()["title"] == {"en": "Vouchers", "el": "Κουπόνια"}
    assert (file.status_code, file.json()["name"]) == (201, "notes.txt")
    assert (wrong.status_code, wrong.json()["problems"][0]["column"]) == (422, "file")
    assert (published.status_code, published.json()["state"]) == (200, "published")
    assert [row["code"] for row in client.get(f"{API}/drafts").json()] == []


def test_a_language_that_is_not_used_is_refused(people):
    client = program(people.marko)
    post(client, "records", GIVEN)

    answer = client.put(
        f"{API}/records/vouchers/texts/xx", {"title": "x" * 301, "summary": "y"}, content_type="application/json"
    )

    assert [one["column"] for one in answer.json()["problems"]] == ["language", "title"]


def test_a_token_is_never_more_than_its_owner(people):
    hidden = record("Of ana", publish=False, by=people.ana, topics=[1])
    marko = program(people.marko, "records.write", "records.publish")

    assert post(program(people.carl), "records", GIVEN).status_code == 403
    assert post(marko, f"records/{hidden.code}/publish").status_code == 404
    post(marko, "records", GIVEN)
    assert post(marko, "records/vouchers/publish").status_code == 403
    assert Record.objects.filter(state="published").count() == 0


@pytest.mark.parametrize("header", [None, "Bearer nonsense", "Bearer ", "Basic abc"])
def test_without_a_good_token_nothing_is_written(people, header):
    client = Client(headers={"Authorization": header} if header else {})

    assert post(client, "records", GIVEN).status_code == 401


def test_a_session_is_no_token(people):
    assert post(browser_of(people.marko), "records", GIVEN).status_code == 401


def test_scopes_ends_and_closed_accounts(people):
    client = program(people.wanda, "records.write")
    post(client, "records", GIVEN)
    assert post(client, "records/vouchers/publish").status_code == 403

    SecretLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(f"{API}/drafts").status_code == 401
    SecretLink.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert client.get(f"{API}/drafts").status_code == 200
    people.wanda.is_active = False
    people.wanda.save()
    assert client.get(f"{API}/drafts").status_code == 401


def test_tokens_are_made_shown_once_and_ended(people):
    browser = browser_of(people.marko)
    wrong = browser.post("/en/desk/tokens/", {"name": "", "scopes": ["nonsense"], "days": "7"})
    page = browser.post("/en/desk/tokens/", {"name": "Catalogue", "scopes": ["records.write"], "days": "90"})
    secret = page.context["secret"]

    assert (wrong.status_code, sorted(wrong.context["form"].errors)) == (422, ["days", "name", "scopes"])
    assert (len(secret), browser.get("/en/desk/tokens/").context["secret"]) == (43, "")
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    assert client.get(f"{API}/drafts").status_code == 200
    ((link, _scopes),) = page.context["rows"]
    assert browser_of(people.ana).post(f"/en/desk/tokens/{link.pk}/end/").status_code == 404
    browser.post(f"/en/desk/tokens/{link.pk}/end/")
    assert client.get(f"{API}/drafts").status_code == 401


def test_the_interface_describes_itself(client):
    described = client.get(f"{API}/openapi.json").json()

    assert {"post", "get"} == set(described["paths"]["/api/v1/records"])
    assert described["paths"]["/api/v1/records"]["post"]["security"] == [{"Token": []}]


def test_a_file_beyond_the_limit_is_refused(people, settings):
    settings.FILE_SIZE_LIMIT = 10
    client = program(people.marko)
    post(client, "records", GIVEN)

    answer = client.post(f"{API}/records/vouchers/files", {"file": SimpleUploadedFile("notes.txt", b"x" * 11)})

    assert (answer.status_code, Record.objects.get().files.count()) == (422, 0)


@pytest.mark.parametrize(
    ("texts", "note", "column"),
    [
        ({"title": "", "summary": "S"}, "", "title"),
        ({"title": "T", "summary": ""}, "", "summary"),
        ({"title": "T", "summary": "S"}, "x" * 501, "note"),
    ],
)
def test_texts_that_do_not_fit_are_told_by_field(people, texts, note, column):
    found = record("Vouchers", by=people.lena)
    client = program(people.lena, "records.write", "records.publish")

    answer = client.put(f"{API}/records/{found.code}/texts/en?note={note}", texts, content_type="application/json")

    assert (answer.status_code, [one["column"] for one in answer.json()["problems"]]) == (422, [column])
    assert (Record.objects.get().title["en"], found.versions.count()) == ("Vouchers", 1)


def test_members_programs_read_what_is_for_members(people):
    draft = record("Vouchers", publish=False, by=people.marko, details={"contact": {"en": "office@example.org"}})

    (told,) = program(people.marko).get(f"{API}/drafts").json()

    assert (told["code"], told["details"]) == (draft.code, {"contact": {"en": "office@example.org"}})


def test_drafts_cost_the_same_at_1_and_3_rows(people):
    client, costs = program(people.marko), []
    for more in (1, 2):
        for number in range(more):
            record(f"Draft {more} {number}", publish=False, by=people.marko)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{API}/drafts")
        costs.append(len(queries))

    assert costs[0] == costs[1]
