import gc
import time

import pytest
from django.db import connection

from platform_core.materials.jobs import services
from tests.platform_core.identity.threads import IN_PARALLEL

from .leases import age_sweeps

pytestmark = pytest.mark.database


def test_the_program_says_that_it_lives(client, db):
    assert client.get("/health/live").json() == {"status": "alive"}


@IN_PARALLEL
def test_the_program_can_work_after_a_tick(client, committed_rows):
    services.tick()

    assert client.get("/health/ready").status_code == 200


@IN_PARALLEL
@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_no_connection_is_left_open(client, committed_rows):
    services.tick()
    client.get("/health/ready")
    gc.collect()
    gc.disable()  # which would close them some time later
    before = sessions()
    try:
        for _call in range(3):
            client.get("/health/ready")
        assert settled(before) == before
    finally:
        gc.enable()


def settled(before: int) -> int:
    """How many are left once the server has let go of those that were closed, which it does a moment later."""
    for _pause in range(100):
        if sessions() == before:
            break
        time.sleep(0.1)
    return sessions()


def sessions() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return cursor.fetchone()[0]


@pytest.mark.logs_errors
@pytest.mark.parametrize("minutes", [None, 6], ids=["never", "six minutes ago"])
def test_the_program_cannot_work_without_a_recent_tick(client, db, minutes):
    if minutes:
        services.tick()
        age_sweeps(minutes)

    assert client.get("/health/ready").status_code == 500
