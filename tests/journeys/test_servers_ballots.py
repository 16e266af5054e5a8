"""A ballot whose worker dies while it closes, with real databases, brokers and processes."""

from contextlib import closing

import psycopg2
import pytest
from django.core.management import call_command

from platform_core.materials.jobs.first_tables import lay_out
from platform_core.programme.governance import services
from tests import servers
from tests.factories.governance import ballot, over
from tests.people import gather

from . import worlds
from .worlds import SWEEPS_DUE, ask, beat, locked, until, waiting_for

pytestmark = pytest.mark.servers

BALLOT = "SELECT state, number, result->>'cast', length(result_sha256) FROM governance_decision"
DECIDED = "SELECT count(*) FROM audit_event WHERE verb = 'governance.decided'"
NOTICES = "SELECT count(*) FROM messaging_notice WHERE kind = 'governance.decided'"


def prepare() -> None:
    """Two delegates, of whom one has voted; the vote is over."""
    lay_out()
    call_command("load_reference")
    people = gather()
    found = ballot(people.lena, seats=[people.marko, people.wanda])
    services.cast(found, people.marko.affiliations.get().organisation, "agree", by=people.marko)
    over(found)


def test_a_ballot_whose_worker_is_killed_while_it_closes_has_one_result(tmp_path):
    with (
        worlds.production(tmp_path, prepare) as environment,
        closing(psycopg2.connect(environment["DATABASE_URL"])) as database,
    ):
        database.autocommit = True
        with beat(environment), servers.celery_worker(environment) as first:
            with locked(environment, "governance_body", "ACCESS EXCLUSIVE"):
                until(lambda: bool(ask(database, SWEEPS_DUE)) or bool(waiting_for(database, "governance_body")()), True)
                first.kill()
                first.wait()
                half_way = ask(database, "SELECT state, number FROM governance_decision")
            with servers.celery_worker(environment):
                until(
                    lambda: (ask(database, SWEEPS_DUE), ask(database, NOTICES))[1], [(4,)]
                )  # two delegates, on the site and by mail

        assert half_way == [("open", "")]
        assert (ask(database, BALLOT), ask(database, DECIDED)) == ([("decided", "SC-2026-001", "1", 64)], [(1,)])
