"""Freezes a period report with all evidence and writes its files, in a process of its own; prints as JSON the seconds and the
megabytes that it held at most, and the largest of the processes it started beside it.
"""

import json
import resource
import time
from contextlib import nullcontext

import django

from benchmarks.children import Children


class Run:
    """What a job is given, without a job."""

    def progress(self, *_told) -> None: ...

    def writing(self):
        return nullcontext()


def main() -> None:
    django.setup()
    from django.db import transaction

    from platform_core.programme.monitoring import paper
    from platform_core.programme.monitoring.models import FrozenEntry, Period, PeriodReport
    from platform_core.programme.monitoring.services import reports

    made = PeriodReport.objects.create(period=Period.objects.get(code="01"))
    children = Children()
    children.start()
    begun = time.perf_counter()
    with transaction.atomic():
        reports.freeze(Run(), made.pk)
        paper.make(Run(), made.pk)
        told = {"entries": FrozenEntry.objects.count(), "seconds": time.perf_counter() - begun}
        transaction.set_rollback(True)
    made.delete()
    own, child = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, children.stop()
    assert child, "the papers' process was not seen"
    print(json.dumps(told | {"megabytes": own + child, "child": child}))


if __name__ == "__main__":
    main()
