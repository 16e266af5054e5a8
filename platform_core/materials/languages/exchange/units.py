"""One text on its way out or back, whatever the format."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import models

from platform_core.ground.registry.catalogue import label_of
from platform_core.ground.texts.fields import printable

from ..selectors import cells
from ..states import Cell
from ..texts import normal

NEW, DRAFT, REVIEWED, STALE = "new", "draft", "reviewed", "stale"


@dataclass(frozen=True)
class Unit:
    """`mark` tells with what the translator began: it changes with the source and with the translation."""

    key: str
    language: str
    text: str
    state: str = DRAFT
    mark: str = ""
    source: str = ""
    source_language: str = "en"
    place: str = ""
    max_length: int | None = None

    def stored(self) -> dict[str, str]:
        return {name: asdict(self)[name] for name in ("key", "language", "text", "state", "mark")}


def units(thing: models.Model, languages: Iterable[str], user) -> list[Unit]:
    return [unit_of(cell) for code in languages for cell in cells(thing, code, user)]


def unit_of(cell: Cell) -> Unit:
    state = {"missing": NEW, "stale": STALE, "reviewed": REVIEWED}.get(cell.state, DRAFT)
    section, place = str(cell.text.section), str(cell.text.place)
    return Unit(
        key=cell.text.key,
        language=cell.language,
        text=clean(cell.current),
        state=DRAFT if cell.draft else state,
        mark=cell.mark,
        source=clean(cell.text.words),
        source_language=cell.text.source,
        place=" · ".join(part for part in (section, place) if part),
        max_length=cell.text.max_length,
    )


def clean(text: str) -> str:
    """As XML and spreadsheets can hold it."""
    return normal(printable(text))


def name_of(thing: models.Model) -> str:
    """What a file says it is of."""
    return f"{label_of(thing)}:{thing.pk}"
