"""A demonstration to walk through: prepared once, copied for every journey, served by a real process.

The journeys always walk the embedded program, also where the runner offers PostgreSQL and Redis: what they prove is the
pages, a copy of a file costs nothing, and what differs between the databases is held by the other phases.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.servers import ROOT, free_port, process

OF_OTHERS = (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "PLAIN_STATIC",
    "DEMONSTRATION",
    "PYTEST_VERSION",
)


def environment(data: Path, address: str = "http://127.0.0.1") -> dict[str, str]:
    mine = {name: value for name, value in os.environ.items() if name not in OF_OTHERS}
    return {**mine, "DATA_DIR": str(data), "SITE_URL": address, "NO_RATE_LIMITS": "1", "TICK_SECONDS": "2"}


def manage(data: Path, name: str) -> str:
    """What it told."""
    words = [sys.executable, "manage.py", name]
    return subprocess.run(words, cwd=ROOT, env=environment(data), check=True, capture_output=True, text=True).stdout


def prepared_once(folder: Path) -> Path:
    """The folder with the data; parallel workers wait for the one that came first."""
    data, ready = folder / "demonstration", folder / "demonstration-is-ready"
    with (folder / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            shutil.rmtree(data, ignore_errors=True)
            manage(data, "prepare")
            ready.touch()
    return data


@contextmanager
def served(data: Path, **given: str) -> Iterator[str]:
    """The address of a server on this data, with settings of its own; it ends with the block."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    settings = {**environment(data, address), **given}
    with process(command, ready=lambda _: is_alive(address), environment=settings, seconds=300):
        yield address


def end_now(data: Path, table: str, sweep: str) -> None:
    """As if the last minute of what is open in a table had passed; the tick of the server finds it."""
    past = (datetime.now(UTC) - timedelta(seconds=1)).strftime("%Y-%m-%d %H:%M:%S.%f")
    (database,) = data.glob("*.sqlite3")
    with closing(sqlite3.connect(database, timeout=30)) as connection, connection:
        connection.execute(f"UPDATE {table} SET closes_at = ? WHERE state = 'open'", [past])  # noqa: S608 - our own
        connection.execute("DELETE FROM jobs_sweeprun WHERE code = ?", [sweep])


def is_alive(address: str) -> bool:
    try:
        with urlopen(f"{address}/health/live", timeout=5) as answer:
            return answer.status == 200
    except (URLError, TimeoutError, ConnectionError):
        return False
