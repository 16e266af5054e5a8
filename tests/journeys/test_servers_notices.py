"""A worker that is killed again and again while it tells of a thousand notices; no clock decides when.

Five times, or twenty where everything is run.
"""

import os
import sqlite3
import sys
from collections import Counter
from contextlib import closing

import psycopg2
import pytest
from django.core.management import call_command

from platform_core.exchange.messaging import services
from platform_core.exchange.messaging.models import Notice, OutboxMail
from platform_core.identity.audit import services as audit
from platform_core.materials.jobs.first_tables import lay_out
from tests import servers
from tests.people import gather
from tests.postbox import postbox

from . import worlds
from .worlds import ask, environment_for, inside, until

pytestmark = pytest.mark.servers

KILLS, TALKS = 20 if os.environ.get("THOROUGH") else 5, 250
ROWS, MAILS = 4 * TALKS, TALKS  # two readers, on the site and by mail; one of them reads digests
PROGRESS = """
    SELECT (SELECT count(*) FROM messaging_notice)
         + (SELECT count(*) FROM messaging_outboxmail WHERE sent_at IS NOT NULL)
"""
DUE = "UPDATE messaging_notice SET due_at = '2026-01-01T00:00:00+00:00' WHERE due_at IS NOT NULL"
LEFT = """
    SELECT (SELECT count(*) FROM audit_event WHERE dispatched_at IS NULL)
         + (SELECT count(*) FROM messaging_notice WHERE due_at IS NOT NULL)
         + (SELECT count(*) FROM messaging_outboxmail WHERE sent_at IS NULL)
"""
WORK = "import django; django.setup(); from tests.journeys.test_servers_notices import work; work()"


def prepare() -> None:
    """Ana has written 250 times to Marko, who reads digests, and Wanda; nobody is told yet."""
    lay_out()
    call_command("load_reference")
    people = gather()
    audit.dispatch_events()
    Notice.objects.all().delete()
    OutboxMail.objects.all().delete()
    services.choose(people.marko, {"messaging": ("daily", True)})
    for number in range(TALKS):
        services.begin(by=people.ana, people=[people.marko, people.wanda], subject=f"Talk {number}", text="Read this.")


def work() -> None:
    """What a worker does when it is woken, without end."""
    print("at work", flush=True)  # noqa: T201 - told to whoever waits for this process
    while True:
        audit.dispatch_next()
        services.send_digests()
        services.send_next()


def worker(environment):
    command = [sys.executable, "-c", WORK]
    return servers.process(command, ready=lambda said: "at work" in said, environment=environment)


def tell_and_kill(environment, database) -> int:
    """Kills whenever another twentieth of the work is seen in the database; gives how often."""
    kills = 0
    for turn in range(1, KILLS + 1):
        goal = (ROWS + MAILS) * turn // (KILLS + 2)
        with worker(environment) as running:
            until(lambda goal=goal: ask(database, PROGRESS)[0][0] >= goal, True)
            running.kill()
            kills += running.wait() == -9
        ask(database, DUE)
    with worker(environment):
        until(lambda: (ask(database, DUE), ask(database, LEFT))[1], [(0,)])
    return kills


def check(database, sent) -> None:
    told = Counter(ask(database, "SELECT event_id, recipient_id, channel FROM messaging_notice"))
    assert (len(told), set(told.values())) == (ROWS, {1})
    mailed = Counter(ask(database, "SELECT mailed_as, recipient_id, pace FROM messaging_notice WHERE channel = 'mail'"))
    kept = {row[0] for row in ask(database, "SELECT message_id FROM messaging_outboxmail")}
    assert {mail for mail, _person, _pace in mailed} == kept
    assert sum(1 for _mail, _person, pace in mailed if pace == "once") == TALKS
    ids = Counter(mail["Message-ID"] for mail in sent)
    assert set(ids) == kept
    assert len(sent) - len(kept) <= KILLS  # of each killed worker the mail in flight may come again, under its id
    assert max(ids.values()) <= 2


def mail_to(box) -> dict[str, str]:
    port = str(box.server_address[1])
    return {"DJANGO_SETTINGS_MODULE": "clusterpolisee.settings", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": port}


def test_kills_on_postgresql_tell_each_once(tmp_path, monkeypatch):
    monkeypatch.setenv("MESSAGES_PER_HOUR", "100000")
    with postbox() as box, worlds.production(tmp_path, prepare) as environment:
        environment |= mail_to(box)
        with closing(psycopg2.connect(environment["DATABASE_URL"])) as database:
            database.autocommit = True
            assert tell_and_kill(environment, database) == KILLS
            check(database, box.mails)


def test_kills_on_sqlite_tell_each_once(tmp_path, monkeypatch):
    monkeypatch.setenv("MESSAGES_PER_HOUR", "100000")
    stored = tmp_path / "clusterpolisee.sqlite3"
    with postbox() as box:
        environment = environment_for(tmp_path, **mail_to(box))
        inside(environment, prepare)
        with closing(sqlite3.connect(stored, timeout=60, isolation_level=None)) as database:
            assert tell_and_kill(environment, database) == KILLS
            check(database, box.mails)
