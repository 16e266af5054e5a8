"""Large files in parts."""

import hashlib
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils import timezone

from platform_core.materials.files import resumable
from platform_core.materials.files.models import StoredFile, Upload
from tests.people import browser_of
from workinggroups.models import DocumentVersion

pytestmark = [pytest.mark.django_db, pytest.mark.database]

UPLOADS = "/en/files/uploads/"


@pytest.fixture(autouse=True)
def small_parts(request, monkeypatch):
    """Parts of four bytes, except where the size is what is tried."""
    if "megabyte" not in request.node.name:
        monkeypatch.setattr(resumable, "PART", 4)


MEGABYTE = 2**20


def begin(person, name: str = "long.txt", size: int = 10):
    return browser_of(person).post(UPLOADS, {"name": name, "size": size})


def send(person, pk, offset: int | str, part: bytes):
    headers = {"Upload-Offset": str(offset)}
    return browser_of(person).put(f"{UPLOADS}{pk}/", part, content_type="application/octet-stream", headers=headers)


def test_a_file_comes_in_parts(people):
    pk = begin(people.wanda).json()["upload"]
    told = [
        send(people.wanda, pk, offset, part).json()["received"]
        for offset, part in ((0, b"one "), (4, b"two "), (8, b"th"))
    ]

    with resumable.file_of(Upload.objects.get()) as file:
        assert (told, file.name, file.size, file.read()) == ([4, 8, 10], "long.txt", 10, b"one two th")


@pytest.mark.parametrize(
    ("offset", "part", "status", "received"),
    [(0, b"one ", 409, 4), (9, b"x", 409, 4), (4, b"seven letters", 400, 4), (4, b"", 400, 4), ("x", b"two", 409, 4)],
)
def test_a_part_that_does_not_fit_changes_nothing(people, offset, part, status, received):
    pk = begin(people.wanda).json()["upload"]
    send(people.wanda, pk, 0, b"one ")

    answer = send(people.wanda, pk, offset, part)

    assert (answer.status_code, Upload.objects.get().received) == (status, received)
    assert answer.json().get("received", 4) == received


def test_after_an_interruption_one_asks_where_to_go_on(people):
    pk = begin(people.wanda).json()["upload"]
    send(people.wanda, pk, 0, b"one ")

    assert browser_of(people.wanda).get(f"{UPLOADS}{pk}/").json()["received"] == 4


@pytest.mark.parametrize(
    ("name", "size", "message"),
    [
        ("program.exe", 10, "Files of this kind cannot be kept."),
        ("long.txt", 0, "The file has"),
        ("long.txt", 2**40, "at most 1.0 GB can be kept"),
    ],
)
def test_what_could_not_be_kept_is_refused_before_it_is_sent(people, name, size, message):
    answer = begin(people.wanda, name, size)

    assert (answer.status_code, message in answer.json()["problem"].replace("\xa0", " ")) == (400, True)


def test_uploads_are_their_senders(people):
    pk = begin(people.wanda).json()["upload"]

    assert browser_of(people.lena).get(f"{UPLOADS}{pk}/").status_code == 404
    assert send(people.lena, pk, 0, b"one ").status_code == 404
    assert browser_of(people.guest).get(f"{UPLOADS}{pk}/").status_code == 302


def test_nobody_begins_without_end(people, monkeypatch):
    monkeypatch.setattr(resumable, "OPEN_UPLOADS", 2)

    assert [begin(people.wanda).status_code for _again in range(3)] == [200, 200, 400]


def test_what_does_not_arrive_is_forgotten_with_its_parts(people):
    pk = begin(people.wanda).json()["upload"]
    send(people.wanda, pk, 0, b"one ")
    Upload.objects.update(begun_at=timezone.now() - timedelta(days=4))
    with_parts = len(resumable.parts(Upload.objects.get()))

    assert (with_parts, resumable.purge_uploads(timezone.now() - timedelta(days=3))) == (1, 1)


def test_given_up_it_leaves_nothing_in_the_storage(people, django_capture_on_commit_callbacks):
    pk = begin(people.wanda).json()["upload"]
    send(people.wanda, pk, 0, b"one ")

    with django_capture_on_commit_callbacks(execute=True):
        browser_of(people.wanda).delete(f"{UPLOADS}{pk}/")

    assert (Upload.objects.count(), default_storage.listdir(f"uploads/{pk}")[1]) == (0, [])


def test_what_has_not_arrived_whole_is_not_taken_in(people):
    pk = begin(people.wanda).json()["upload"]
    send(people.wanda, pk, 0, b"one ")

    answer = browser_of(people.wanda).post("/en/groups/4/documents/bring/", {"uploads": pk, "language": "en"})

    assert (answer.status_code, "Not all of “long.txt” has arrived." in answer.content.decode()) == (400, True)
    assert (StoredFile.objects.count(), Upload.objects.count()) == (0, 1)


def test_nothing_chosen_is_told(people):
    answer = browser_of(people.wanda).post("/en/groups/4/documents/bring/", {"language": "en"})

    assert (answer.status_code, "Please choose at least one file." in answer.content.decode()) == (400, True)


def test_two_hundred_megabytes_interrupted_and_resumed(people):
    line = b"All of this has to arrive, whatever happens on the way....\n" * 17
    whole = (line * (200 * MEGABYTE // len(line) + 1))[: 200 * MEGABYTE]
    pk, offset, browser = begin(people.wanda, "long.txt", len(whole)).json()["upload"], 0, browser_of(people.wanda)
    while offset < len(whole):
        part = whole[offset : offset + resumable.PART]
        if (
            offset // resumable.PART == 20
        ):  # the line breaks: the part arrives, its answer does not, and it is sent again
            send(people.wanda, pk, offset, part)
            assert send(people.wanda, pk, offset, part).status_code == 409
            offset = browser.get(f"{UPLOADS}{pk}/").json()["received"]
        else:
            offset = send(people.wanda, pk, offset, part).json()["received"]

    taken = browser.post("/en/groups/4/documents/bring/", {"uploads": pk, "language": "en"})

    stored = DocumentVersion.objects.get().file
    assert (taken.status_code, stored.size, stored.sha256) == (302, len(whole), hashlib.sha256(whole).hexdigest())
    assert Upload.objects.count() == 0


def test_a_part_is_at_most_four_megabytes(people):
    upload = resumable.begin(people.wanda, "long.txt", 100 * MEGABYTE)

    with pytest.raises(ValidationError):
        resumable.take(upload, 0, bytes(resumable.PART + 1))
