"""Drawings as pictures, made in a child process with limits. This module knows nothing of Django.

As a program: `python -m platform_core.ground.reports.pictures FOLDER` prints the PNG of `drawing.svg` in the folder.
"""

import sys
import tempfile
from pathlib import Path

import typst

from .confined import in_child

WALL_SECONDS, DOTS = 40, 144
PAGE = '#set page(width: auto, height: auto, margin: 0pt)\n#image("drawing.svg", alt: "")\n'


def png_of(svg: bytes) -> bytes:
    """Raises ConfinedError when the drawing cannot be read or takes more than it may."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "drawing.svg").write_bytes(svg)
        return in_child(__name__, name, seconds=WALL_SECONDS)


def drawn(folder: Path) -> bytes:
    path = folder / "page.typ"
    path.write_text(PAGE, encoding="utf-8")
    return typst.compile(path, format="png", ppi=DOTS)


if __name__ == "__main__":
    sys.stdout.buffer.write(drawn(Path(sys.argv[1])))
