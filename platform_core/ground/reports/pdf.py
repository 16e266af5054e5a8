"""PDF files from plain texts, through Typst."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import typst

from platform_core.ground.texts.wikitext import Part

from .typesetting import body, quoted

SPECIAL = "\\#*_`$<>@=-+/[]~'\""


def escape(text: str) -> str:
    return "".join(f"\\{letter}" if letter in SPECIAL else letter for letter in text)


def pages_to_pdf(title: str, pages: list[str], language: str) -> bytes:
    """One PDF page per text; paragraphs are separated by empty lines. `language` is a two-letter code."""
    body = "\n#pagebreak()\n".join(escape(page) for page in pages)
    source = (
        f'#set document(title: [{escape(title)}])\n#set page(paper: "a4", numbering: "1")\n'
        f'#set text(lang: "{language}", size: 11pt)\n#set par(justify: false, leading: 0.8em)\n'
        f"#text(size: 16pt, weight: 600)[{escape(title)}]\n\n{body}\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.typ"
        path.write_text(source, encoding="utf-8")
        return typst.compile(path)


def markdown_to_pdf(title: str, parts: Sequence[Part], language: str) -> bytes:
    """A paper of one or more Markdown texts with page numbers; `language` is a BCP 47 tag."""
    head = (
        f'#set document(title: {quoted(title)})\n#set page(paper: "a4", numbering: "1", margin: 2.4cm)\n'
        f'#set text(lang: "{language.partition("-")[0][:3]}", size: 11pt)\n#set par(justify: false, leading: 0.75em)\n'
        "#set table(stroke: 0.4pt, inset: 6pt)\n#show link: underline\n"
        f"#text(size: 20pt, weight: 600)[#{quoted(title)};]\n\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        source = head + "\n\n".join(body(part, Path(folder), number) for number, part in enumerate(parts))
        path = Path(folder) / "document.typ"
        path.write_text(source, encoding="utf-8")
        return typst.compile(path)
