"""Statistics whose worker dies half-way, with real databases, brokers and processes; no clock decides anything here.

A job is held fast where a test wants it by locks and a trigger in its database, never by waiting inside the program.
"""

import signal
import sqlite3
import sys
from contextlib import closing, contextmanager
from datetime import timedelta

import psycopg2
import pytest
import requests
from django.core.management import call_command
from django.utils import timezone

from consultations import demonstration, services
from consultations.demonstration import reading
from consultations.models import Consultation
from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Sweep
from platform_core.materials.jobs import services as jobs
from platform_core.materials.jobs.first_tables import lay_out
from platform_core.materials.jobs.models import SweepRun
from tests import servers
from tests.people import PASSWORD, gather

from . import worlds
from .worlds import SWEEPS_DUE, ask, beat, environment_for, inside, locked, until, waiting_for

pytestmark = pytest.mark.servers

CODE = "finance-2027"
JOB = "SELECT state, attempt, done FROM jobs_job WHERE kind = 'consultations.statistics'"
RESULTS = "SELECT base FROM consultations_resultset"
COMPUTED = "SELECT count(*) FROM audit_event WHERE verb = 'consultations.computed'"
AGAIN = "UPDATE jobs_job SET state = 'waiting', attempt = 0, done = 0, lease = '', lease_until = NULL"
RECOVER_DUE = f"{SWEEPS_DUE} WHERE code = 'jobs.recover'"
ENDLESS = """
    CREATE VIEW endless AS WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n) SELECT x FROM n;
    CREATE TRIGGER endless_insert BEFORE INSERT ON consultations_resultset BEGIN SELECT count(*) FROM endless; END;
"""
NO_MORE_ENDLESS = "DROP TRIGGER endless_insert; DROP VIEW endless;"


# What is run inside the program, by `manage.py shell`


def prepare() -> None:
    """All tables and reference rows, the cast, a closed consultation with 200 answers."""
    lay_out()
    call_command("load_reference")
    gather()
    demonstration.file(reading.questionnaire(CODE))
    services.close(Consultation.objects.get(code=CODE))


def let_sweeps_rest() -> None:
    """None is due but by `RECOVER_DUE`: one that came to a table a test holds would be taken for the job."""
    for sweep in declared(Sweep):
        SweepRun.objects.create(code=sweep.code, began_at=timezone.now() + timedelta(days=365))


def ask_for_statistics() -> None:
    jobs.start("consultations.statistics", consultation=Consultation.objects.get(code=CODE).pk)


# The worlds


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    with worlds.production(
        tmp_path_factory.mktemp("production"), prepare, let_sweeps_rest, ask_for_statistics
    ) as environment:
        yield environment


@pytest.fixture
def database(production):
    """Commits each statement at once; the job waits anew, the results of the test before are gone."""
    with closing(psycopg2.connect(production["DATABASE_URL"])) as connection:
        connection.autocommit = True
        ask(connection, AGAIN)
        ask(connection, "DELETE FROM consultations_resultset")
        ask(connection, "DELETE FROM audit_event WHERE verb = 'consultations.computed'")
        yield connection


def until_done(database, wanted: list) -> None:
    """Lost jobs are looked for again and again, where a platform would wait for the next minute."""

    def look():
        ask(database, RECOVER_DUE)
        return ask(database, JOB)

    until(look, wanted)


@contextmanager
def held_fast(production, database, table: str, mode: str):
    """The running job waits for the table."""
    with locked(production, table, mode):
        until(lambda: bool(ask(database, RECOVER_DUE)) or waiting_for(database, table)(), 1)
        assert [row[0] for row in ask(database, JOB)] == ["running"]
        yield


# The stories


def test_statistics_whose_worker_is_killed_half_way_are_finished_by_another_once(production, database):
    with beat(production), servers.celery_worker(production) as first:
        with held_fast(production, database, "consultations_resultset", "SHARE"):
            half_way = ask(database, JOB)
            first.kill()
            first.wait()
        with servers.celery_worker(production):
            until_done(database, [("done", 2, 200)])

    assert half_way == [("running", 1, 200)]
    assert (ask(database, RESULTS), ask(database, COMPUTED)) == ([(200,)], [(1,)])


def test_a_worker_that_wakes_after_its_job_was_taken_over_writes_nothing(production, database):
    with beat(production), servers.celery_worker(production) as sleeper:
        with held_fast(production, database, "consultations_response", "ACCESS EXCLUSIVE"):
            sleeper.send_signal(signal.SIGSTOP)
        with servers.celery_worker(production):
            until_done(database, [("done", 2, 200)])
        sleeper.send_signal(signal.SIGCONT)
        ask(database, AGAIN)
        until_done(database, [("done", 1, 200)])

    assert (ask(database, RESULTS), ask(database, COMPUTED)) == ([(200,), (200,)], [(2,)])


# The embedded program


@pytest.fixture
def embedded(tmp_path):
    """The environment of a server that needs nothing beside Python, with a closed consultation."""
    port = str(servers.free_port())
    environment = environment_for(tmp_path, PORT=port, SITE_URL=f"http://127.0.0.1:{port}")
    inside(environment, prepare)
    return environment


@contextmanager
def served(environment: dict[str, str]):
    command = [sys.executable, "manage.py", "serve", "--port", environment["PORT"]]
    with servers.process(
        command, ready=lambda said: "ClusterPoliSEE is at" in said, environment=environment
    ) as running:
        yield running


def post(browser: requests.Session, address: str, **fields) -> requests.Response:
    fields["csrfmiddlewaretoken"] = browser.cookies.get("csrftoken", "")
    return browser.post(address, data=fields, headers={"Referer": address}, timeout=120)


def press_compute(site: str) -> int:
    """What the leader of working group 4 does in her browser."""
    browser = requests.Session()
    browser.get(f"{site}/en/account/login/", timeout=120)
    post(browser, f"{site}/en/account/login/", login="wanda@example.org", password=PASSWORD)
    return post(browser, f"{site}/en/desk/consultations/{CODE}/compute/").status_code


def test_the_embedded_server_killed_during_a_job_finishes_it_after_the_next_start_once(embedded, tmp_path):
    with closing(sqlite3.connect(tmp_path / "clusterpolisee.sqlite3", timeout=60, isolation_level=None)) as database:
        database.executescript(ENDLESS)
        with served(embedded) as first:
            pressed = press_compute(embedded["SITE_URL"])
            until(lambda: ask(database, JOB), [("running", 1, 200)])
            first.kill()
            first.wait()
        database.executescript(NO_MORE_ENDLESS)
        with served(embedded):
            until(lambda: ask(database, JOB), [("done", 2, 200)])

        assert (pressed, ask(database, RESULTS), ask(database, COMPUTED)) == (200, [(200,)], [(1,)])
