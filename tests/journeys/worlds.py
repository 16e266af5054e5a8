"""Worlds of real servers in which a test holds deeds fast by locks, never by waiting inside the program."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2

from tests import servers

WAITS_FOR_A_LOCK = "SELECT count(*) FROM pg_locks WHERE relation = %s::regclass AND NOT granted"
SWEEPS_DUE = "UPDATE jobs_sweeprun SET began_at = '2026-01-01T00:00:00+00:00'"


def inside(environment: dict[str, str], *deeds: Callable[[], None]) -> None:
    """Runs deeds in the program, one after the other."""
    names = [(deed.__module__, deed.__name__) for deed in deeds]
    program = "; ".join(f"from {module} import {name}; {name}()" for module, name in names)
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", program]
    done = subprocess.run(command, cwd=servers.ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]


def environment_for(folder: Path, **given: str) -> dict[str, str]:
    """Nothing of the test run's own servers; a data folder with the place for static files that is expected there."""
    (folder / "static").mkdir()
    away = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DATA_DIR")
    kept = {name: value for name, value in os.environ.items() if name not in away}
    return {**kept, "DATA_DIR": str(folder), "JOB_LEASE_SECONDS": "3", "TICK_SECONDS": "1", **given}


@contextmanager
def production(folder: Path, *deeds: Callable[[], None]):
    """PostgreSQL and Redis of a test's own, after some deeds; gives the environment of workers."""
    with servers.postgres() as database, servers.redis() as broker:
        names = {
            "DATABASE_URL": database,
            "REDIS_URL": broker,
            "SECRET_KEY": "of-these-tests",
            "PLAIN_STATIC": "1",
            "REQUIRE_SECOND_STEP": "0",
        }
        environment = environment_for(folder, ALLOWED_HOSTS="127.0.0.1", **names)
        inside(environment, *deeds)
        yield environment


@contextmanager
def locked(environment: dict[str, str], table: str, mode: str):
    """Keeps others from a table; ends with the block or by `rollback`."""
    with closing(psycopg2.connect(environment["DATABASE_URL"])) as connection:
        ask(connection, f"LOCK TABLE {table} IN {mode} MODE")
        yield connection


@contextmanager
def beat(environment: dict[str, str]):
    command = [sys.executable, "-m", "celery", "-A", "clusterpolisee", "beat", "--loglevel=INFO"]
    with servers.process(command, ready=lambda said: "beat: Starting" in said, environment=environment) as running:
        yield running


def ask(connection, sql: str, *parameters):
    with closing(connection.cursor()) as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []


def until(question, wanted, seconds: float = 400) -> None:
    """Waits for an answer; the time is only there to end a test that has failed."""
    give_up = time.monotonic() + seconds
    while (answer := question()) != wanted:
        assert time.monotonic() < give_up, f"still {answer}, not {wanted}"
        time.sleep(0.05)


def waiting_for(database, table: str):
    return lambda: ask(database, WAITS_FOR_A_LOCK, table)[0][0]
