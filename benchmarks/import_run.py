"""One measurement of bringing figures inside the product: `import_run OBSERVATIONS ROUNDS`; prints JSON."""

import io
import json
import sys
import time
from contextlib import contextmanager

import django


def main(number: int, rounds: int) -> None:
    django.setup()
    from django.core.management import call_command

    from platform_core.materials.jobs.first_tables import lay_out

    lay_out()
    call_command("load_reference", verbosity=0)
    print(json.dumps(measure(table(number), number, rounds)))


def table(number: int) -> bytes:
    """Tidy CSV with flags, on all regions and twenty years."""
    import numpy as np
    import pandas as pd

    from benchmarking.models import Area

    areas = list(Area.objects.filter(level=2).values_list("code", flat=True))
    years = range(2004, 2024)
    indicators = [f"made-{place:03}" for place in range(number // (len(areas) * len(years)) + 1)]
    rows = pd.MultiIndex.from_product([indicators, areas, years], names=["indicator", "geo", "year"])[:number]
    random = np.random.default_rng(1)
    frame = rows.to_frame(index=False)
    frame["value"] = random.normal(50, 10, number).round(3)
    frame["flag"] = random.choice(["", "", "", "p", "e", "b"], number)
    return frame.to_csv(index=False).encode()


class Quiet:
    """A run of a job that keeps its progress to itself."""

    def progress(self, *_told) -> None:
        pass

    @contextmanager
    def writing(self):
        from django.db import transaction

        with transaction.atomic():
            yield


def measure(content: bytes, number: int, rounds: int) -> dict[str, list[float]]:
    from django.core.files.base import ContentFile

    from benchmarking.models import DataImport, DataSet, DataVersion, Observation
    from benchmarking.services import imports
    from platform_core.identity.accounts.models import User

    person = User.objects.create(email="bench@example.org", name="Bench")
    told = DataSet.objects.create(code="bench", group_id=1, title={"en": "Bench"})
    spent: dict[str, list[float]] = {"look": [], "store": [], "pandas": [], "insert": []}
    for _round in range(rounds + 1):
        brought = DataImport.objects.create(data_set=told, person=person, name="bench.csv", options={"this": "bench"})
        brought.file.save("bench.csv", ContentFile(content))
        timed(spent, "look", imports.look_at, Quiet(), brought.pk)
        made = timed(spent, "store", imports.store, Quiet(), brought.pk)
        if Observation.objects.filter(version=made["version"]).count() != number:
            sys.exit("Not all observations were stored.")
        version = DataVersion.objects.get(pk=made["version"])
        rows = bare_rows(version)
        empty(version)
        frame = timed(spent, "pandas", read, content)
        if len(frame) != number:
            sys.exit("pandas read another number of rows.")
        timed(spent, "insert", insert, rows)
        if Observation.objects.filter(version=version).count() != number:
            sys.exit("The bare insert stored another number of rows.")
        empty(version)
    return {name: seconds[1:] for name, seconds in spent.items()}  # the first round imports and compiles


def timed(spent, name, deed, *words):
    """Processor time where one process does everything, else seconds."""
    from django.db import connection

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    begun = clock()
    found = deed(*words)
    spent[name].append(clock() - begun)
    return found


def read(content: bytes):
    import pandas as pd

    return pd.read_csv(io.BytesIO(content))


def bare_rows(version) -> list[tuple]:
    from benchmarking.loading import STORED
    from benchmarking.models import Observation

    return list(Observation.objects.filter(version=version).values_list(*STORED))


def insert(rows: list[tuple]) -> None:
    """Ready tuples in the order of the key, as the driver of the database takes many of them."""
    from django.db import connection, transaction

    names = "version_id, indicator_id, area_id, year, value, flag, provenance"
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            from psycopg2.extras import execute_values

            execute_values(
                cursor.cursor, f"INSERT INTO benchmarking_observation ({names}) VALUES %s", rows, page_size=5000
            )
        else:
            places = ", ".join(["%s"] * 7)
            cursor.executemany(f"INSERT INTO benchmarking_observation ({names}) VALUES ({places})", rows)


def empty(version) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM benchmarking_observation WHERE version_id = %s", [version.pk])


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
