"""The text of a file, page by page, read in a child process with limits. This module knows nothing of Django.

As a program: `python -m platform_core.materials.files.extraction PATH MEDIA_TYPE` prints a JSON list of page texts.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path

MEMORY = 3 * 2**30
CPU_SECONDS = 90
WALL_SECONDS = 180
CHARACTERS_PER_PAGE = 50_000
PAGES = 2_000
PLAIN = ("text/plain", "text/markdown", "text/csv")


class UnreadableError(Exception):
    """No text could be read; the message says why in one line."""


def extract(path: Path, media_type: str) -> list[str]:
    """Texts of the pages in order; raises UnreadableError on a broken file or when a limit is passed."""
    if media_type.startswith("image/"):
        return []
    command = [sys.executable, "-m", __name__, str(path), media_type]
    try:
        child = subprocess.run(command, capture_output=True, timeout=WALL_SECONDS, preexec_fn=limit, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise UnreadableError("reading took too long") from error
    if child.returncode:
        lines = child.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UnreadableError(lines[-1][:280] if lines else f"reading ended with code {child.returncode}")
    return json.loads(child.stdout)


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


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


def main() -> None:
    pages = read_pages(Path(sys.argv[1]), sys.argv[2])
    json.dump([page[:CHARACTERS_PER_PAGE].replace("\0", "") for page in pages[:PAGES]], sys.stdout)


if __name__ == "__main__":
    main()
