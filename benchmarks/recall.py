"""In an empty database: the sixty questions of `pairs` among so many records in eleven languages; prints JSON."""

import json
import sys
import time

import django


def main(records: int) -> None:
    django.setup()
    from django.core.management import call_command

    from platform_core.materials.jobs.first_tables import lay_out

    lay_out()
    call_command("load_reference", verbosity=0)
    print(json.dumps(asked(records)))


def asked(records: int) -> dict:
    """How many entries are searched, the seconds of writing them, the questions, and those whose record is not found."""
    from benchmarks import content
    from benchmarks.pairs import PAIRS, missed
    from benchmarks.shelving import shelve
    from benchmarks.tongues import Tongues
    from platform_core.programme.search.models import SearchEntry

    begun = time.perf_counter()
    content.add(Tongues(records), 0, records)
    shelve()
    seconds = time.perf_counter() - begun
    return {"entries": SearchEntry.objects.count(), "seconds": seconds, "questions": len(PAIRS), "lost": missed()}


if __name__ == "__main__":
    main(int(sys.argv[1]))
