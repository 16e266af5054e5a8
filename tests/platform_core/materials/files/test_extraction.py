"""Texts without pages of their own are read in parts, and nothing of them is lost."""

from importlib import import_module
from io import BytesIO

import docx
import pytest
from django.apps import apps
from hypothesis import given, settings as measures, strategies as st

from platform_core.materials.files import selectors, services
from platform_core.materials.files.extraction import CHARACTERS_PER_PAGE, PART, in_parts, split_flowing
from platform_core.materials.files.models import FilePage, StoredFile
from platform_core.materials.jobs import runner
from platform_core.materials.jobs.models import Job

from . import samples

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def long_paper(paragraphs: int) -> bytes:
    """A DOCX without a single page break, about 400 characters a paragraph."""
    document, made = docx.Document(), BytesIO()
    for number in range(paragraphs):
        document.add_paragraph(f"Paragraph {number} begins. " + "Regions learn from each other. " * 12)
    document.save(made)
    return made.getvalue()


def kept(content: bytes, name: str) -> StoredFile:
    stored = services.keep(BytesIO(content), name)
    runner.finish_waiting()
    return StoredFile.objects.get(pk=stored.pk)


@given(st.text(alphabet="ab .\n", max_size=4 * PART))
@measures(max_examples=50, deadline=None)
def test_parts_make_up_the_whole_and_none_is_long(text):
    parts = list(split_flowing(text))

    assert "".join(parts) == text
    assert max(map(len, parts)) <= PART + 1


def test_parts_end_with_a_paragraph():
    text = "".join(f"{'a' * 900}\n\n{'b' * 700}. {'c' * 300}\n" for _part in range(6))

    assert {part[-2:] for part in list(split_flowing(text))[:-1]} == {"\n\n"}


@pytest.mark.parametrize(
    ("pages", "kind", "number", "parts"),
    [
        (["short"], WORD, 1, False),
        (["x" * PART * 3], WORD, 3, True),
        (["x" * PART, "y"], WORD, 2, False),
        (["x" * PART * 3], PDF, 1, False),
        (["x" * (CHARACTERS_PER_PAGE + 1), "y"], PDF, 18, True),
        ([], WORD, 0, False),
    ],
)
def test_which_texts_are_read_in_parts(pages, kind, number, parts):
    found, are_parts = in_parts(pages, kind)

    assert (len(found), are_parts) == (number, parts)


@pytest.mark.django_db
def test_a_paper_without_page_breaks_is_found_to_its_last_words():
    stored = kept(long_paper(400), "paper.docx")

    pages = list(FilePage.objects.filter(file=stored))
    text = selectors.joined_text(stored)
    assert stored.in_parts
    assert (len(text) > 2 * CHARACTERS_PER_PAGE, "Paragraph 399 begins." in pages[-1].text) == (True, True)
    assert max(len(page.text) for page in pages) <= PART + 1
    assert [text.count(f"Paragraph {number} begins.") for number in range(400)] == [1] * 400


@pytest.mark.django_db
def test_pages_of_a_paper_stay_pages():
    stored = kept(samples.word("One", "Two"), "paper.docx")

    assert (stored.in_parts, selectors.last_number(stored)) == (False, 2)


@pytest.mark.django_db
def test_parts_are_read_one_by_one_and_beside_no_picture():
    stored = kept(long_paper(60), "paper.docx")
    last = selectors.last_number(stored)
    stored.drawn = 4

    picture, text = selectors.reading(stored, {"page": "2"}), selectors.reading(stored, {"text": "", "page": str(last)})

    assert (picture["page"].paginator.count, picture["text"], picture["alone"]) == (4, "", False)
    assert (text["page"].number, text["alone"], "Paragraph 59" in text["text"]) == (last, True, True)


@pytest.mark.django_db
def test_what_was_cut_off_before_is_read_again():
    stored = kept(b"Short.", "short.txt")
    FilePage.objects.update(text="x" * 50_000)
    Job.objects.all().delete()

    import_module("platform_core.materials.files.migrations.0005_parts").read_again(apps, None)

    assert [(job.kind, job.arguments, job.state) for job in Job.objects.all()] == [
        ("files.extract", {"file": stored.pk}, "waiting")
    ]
