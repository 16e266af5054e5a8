"""Databases, web servers and helpers of a measurement, each a process of its own with an environment of its own."""

import json
import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

from tests.servers import ROOT, free_port, postgres, process

Environment = dict[str, str]


def arguments(description: str) -> Namespace:
    """Which databases, and how much content."""
    parser = ArgumentParser(description=description)
    parser.add_argument(
        "--sqlite", action="store_true", help="on SQLite (the default, with PostgreSQL beside it if there is one)"
    )
    parser.add_argument(
        "--postgres", action="store_true", help="on PostgreSQL: DATABASE_URL's server, else one of our own"
    )
    parser.add_argument("--records", type=int, default=int(os.environ.get("RECORDS", "10000")))
    return parser.parse_args()


def vendors(asked: Namespace) -> list[str]:
    if asked.sqlite or asked.postgres:
        return [name for name in ("sqlite", "postgres") if getattr(asked, name)]
    return ["sqlite", "postgres"] if os.environ.get("DATABASE_URL") else ["sqlite"]


@contextmanager
def database(vendor: str) -> Iterator[Environment]:
    """An empty database and the environment that names it; both are gone afterwards."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True))
        named = {"DATABASE_URL": stack.enter_context(own_postgres())} if vendor == "postgres" else {}
        yield {**surroundings(folder), **named}


def surroundings(folder: str) -> Environment:
    left_out = {"DATABASE_URL", "REDIS_URL", "DEBUG"}
    return {
        **{name: value for name, value in os.environ.items() if name not in left_out},
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "DATA_DIR": folder,
        "SECRET_KEY": "throw-away-key-of-the-benchmarks-and-of-nothing-else",
        "PLAIN_STATIC": "1",
        "NO_RATE_LIMITS": "1",
    }


@contextmanager
def own_postgres() -> Iterator[str]:
    """A database of our own on the server in DATABASE_URL, or on one started for it."""
    with ExitStack() as stack:
        server = os.environ.get("DATABASE_URL") or stack.enter_context(postgres())
        name = f"bench_{os.getpid()}_{free_port()}"
        execute(server, f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            with suppress(psycopg2.OperationalError):
                execute(server, f"DROP DATABASE {name} WITH (FORCE)")


def execute(server: str, sql: str) -> None:
    connection = psycopg2.connect(server)
    connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
    connection.cursor().execute(sql)
    connection.close()


def ask(module: str, *words: object, environment: Environment):
    """Runs one of our modules to its end and gives what it printed last, read as JSON."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def web(environment: Environment, *, cached: bool = False) -> Iterator[int]:
    """The web server; gives its port."""
    port = free_port()
    with process(
        [sys.executable, "-m", "benchmarks.web", str(port)],
        ready=lambda said: "ready" in said,
        environment={**environment, "BENCH_CACHED": "1" if cached else "0"},
    ):
        yield port


def machine() -> str:
    """Under what load the figures were taken."""
    lines = Path("/proc/meminfo").read_text().splitlines() if Path("/proc/meminfo").exists() else ["? 0"]
    memory = int(lines[0].split()[1]) / 2**20
    return f"{os.cpu_count()} cores, {memory:.0f} GB, load average {os.getloadavg()[0]:.1f}"
