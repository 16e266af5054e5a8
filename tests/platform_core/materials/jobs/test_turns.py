import threading
import time

import pytest
from django.db import IntegrityError, OperationalError, connection, connections, transaction

from platform_core.ground.vocabulary.models import Topic
from platform_core.materials.jobs.turns import Line, line_of

pytestmark = pytest.mark.skipif("connection.vendor != 'sqlite'")


def started(line: Line, number: int, order: list[int]) -> threading.Thread:
    """A thread that stands in the line; returns when it does."""

    def wait():
        if line.join(20):
            order.append(number)
            line.leave()

    thread = threading.Thread(target=wait)
    before = len(line.waiting)
    thread.start()
    while len(line.waiting) == before:
        time.sleep(0.001)
    return thread


def test_turns_come_in_the_order_of_asking():
    line, order = Line(), []
    line.join(1)
    threads = [started(line, number, order) for number in range(8)]

    line.leave()
    for thread in threads:
        thread.join()

    assert order == list(range(8))
    assert not line.taken


def test_who_waited_too_long_leaves_the_line():
    line = Line()
    line.join(1)

    assert not line.join(0.01)
    line.leave()
    assert not line.taken
    assert line.join(0.01)


def is_free() -> bool:
    return not line_of(connection.settings_dict["NAME"]).taken


@pytest.mark.django_db(transaction=True)
class TestTransactions:
    def test_a_transaction_holds_the_turn_until_its_end(self):
        with transaction.atomic():
            held = is_free()

        assert (held, is_free()) == (False, True)

    def test_a_failed_one_gives_the_turn_on(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            Topic.objects.bulk_create([Topic(number=1), Topic(number=1)])

        assert is_free()

    def test_a_closed_connection_gives_the_turn_on(self):
        with transaction.atomic():
            connection.close()

        assert is_free()

    def test_what_runs_after_the_commit_may_write_again(self):
        seen = []
        with transaction.atomic():
            transaction.on_commit(lambda: seen.append(write_beside()))

        assert seen == ["written"]

    def test_who_waits_too_long_is_told_as_sqlite_tells_it(self, monkeypatch):
        monkeypatch.setitem(connections.settings["default"]["OPTIONS"], "timeout", 0.05)
        with transaction.atomic():
            said = in_thread(write_beside)

        assert said == "database is locked"


def write_beside() -> str:
    try:
        with transaction.atomic():
            return "written"
    except OperationalError as problem:
        return str(problem)


def in_thread(work) -> str:
    found = []

    def run():
        found.append(work())
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found[0]
