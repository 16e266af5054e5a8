"""Markdown as DOCX and as PDF: what a reader finds in them."""

import io
import zipfile
from contextlib import closing

import docx
import pypdfium2
import pytest
from PIL import Image

from platform_core.ground.reports.docx import markdown_to_docx
from platform_core.ground.reports.pdf import markdown_to_pdf
from platform_core.ground.texts.wikitext import Part

TEXT = """# First

A **bold** and an *oblique* word, [a link](https://example.org/a), [[Other page|another page]] and a note[^1].

- one
  - inside
- two

| Region | Share |
|--------|-------|
| Δυτική | 12 %  |

![A map of the regions](map.png) ![Not there](lost.png)

[^1]: Said *so*.
"""
HOSTILE = """#set page(fill: red)

#import "x" $x$ @foo <bar> <script>alert(1)</script> \\\\ " ' `#eval("1")`

[bad](javascript:alert(1)) ![x](https://example.org/track.png) ![y](/etc/passwd)

1. #read("/etc/passwd")

```
#panic()
```
"""


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(file, "PNG")
    return file.getvalue()


def written(text: str = TEXT, **fields) -> docx.document.Document:
    part = Part(text, images={"map.png": picture()}, **fields)
    return docx.Document(io.BytesIO(markdown_to_docx("Plan & <more>", [part], "el")))


def pdf_text(text: str, title: str = "Plan") -> str:
    made = markdown_to_pdf(title, [Part(text, images={"map.png": picture()})], "el")
    with closing(pypdfium2.PdfDocument(made)) as document:
        pages = []
        for page in document:
            words = page.get_textpage()
            pages.append(words.get_text_bounded())
            words.close()
            page.close()
    return " ".join(" ".join(pages).split())


def test_a_docx_has_the_styles_of_its_markdown():
    made = written(heading="Part one")

    assert [(row.style.name, row.text) for row in made.paragraphs if row.text] == [
        ("Title", "Plan & <more>"),
        ("Heading 1", "Part one"),
        ("Heading 1", "First"),
        ("Normal", "A bold and an oblique word, a link, another page and a note1."),
        ("List Bullet", "one"),
        ("List Bullet 2", "inside"),
        ("List Bullet", "two"),
        ("Normal", " [Not there]"),
        ("Normal", "____________________"),
        ("Normal", "1 Said so."),
    ]


def test_a_docx_has_tables_pictures_links_and_a_language():
    made = written()
    links = [row.address for paragraph in made.paragraphs for row in paragraph.hyperlinks]
    words = [shape._inline.docPr.get("descr") for shape in made.inline_shapes]

    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [
        ["Region", "Share"],
        ["Δυτική", "12 %"],
    ]
    assert (links, words, made.core_properties.language) == (["https://example.org/a"], ["A map of the regions"], "el")


def test_signs_no_docx_can_hold_are_left_out():
    assert [row.text for row in written("a\x00b\x0bc").paragraphs] == ["Plan & <more>", "abc"]


def test_a_docx_loads_nothing_from_elsewhere():
    made = markdown_to_docx("Plan", [Part(HOSTILE)], "en")

    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        told = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels"))
    assert [word in told for word in ("External", "javascript:", "track.png", "passwd")] == [False] * 4


def test_a_pdf_holds_what_the_markdown_says():
    assert pdf_text(TEXT) == (
        "Plan First A bold and an oblique word, a link, another page and a note1. • one ‣ inside • two "
        "Region Share Δυτική 12 % [Not there] 1Said so. 1"
    )


def test_no_word_of_a_text_is_a_command_of_typst():
    assert pdf_text(HOSTILE, 'A "title" #x') == (
        'A "title" #x #set page(fill: red) #import "x" $x$ @foo <bar> <script>alert(1)</script> \\ " \' #eval("1") '
        '[bad](javascript:alert(1)) [x] [y] 1. #read("/etc/passwd") #panic() 1'
    )


@pytest.mark.parametrize(
    "text", ["", "\n\n", "|a|\n|-|\n", "- \n", "[^1]", "> \n", "![](map.png)", "#", "1) a\n2) b\n"]
)
def test_little_texts_make_papers_too(text):
    assert markdown_to_docx("T", [Part(text)], "en")[:2] == b"PK"
    assert markdown_to_pdf("T", [Part(text)], "en")[:4] == b"%PDF"
