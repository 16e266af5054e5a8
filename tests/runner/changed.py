"""From changed files to the tests that speak about them: the tests repeat the tree."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

EVERYTHING = (
    "Makefile",
    "manage.py",
    "pyproject.toml",
    "requirements/",
    "clusterpolisee/",
    "platform_core/ground/registry/",
    "platform_core/ground/vocabulary/",
    "platform_core/identity/access/",
    "tests/conftest.py",
    "tests/people.py",
    "tests/servers.py",
    "tests/factories/",
)
ROOM_DEPTH = {"platform_core": 3}
TEMPLATES_OF = {"layouts": "ui", "components": "ui", "emails": "messaging", "account": "accounts", "mfa": "accounts"}
ALWAYS = "tests/house"


def changed_files(root: Path) -> list[str]:
    """Paths that differ from the last commit, new files included, removed ones too."""
    differing = git(root, "diff", "--name-only", "HEAD")
    return sorted({*differing, *git(root, "ls-files", "--others", "--exclude-standard")})


def git(root: Path, *arguments: str) -> list[str]:
    done = subprocess.run(["git", "-c", "core.quotepath=off", *arguments], cwd=root, capture_output=True, text=True)
    return done.stdout.splitlines() if done.returncode == 0 else ["Makefile"]


def suite_for(changed: Iterable[str], root: Path) -> list[str]:
    """Folders and files to hand to pytest; `tests` when a change reaches everything."""
    found = {ALWAYS}
    for path in changed:
        if path.startswith(EVERYTHING):
            return ["tests"]
        found.update(test for test in candidates(path, root) if (root / test).exists())
    return sorted(without_nested(found))


def candidates(path: str, root: Path) -> list[str]:
    first, *rest = path.split("/")
    if first == "tests":
        return [path] if Path(path).name.startswith("test_") else []
    if first == "templates" and rest:
        return room_tests(TEMPLATES_OF.get(rest[0], rest[0]), root)
    if first == "static":
        return room_tests("ui", root)
    if first == "locale":
        return room_tests("texts", root)
    return ["/".join(["tests", first, *rest[: ROOM_DEPTH.get(first, 1) - 1]])] if rest else []


def room_tests(label: str, root: Path) -> list[str]:
    rooms = [path.relative_to(root) for path in (root / "tests").glob(f"platform_core/*/{label}")]
    return [f"tests/{label}", *map(str, rooms)]


def without_nested(paths: set[str]) -> set[str]:
    return {path for path in paths if not any(path != other and path.startswith(f"{other}/") for other in paths)}
