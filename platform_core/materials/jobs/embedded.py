"""The worker and the tick inside the web process, for the program that needs nothing beside Python."""

import threading

from celery import current_app
from celery.apps.beat import Beat  # noqa: F401 - makes the scheduler importable before threads start
from celery.beat import EmbeddedService

from . import services


def start() -> list[threading.Thread]:
    """Start worker and tick as daemon threads of this process; jobs left behind by the last one wait again.

    What loading the demonstration has called the worker for, thousands of times, is left out: the tick does it all.
    """
    services.release_all()
    current_app.control.purge()
    worker = current_app.WorkController(
        pool_cls="threads",
        concurrency=2,
        without_mingle=True,
        without_gossip=True,
        without_heartbeat=True,
        hostname="embedded@localhost",
    )
    threads = [threading.Thread(target=worker.start, daemon=True, name="worker")]
    threads.append(EmbeddedService(current_app, thread=True))
    threads[1].daemon = True
    for thread in threads:
        thread.start()
    services.wake("jobs.tick")
    services.recover()
    return threads
