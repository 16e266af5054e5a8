"""Areas and what their codes meant, from the files in `reference/`; loading again refreshes them and removes no area."""

from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from ..models import Area, AreaCode

FOLDER = Path(__file__).parent.parent / "reference"
FIRST, NEWEST = 2006, 2021
AGGREGATES = ("EU", "EA")


def lines(name: str) -> Iterator[str]:
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def level_of(code: str) -> int:
    return Area.Level.AGGREGATE if is_aggregate(code) else len(code) - 2


def is_aggregate(code: str) -> bool:
    return code.startswith(AGGREGATES) and code[2:3].isdecimal() and len(code) > 3


def areas_of_today() -> Iterator[tuple[Area, int]]:
    """With the vintage since which the code means this territory."""
    for line in lines("areas"):
        told, name = line.split(" ", 1)
        code, _at, since = told.partition("@")
        country = "" if is_aggregate(code) else code[:2]
        yield Area(code=code, level=level_of(code), country=country, name=name), int(since or FIRST)


def codes(areas: dict[str, Area], since: dict[str, int]) -> Iterator[AreaCode]:
    for code, area in areas.items():
        yield AreaCode(
            code=code, first=since[code], last=NEWEST, level=area.level, fate="same", area=area, name=area.name
        )
    for line in lines("former"):
        code, first, last, fate, successors, name = line.split(" ", 5)
        yield AreaCode(
            code=code,
            first=int(first),
            last=int(last),
            level=level_of(code),
            fate=fate,
            area=areas[successors] if fate == "renamed" else None,
            name=name,
            successors=successors.replace("+", " "),
        )


@transaction.atomic
def load_reference() -> None:
    found = list(areas_of_today())
    Area.objects.bulk_create(
        [area for area, _since in found],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["level", "country", "name"],
    )
    kept = {area.code: area for area in Area.objects.all()}
    since = {area.code: vintage for area, vintage in found}
    AreaCode.objects.all().delete()
    AreaCode.objects.bulk_create(codes({code: kept[code] for code in since}, since))
