import tomllib
from pathlib import Path

from .floors import PARTS, ROOT, python_files, rooms, told

JUNK = {"utils", "helpers", "common", "base", "misc", "tools"}
LINES = 400
WORDS = {"models", "permissions", "selectors", "services", "forms", "views", "tasks", "declarations"}
DJANGOS = {"__init__", "__pycache__", "apps", "admin", "urls", "migrations", "management", "templatetags"}
WAGTAILS = {"wagtail_hooks"}
ENGINES = {"platform_core/materials/jobs/sqlite/base.py"}  # Django looks for a database engine's `base`


def ours():
    return [path for path in python_files(*PARTS, "tests", "benchmarks") if "migrations" not in path.parts]


def test_no_module_has_a_junk_name():
    named = {told(path) for path in ours() if JUNK & {*path.relative_to(ROOT).parts[:-1], path.stem}}

    assert named == ENGINES


def test_no_source_file_is_too_long():
    too_long = {told(path): lines for path in ours() if (lines := len(path.read_text().splitlines())) > LINES}

    assert too_long == {}


def test_wiring_holds_nothing_else():
    wiring = {path.name for path in (ROOT / "clusterpolisee").glob("*.py")}

    assert wiring <= {"__init__.py", "settings.py", "urls.py", "celery.py", "wsgi.py", "asgi.py"}


def test_every_room_is_told_of_in_the_house_guide():
    guide = (ROOT / "docs/house.md").read_text()
    untold = [
        room.name for room in rooms() if f"`{room.name.removeprefix('platform_core.').replace('.', '/')}`" not in guide
    ]

    assert untold == []


def test_every_leaf_is_told_of_in_the_house_guide():
    guide = (ROOT / "docs/house.md").read_text()
    leaves = {path.stem for room in rooms() for path in Path(room.path).iterdir() if path.suffix in {".py", ""}}
    untold = sorted(
        leaf for leaf in leaves - WORDS - DJANGOS - WAGTAILS if f"`{leaf}`" not in guide and f"`{leaf}/`" not in guide
    )

    assert untold == []


def test_tests_repeat_the_tree():
    rooms_with_tests = {path.relative_to(ROOT / "tests") for path in (ROOT / "tests").glob("platform_core/*/*/")}
    strangers = [str(path) for path in rooms_with_tests if path.name != "__pycache__" and not (ROOT / path).is_dir()]

    assert strangers == []


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/decisions").glob("[0-9]*.md"))

    assert numbers == list(range(1, len(numbers) + 1))


def test_import_contracts_name_every_part():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())

    assert set(settings["tool"]["importlinter"]["root_packages"]) == set(PARTS)
