"""What the tests need beside Python, and how Debian calls it."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable

from tests.servers import MissingProgramError, chromium_program, postgres_programs, redis_program


def gettext_program() -> str:
    if found := shutil.which("msgfmt"):
        return found
    raise MissingProgramError("gettext")


PROGRAMS: dict[str, tuple[Callable[[], object], str]] = {
    "PostgreSQL": (postgres_programs, "postgresql"),
    "Redis": (redis_program, "redis-server"),
    "Chromium": (chromium_program, "chromium"),
    "gettext": (gettext_program, "gettext"),
}


def is_missing(program: str) -> bool:
    try:
        PROGRAMS[program][0]()
    except MissingProgramError:
        return True
    return False


def install(programs: Iterable[str]) -> list[str]:
    """Installs what is missing where this machine lets us, and gives what is missing still."""
    missing = [program for program in programs if is_missing(program)]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        apt_get("update", "-q")
        for program in missing:
            apt_get("install", "-q", "-y", "--no-install-recommends", PROGRAMS[program][1])
    return [program for program in missing if is_missing(program)]


def apt_get(*arguments: str) -> None:
    # At run level 1 a package starts no server of its own.
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    subprocess.run(["apt-get", *arguments], env=quiet, stdin=subprocess.DEVNULL, check=False)
