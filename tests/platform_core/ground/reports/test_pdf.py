import io

import pytest

from platform_core.ground.reports.pdf import SPECIAL, escape, pages_to_pdf
from platform_core.materials.files.extraction import extract


def read(title: str, pages: list[str], language: str, folder) -> list[str]:
    path = folder / "made.pdf"
    path.write_bytes(pages_to_pdf(title, pages, language))
    return [" ".join(page.split()) for page in extract(path, "application/pdf")]


def test_every_text_is_a_page_of_its_own(tmp_path):
    found = read("Vouchers", ["First page.", "Second page.", "Third page."], "en", tmp_path)

    assert found == ["Vouchers First page. 1", "Second page. 2", "Third page. 3"]


@pytest.mark.parametrize(
    ("language", "text"),
    [("el", "Χρηματοδότηση των σχηματισμών"), ("bg", "Финансиране на клъстери"), ("hu", "Őszi gyűjtő"), ("ro", "Țară")],
)
def test_letters_of_the_region_survive(language, text, tmp_path):
    assert read("T", [text], language, tmp_path) == [f"T {text} 1"]


def test_marks_of_the_typesetter_are_only_letters(tmp_path):
    hostile = '#read("/etc/passwd") = x * y _z_ $a$ `b` <c> @d ~ [e] \\f // g'

    assert read("#T", [hostile], "en", tmp_path) == [f"#T {hostile} 1"]


def test_escape_leaves_letters_alone():
    assert escape("aÄж1. ") == "aÄж1. "
    assert escape(SPECIAL) == "".join(f"\\{letter}" for letter in SPECIAL)


def test_pdf_begins_like_one():
    assert io.BytesIO(pages_to_pdf("T", ["x"], "en")).read(5) == b"%PDF-"
