"""Files on their way in, through the form with which records are deposited."""

from pathlib import Path

import pytest
from django.conf import settings as program
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from platform_core.materials.files.models import StoredFile
from repository.models import Record
from tests.people import browser_of

from . import samples

pytestmark = pytest.mark.database

TYPED = {
    "language": "en",
    "title": "Vouchers for “small” firms",
    "summary": "Two sentences. And <b>another</b>.",
    "description": "",
    "topics": ["4", "6"],
    "countries": ["AT"],
    "year": "2024",
    "creators": "A regional authority\nAn agency",
    "licence": "CC-BY-4.0",
}


def deposit(person, name: str, content: bytes):
    file = SimpleUploadedFile(name, content)
    return browser_of(person).post(reverse("repository:deposit", args=["report"]), {**TYPED, "file": file})


def nothing_is_kept() -> bool:
    paths = [path for path in Path(program.MEDIA_ROOT).rglob("*") if path.is_file()]
    return (Record.objects.count(), StoredFile.objects.count(), paths) == (0, 0, [])


def typed_in(response) -> dict:
    form = response.context["form"]
    return {name: form[name].value() for name in TYPED}


def test_a_file_within_the_limit_is_kept_with_its_record(people, settings):
    settings.FILE_SIZE_LIMIT = 1000

    response = deposit(people.ana, "notes.txt", b"x" * 1000)

    record = Record.objects.get()
    assert (response.status_code, response.url) == (302, record.get_absolute_url())
    assert [(file.name, file.file.size) for file in record.files.all()] == [("notes.txt", 1000)]


@pytest.mark.parametrize("size", [1001, 200_000])
def test_a_file_over_the_limit_is_refused_and_what_was_typed_stays(people, settings, size):
    settings.FILE_SIZE_LIMIT = 1000

    response = deposit(people.ana, "notes.txt", b"x" * size)

    message = f"The file has {filesizeformat(size)}; at most {filesizeformat(1000)} can be kept."
    assert (response.status_code, response.context["form"].errors) == (400, {"file": [message]})
    assert (typed_in(response), nothing_is_kept()) == (TYPED, True)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("page.pdf", samples.HTML, "The content of “page.pdf” is not what its name says."),
        ("bomb.docx", samples.bomb(), "The file unpacks to more than can be read safely."),
        ("empty.pdf", b"", "The submitted file is empty."),
        ("locked.odt", samples.encrypted_mimetype(), "The content of “locked.odt” is not what its name says."),
    ],
)
def test_a_bad_file_is_refused_and_what_was_typed_stays(people, name, content, message):
    response = deposit(people.ana, name, content)

    assert (response.status_code, response.context["form"].errors) == (400, {"file": [message]})
    assert (typed_in(response), nothing_is_kept()) == (TYPED, True)


def test_what_was_typed_is_on_the_page_again(people):
    page = deposit(people.ana, "page.pdf", samples.HTML).content.decode()

    assert page.count('value="Vouchers for “small” firms"') == 1
    assert page.count("Two sentences. And &lt;b&gt;another&lt;/b&gt;.") == 1


def test_a_path_in_a_file_s_name_is_dropped(people):
    deposit(people.ana, "../../etc/notes.txt", b"notes")

    assert [file.name for file in Record.objects.get().files.all()] == ["notes.txt"]
