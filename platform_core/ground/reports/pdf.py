"""PDF files from plain texts, through Typst."""

import tempfile
from pathlib import Path

import typst

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
