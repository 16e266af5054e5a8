"""Deeds done at the same time, each in a thread and on a connection of its own."""

import threading
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection

TOGETHER = 30  # seconds two threads have to meet; a test that needs them all has failed

# With all apps named Django empties tables by TRUNCATE … CASCADE, which reaches the words of the index as well.
IN_PARALLEL = pytest.mark.django_db(transaction=True, available_apps=settings.INSTALLED_APPS)


def with_several_writers(test: Callable) -> Callable:
    """For tests in which connections write at the same time; they also ask for the fixture `committed_rows`."""
    return pytest.mark.skipif(settings.EMBEDDED, reason="SQLite lets one connection write at a time")(IN_PARALLEL(test))


def in_parallel(*deeds: Callable[[], object]) -> None:
    """Carry out deeds in threads; the test fails with what they raised."""
    problems = []

    def carry_out(deed: Callable[[], object]) -> None:
        try:
            deed()
        except BaseException as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=carry_out, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
