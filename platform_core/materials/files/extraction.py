"""The text of a file, page by page, read in a child process with limits. This module knows nothing of Django.

As a program: `python -m platform_core.materials.files.extraction PATH MEDIA_TYPE` prints a JSON list of page texts.
"""

import json
import os
import resource
import signal
import subprocess
import sys
from contextlib import suppress
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
    return json.loads(in_child(__name__, str(path), media_type, seconds=WALL_SECONDS))


def in_child(module: str, *arguments: str, seconds: int) -> bytes:
    """What a module prints when run with limits; raises UnreadableError with the last line it complained in. Whatever it
    started ends with it.
    """
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=limit, start_new_session=True
    ) as child:
        try:
            printed, complaint = child.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise UnreadableError("it took too long") from error
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
    if child.returncode:
        lines = complaint.decode("utf-8", "replace").strip().splitlines()
        raise UnreadableError(lines[-1][:280] if lines else f"it ended with code {child.returncode}")
    return printed


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
