"""All of static/css as one sheet under an address that carries its hash, so browsers keep it for good."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse

FIRST = ("tokens", "base", "layout")
SPACE = re.compile(r"/\*.*?\*/|\n\s*", re.DOTALL)


@dataclass(frozen=True)
class Sheet:
    text: bytes

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.text).hexdigest()[:12]

    @cached_property
    def packed(self) -> bytes:
        return gzip.compress(self.text, 9, mtime=0)

    @property
    def address(self) -> str:
        return reverse("ui:stylesheet", args=[self.digest])


def sources() -> list[Path]:
    folder = Path(settings.BASE_DIR) / "static" / "css"
    return [*(folder / f"{name}.css" for name in FIRST), *sorted((folder / "components").glob("*.css"))]


def joined() -> bytes:
    return SPACE.sub("\n", "\n".join(path.read_text() for path in sources())).strip().encode()


@lru_cache(maxsize=2)
def sheet_at(moment: int) -> Sheet:
    return Sheet(joined())


def current_sheet() -> Sheet:
    """Read once; while developing, whenever a file changes."""
    return sheet_at(max(path.stat().st_mtime_ns for path in sources()) if settings.DEBUG else 0)
