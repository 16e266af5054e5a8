"""Papers as files, made in a child process with limits. This module knows nothing of Django.

As a program: `python -m platform_core.ground.reports.papers FORM FOLDER` prints the file made from `paper.json` and the
pictures in the folder.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from platform_core.ground.texts.wikitext import Part

from .confined import in_child
from .docx import markdown_to_docx
from .pdf import markdown_to_pdf, pages_to_pdf

WALL_SECONDS = 120
FORMS: dict[str, Callable[..., bytes]] = {"pdf": markdown_to_pdf, "docx": markdown_to_docx}


def paper(form: str, title: str, parts: Sequence[Part], language: str) -> bytes:
    """A paper of Markdown texts as `pdf` or `docx`; raises ConfinedError when it takes more than it may."""
    with tempfile.TemporaryDirectory() as name:
        folder, told = Path(name), []
        for number, part in enumerate(parts):
            images = {called: f"{number}-{place}" for place, called in enumerate(part.images)}
            for called, kept in images.items():
                (folder / kept).write_bytes(part.images[called])
            told.append({"text": part.text, "heading": part.heading, "images": images})
        return made(form, folder, title=title, parts=told, language=language)


def pages(title: str, texts: Sequence[str], language: str) -> bytes:
    """A PDF with one page per plain text."""
    with tempfile.TemporaryDirectory() as name:
        return made("pages", Path(name), title=title, parts=list(texts), language=language)


def made(form: str, folder: Path, **told) -> bytes:
    (folder / "paper.json").write_text(json.dumps(told), encoding="utf-8")
    return in_child(__name__, form, str(folder), seconds=WALL_SECONDS)


def build(form: str, folder: Path) -> bytes:
    told = json.loads((folder / "paper.json").read_text(encoding="utf-8"))
    if form == "pages":
        return pages_to_pdf(told["title"], told["parts"], told["language"])
    parts = [part | {"images": read(folder, part["images"])} for part in told["parts"]]
    return FORMS[form](told["title"], [Part(**part) for part in parts], told["language"])


def read(folder: Path, images: dict[str, str]) -> dict[str, bytes]:
    return {called: (folder / kept).read_bytes() for called, kept in images.items()}


if __name__ == "__main__":
    sys.stdout.buffer.write(build(sys.argv[1], Path(sys.argv[2])))
