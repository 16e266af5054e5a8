"""The text of a file, page by page, read in a child process with limits. This module knows nothing of Django.

As a program: `python -m platform_core.materials.files.extraction PATH MEDIA_TYPE` prints a JSON list of page texts.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from platform_core.ground.reports import confined

WALL_SECONDS = 180
CHARACTERS = 20_000_000  # of a whole file
CHARACTERS_PER_PAGE = 50_000
PAGES = 2_000
PART = 3_000  # about what stands on a page
ENDS = ("\n\n", "\n", ". ", " ")  # of paragraphs, lines, sentences, words
FIXED = ("application/pdf", "application/vnd.openxmlformats-officedocument.presentationml.presentation")
PLAIN = ("text/plain", "text/markdown", "text/csv", "application/json")


class UnreadableError(Exception):
    """No text could be read; the message says why in one line."""


def extract(path: Path, media_type: str) -> list[str]:
    """Texts of the pages in order; raises UnreadableError on a broken file or when a limit is passed."""
    if media_type.startswith("image/"):
        return []
    return json.loads(in_child(__name__, str(path), media_type, seconds=WALL_SECONDS))


def in_child(module: str, *arguments: str, seconds: int) -> bytes:
    """What a module prints when run with limits; raises UnreadableError where it fails or passes one."""
    try:
        return confined.in_child(module, *arguments, seconds=seconds)
    except confined.ConfinedError as error:
        raise UnreadableError(str(error)) from error


def read_pages(path: Path, media_type: str) -> list[str]:
    if media_type in PLAIN:
        return split_plain(path.read_text(encoding="utf-8", errors="replace"))
    import kreuzberg  # noqa: PLC0415 - 100 MB that only the child needs

    config = kreuzberg.ExtractionConfig(pages=kreuzberg.PageConfig(extract_pages=True))
    found = kreuzberg.extract_file_sync(path, mime_type=media_type, config=config)
    return [page["content"] for page in found.pages] if found.pages else [found.content]


def split_plain(text: str) -> list[str]:
    """Plain text has pages where it has form feeds."""
    return text.split("\f")


def in_parts(pages: list[str], media_type: str) -> tuple[list[str], bool]:
    """Pages short enough to be found and pointed at, and whether they are parts of our making.

    A text that flows has no pages of its own: a long one is cut into parts of about a page, so that nothing of it is lost.
    """
    flows = media_type not in FIXED and len(pages) == 1 and len(pages[0]) > PART
    if flows or any(len(page) > CHARACTERS_PER_PAGE for page in pages):
        return [part for page in pages for part in split_flowing(page)][:PAGES], True
    return pages, False


def split_flowing(text: str) -> Iterator[str]:
    """Parts that end with a paragraph where there is an end of one, and make up the whole text again."""
    start = 0
    while len(text) - start > PART:
        window = (start + PART // 2, start + PART)
        ends = (place + len(mark) for mark in ENDS if (place := text.rfind(mark, *window)) > 0)
        end = next(ends, start + PART)
        yield text[start:end]
        start = end
    yield text[start:]


def main() -> None:
    room, pages = CHARACTERS, []
    for page in read_pages(Path(sys.argv[1]), sys.argv[2])[:PAGES]:
        pages.append(page[:room].replace("\0", ""))
        room -= len(pages[-1])
    json.dump(pages, sys.stdout)


if __name__ == "__main__":
    main()
