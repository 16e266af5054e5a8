"""The floors of the house (docs/house.md), and what lies in it, as the house tests see them."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import AppConfig, apps
from django.db.models import Model

ROOT = Path(__file__).resolve().parents[2]
APPS = ("repository", "workinggroups", "consultations", "benchmarking", "pilots")
PARTS = ("clusterpolisee", "platform_core", *APPS)

# Height by the longest prefix. Rooms of one height are strangers unless their floor is among the familiar ones.
HEIGHTS = {
    "platform_core.ground": 0,
    "platform_core.identity.audit": 10,
    "platform_core.identity.accounts": 11,
    "platform_core.identity.access": 12,
    "platform_core.materials.jobs": 20,
    "platform_core.materials": 21,
    "platform_core.materials.languages": 22,
    "platform_core.people": 30,
    "platform_core.exchange": 40,
    "platform_core.programme": 50,
    "platform_core.programme.pages": 51,
    "repository": 60,
    "workinggroups": 61,
    "consultations": 62,
    "benchmarking": 62,
    "pilots": 63,
}
FAMILIAR = {0, 30, 40}


def rooms() -> list[AppConfig]:
    """Our own Django apps, those of the platform and the five."""
    return [config for config in apps.get_app_configs() if config.name.split(".")[0] in PARTS]


def models() -> list[type[Model]]:
    return [model for room in rooms() for model in room.get_models()]


def height(name: str) -> int:
    fitting = [prefix for prefix in HEIGHTS if name == prefix or name.startswith(f"{prefix}.")]
    return HEIGHTS[max(fitting, key=len)]


def may_stand_on(upper: str, lower: str) -> bool:
    """Whether the room named first may know the one named second."""
    if upper == lower or height(lower) < height(upper):
        return True
    return height(lower) == height(upper) and height(upper) in FAMILIAR


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders or PARTS:
        yield from sorted((ROOT / folder).rglob("*.py"))


def templates() -> Iterator[Path]:
    yield from sorted((ROOT / "templates").rglob("*.html"))
    for part in PARTS:
        yield from sorted(path for path in (ROOT / part).rglob("*.html") if "templates" in path.parts)


def told(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
