from io import BytesIO

import pytest
from django.urls import reverse

from repository import services as repository
from tests.factories.repository import record
from tests.people import browser_of

pytestmark = pytest.mark.database

CONTENT = b"# Notes of the working group"


def attached(thing, name: str = "notes.md", content: bytes = CONTENT):
    return repository.attach(thing, BytesIO(content), name, "en")


def address_of(file) -> str:
    return reverse("repository:download", args=[file.record.code, file.pk, file.name])


def get(browser, file, **headers):
    """A response read to its end, its bytes in `body`."""
    response = browser.get(address_of(file), headers=headers)
    response.body = response.getvalue()
    return response


@pytest.fixture
def draft(people):
    """A file of a draft of ana's."""
    return attached(record("Hidden", publish=False, by=people.ana))


def test_a_download_runs_nothing_in_our_origin(client, db):
    response = get(client, attached(record()))

    told = ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy", "Cache-Control")
    assert [response[name] for name in told] == [
        "text/markdown",
        'attachment; filename="notes.md"',
        "nosniff",
        "default-src 'none'; sandbox",
        "private, no-cache",
    ]
    assert response.body == CONTENT


def test_a_download_keeps_a_greek_name(client, db):
    response = get(client, attached(record(), "Σημειώσεις.md"))

    name = "%CE%A3%CE%B7%CE%BC%CE%B5%CE%B9%CF%8E%CF%83%CE%B5%CE%B9%CF%82.md"
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"


def test_a_download_is_not_sent_to_who_has_it(client, db):
    file = attached(record())
    etag = get(client, file)["ETag"]

    answers = [get(client, file, **{"If-None-Match": known}) for known in (etag, '"another"')]

    assert etag == f'"{file.file.sha256}"'
    assert [answer.status_code for answer in answers] == [304, 200]


@pytest.mark.parametrize(
    ("name", "status"),
    [("lena", 200), ("wanda", 200), ("marko", 404), ("ana", 200), ("petra", 404), ("carl", 404), ("guest", 404)],
)
def test_a_file_of_a_draft_is_for_its_owner_the_editors_and_the_leader_of_its_group(people, draft, name, status):
    browser = browser_of(people.named(name))

    answers = [get(browser, draft), get(browser, draft, **{"If-None-Match": f'"{draft.file.sha256}"'})]

    assert [answer.status_code for answer in answers] == [status, 304 if status == 200 else 404]
    assert [CONTENT in answer.body for answer in answers] == [status == 200, False]


@pytest.mark.parametrize("name", ["marko", "guest"])
def test_a_file_of_a_draft_is_not_reached_through_another_record(people, draft, name):
    other = record("Published")

    response = browser_of(people.named(name)).get(
        reverse("repository:download", args=[other.code, draft.pk, "notes.md"])
    )

    assert response.status_code == 404


def test_a_file_is_closed_again_when_its_record_is_withdrawn(people):
    file = attached(record(publish=True))
    guest = browser_of(people.guest)
    open_status = get(guest, file).status_code

    repository.withdraw(file.record, by=people.lena, why="Wrong figures")

    assert (open_status, get(guest, file).status_code) == (200, 404)


def test_the_same_bytes_are_shown_under_the_name_of_each_record(client, db):
    first, second = attached(record("One"), "one.txt", b"same"), attached(record("Two"), "two.txt", b"same")

    told = [get(client, file)["Content-Disposition"] for file in (first, second)]

    assert first.file == second.file
    assert told == ['attachment; filename="one.txt"', 'attachment; filename="two.txt"']
