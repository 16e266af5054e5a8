import signal
import sys
from pathlib import Path

import dj_database_url
import psycopg2
import pytest
import redis

from tests import servers


@pytest.mark.parametrize(
    ("url", "worker", "expected"),
    [
        ("redis://127.0.0.1:6379", "master", "redis://127.0.0.1:6379/0"),
        ("redis://127.0.0.1:6379/0", "gw1", "redis://127.0.0.1:6379/1"),
        ("redis://user:secret@cache:6379/5", "gw2", "redis://user:secret@cache:6379/7"),
    ],
)
def test_own_redis_url_counts_on_from_the_number_given(url, worker, expected):
    assert servers.own_redis_url(url, worker) == expected


@pytest.mark.parametrize(
    "url", ["postgresql://ann:s%40@db.example:5433/one", "postgresql://tests@%2Ftmp%2Fcp/tests_gw0"]
)
def test_database_url_comes_back_from_settings(url):
    assert servers.database_url(dj_database_url.parse(url)) == url


def test_process_that_ends_early_shows_its_log():
    command = [sys.executable, "-c", "print('no such luck')"]

    with pytest.raises(servers.EndedEarlyError, match="no such luck"), servers.process(command, ready=lambda _: False):
        pass


def test_process_is_ended_with_its_block():
    command = [sys.executable, "-c", "print('up', flush=True); import time; time.sleep(60)"]

    with servers.process(command, ready=lambda said: "up" in said) as running:
        assert running.poll() is None

    assert running.returncode == -signal.SIGTERM


@pytest.mark.servers
def test_postgres_keeps_the_data_of_one_block():
    with servers.postgres() as url, psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT upper('αβγ жд š')")
        assert cursor.fetchone() == ("ΑΒΓ ЖД Š",)

    assert not Path(dj_database_url.parse(url)["HOST"]).exists()


@pytest.mark.servers
def test_redis_answers_for_the_length_of_one_block():
    with servers.redis() as url:
        assert redis.from_url(url).ping()

    with pytest.raises(redis.ConnectionError):
        redis.from_url(url).ping()
