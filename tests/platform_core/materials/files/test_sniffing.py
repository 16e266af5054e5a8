from io import BytesIO

import pytest
from django.core.exceptions import ValidationError

from platform_core.materials.files import sniffing

from . import samples

ENDINGS = "csv, docx, jpeg, jpg, json, md, odp, ods, odt, pdf, png, pptx, txt, xlsx"
KINDS = f"Files of this kind cannot be kept. Please use one of: {ENDINGS}."
EMPTY = "The file is empty."
ENDLESS = "The file unpacks to more than can be read safely."
MACROS = "The file holds macros, which could do harm. Please save it without them."

GOOD = [
    ("report.pdf", samples.pdf("One page")),
    ("REPORT.PDF", b"%PDF-1.7 and so on"),
    ("behind-a-banner.pdf", b"\r\n" * 20 + b"%PDF-1.4"),
    ("letter.docx", samples.word("Dear all")),
    ("table.xlsx", samples.archive(xl__workbook_xml=b"<x/>")),
    ("slides.pptx", samples.archive(ppt__presentation_xml=b"<x/>")),
    ("letter.odt", samples.open_document(".odt")),
    ("table.ods", samples.open_document(".ods")),
    ("notes.txt", "Σημειώσεις, бележки".encode()),
    ("notes.md", b"# Notes"),
    ("table.csv", b"a;b\n1;2"),
    ("map.png", samples.PNG),
    ("photo.jpeg", samples.JPEG),
]
TYPE_OF_ODT = sniffing.TYPES[".odt"].encode()
DISGUISED = [
    ("page.pdf", samples.HTML),
    ("late.pdf", b" " * 2000 + b"%PDF-1.4"),
    ("program.docx", samples.PROGRAM),
    ("plain.docx", samples.archive(readme=b"only a zip")),
    ("table.docx", samples.archive(xl__workbook_xml=b"<x/>")),
    ("cut.docx", samples.word("Dear all")[:200]),
    ("letter.ods", samples.open_document(".odt")),
    ("long.odt", samples.archive(mimetype=b"x" * 101)),
    ("none.odt", samples.archive(content_xml=b"<x/>")),
    ("damaged.odt", samples.damaged_mimetype()),
    ("locked.odt", samples.encrypted_mimetype()),
    ("nul.txt", b"some\0text"),
    ("program.csv", samples.PROGRAM),
    ("photo.png", samples.JPEG),
    ("picture.jpg", samples.PNG),
]
REFUSED = [
    ("nothing.pdf", b"", EMPTY),
    ("nothing.txt", b"", EMPTY),
    ("bomb.docx", samples.bomb(), ENDLESS),
    ("macros.docx", samples.archive(word__document_xml=b"<x/>", **{"word__vbaProject.bin": b"x"}), MACROS),
    ("macros.odt", samples.archive(mimetype=TYPE_OF_ODT, Basic__Standard__Module_xml=b"x"), MACROS),
    ("setup.exe", samples.PROGRAM, KINDS),
    ("page.html", samples.HTML, KINDS),
    ("picture.svg", b"<svg/>", KINDS),
    ("report.pdf.exe", samples.pdf("One page"), KINDS),
    ("report", samples.pdf("One page"), KINDS),
    (".pdf", samples.pdf("One page"), KINDS),
]


@pytest.mark.parametrize(("name", "content"), GOOD, ids=[name for name, _content in GOOD])
def test_a_file_whose_content_fits_its_name_has_its_type(name, content):
    file = BytesIO(content)

    kind = sniffing.media_type(file, name)

    assert kind == sniffing.TYPES["." + name.lower().rsplit(".")[-1]]
    assert file.read() == content


@pytest.mark.parametrize(("name", "content"), DISGUISED, ids=[name for name, _content in DISGUISED])
def test_a_file_that_is_not_what_its_name_says_is_refused(name, content):
    with pytest.raises(ValidationError) as refused:
        sniffing.media_type(BytesIO(content), name)

    assert refused.value.messages == [f"The content of “{name}” is not what its name says."]


@pytest.mark.parametrize(("name", "content", "message"), REFUSED, ids=[name for name, *_rest in REFUSED])
def test_a_file_that_cannot_be_kept_is_refused_with_its_reason(name, content, message):
    with pytest.raises(ValidationError) as refused:
        sniffing.media_type(BytesIO(content), name)

    assert refused.value.messages == [message]


def test_an_archive_whose_list_alone_is_huge_is_refused_before_it_is_read():
    packed = samples.rewritten(
        samples.archive(word__document_xml=b"<x/>"), 12, (2**31).to_bytes(4, "little"), b"PK\x05\x06"
    )

    with pytest.raises(ValidationError) as refused:
        sniffing.media_type(BytesIO(packed), "many.docx")

    assert refused.value.messages == [ENDLESS]


def test_an_archive_with_too_many_members_is_refused(monkeypatch):
    monkeypatch.setattr(sniffing, "MEMBER_LIMIT", 1)
    packed = samples.archive(word__document_xml=b"<x/>", another=b"")

    with pytest.raises(ValidationError) as refused:
        sniffing.media_type(BytesIO(packed), "many.docx")

    assert refused.value.messages == [ENDLESS]
