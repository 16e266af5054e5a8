"""In an empty database: filing tables beside bare writing, harvesting everything, reading a long file; prints JSON."""

import io
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import django

ROUNDS, ROWS, PAGES = 5, 2000, 300
APART = 10_000_000  # far from the keys that the database gives by itself


def main(records: int) -> None:
    django.setup()
    from django.core.management import call_command

    from platform_core.materials.jobs.first_tables import lay_out

    lay_out()
    call_command("load_reference", verbosity=0)
    parts = {"import": imports, "extraction": extraction, "harvest": lambda: harvest(records)}
    chosen = os.environ.get("PARTS", ",".join(parts)).split(",")
    print(json.dumps({name: make() for name, make in parts.items() if name in chosen}))


def imports() -> list[dict[str, float]]:
    """Seconds from the bytes of a table to drafts, and of writing the same rows of the same tables from memory."""
    from django.db import transaction

    from platform_core.ground.reports.tables import read_table
    from repository.imports.filing import file_drafts
    from repository.imports.rows import Known, Row
    from repository.models import Record
    from tests.people import add_member

    person, found = add_member("marko", "full"), []
    for number in range(ROUNDS):
        file = table(number)
        begun = time.perf_counter()
        head, *lines = read_table(file)
        known = Known()
        rows = [Row(dict(zip(head, line, strict=True)), known) for line in lines]
        assert not any(row.problems for row in rows)
        file_drafts([row.fields for row in rows], by=person)
        product = time.perf_counter() - begun
        copies = same_rows(len(rows), APART * (number + 1))
        begun = time.perf_counter()
        with transaction.atomic():
            for model, instances in copies:
                model.objects.bulk_create(instances, batch_size=500)
        found.append({"product": product, "bare": time.perf_counter() - begun})
        Record.objects.filter(pk__in=[record.pk for record in copies[0][1]]).delete()
    return found


def table(number: int):
    import csv

    text = io.StringIO()
    writer = csv.writer(text)
    row = {
        "kind": "report",
        "language": "en",
        "title": "",
        "summary": "What came of a scheme for small firms in a region, told in two sentences. " * 3,
        "description": "Longer words about what was done. " * 30,
        "topics": "1;4",
        "countries": "EL;AT",
        "regions": "EL30",
        "level": "regional;national",
        "creators": "An office; Another office",
        "year": "2024",
        "method": "Counting",
    }
    writer.writerow(row)
    for place in range(ROWS):
        writer.writerow({**row, "title": f"Scheme {number} {place} of a region"}.values())
    file = io.BytesIO(text.getvalue().encode())
    file.name, file.size = "records.csv", len(file.getvalue())
    return file


def same_rows(number: int, shift: int) -> list[tuple]:
    """New rows like those written last, with keys of their own, in every table the product wrote."""
    from platform_core.identity.access.models import Audience
    from platform_core.identity.audit.models import Event
    from repository.imports.filing import THROUGH
    from repository.models import Record

    last = list(Record.objects.order_by("-pk")[:number])
    keys = {record.pk for record in last}
    found: list[tuple] = []
    for record in last:
        record.pk, record.code = record.pk + shift, f"copy-{record.pk}"
        record._state.adding = True
    found.append((Record, last))
    for through, _column in THROUGH.values():
        links = list(through.objects.filter(record_id__gte=min(keys), record_id__lte=max(keys)))
        for link in links:
            link.pk, link.record_id = None, link.record_id + shift
        found.append((through, links))
    seen = list(Audience.objects.filter(thing="repository.record", object_id__gte=min(keys), object_id__lte=max(keys)))
    for row in seen:
        row.pk, row.object_id = None, row.object_id + shift
    events = list(Event.objects.order_by("-pk")[:number])
    for event in events:
        event.pk = None
    return [*found, (Audience, seen), (Event, events)]


def extraction() -> dict[str, float]:
    """Seconds of the product's child process and of the library alone in one, and the most memory a child took, in MB."""
    import subprocess

    from platform_core.ground.reports.pdf import pages_to_pdf
    from platform_core.materials.files.extraction import extract

    words = " ".join(f"word{place}" for place in range(450))
    alone = (
        "import sys, kreuzberg; c = kreuzberg.ExtractionConfig(pages=kreuzberg.PageConfig(extract_pages=True)); "
        "print(len(kreuzberg.extract_file_sync(sys.argv[1], mime_type='application/pdf', config=c).pages))"
    )
    weighed = (
        "import resource, sys, pathlib; from platform_core.materials.files.extraction import extract; "
        "extract(pathlib.Path(sys.argv[1]), 'application/pdf'); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        path.write_bytes(pages_to_pdf("Long", [words] * PAGES, "en"))
        spent: dict[str, list[float]] = {"product": [], "library": []}
        for _round in range(3):
            begun = time.perf_counter()
            pages = extract(path, "application/pdf")
            spent["product"].append(time.perf_counter() - begun)
            begun = time.perf_counter()
            subprocess.run([sys.executable, "-c", alone, str(path)], check=True, capture_output=True)
            spent["library"].append(time.perf_counter() - begun)
        told = subprocess.run([sys.executable, "-c", weighed, str(path)], check=True, capture_output=True, text=True)
    most = float(told.stdout)
    return {"pages": len(pages), "megabytes": most, **{name: sorted(times)[1] for name, times in spent.items()}}


def harvest(records: int) -> dict[str, float]:
    """Records and seconds of a whole harvest, and by how many MB the process grew after its first tenth."""
    import re

    from django.test import Client

    from benchmarks import content, multiplying, prepare
    from benchmarks.texts import Writer
    from repository.selectors import harvested

    base = prepare.written(records)
    content.add(Writer(base), 0, base)
    if base < records:
        multiplying.multiply(base, records // base)
    prepare.settle()
    client, found, early = Client(), 0, 0.0
    place, begun = "/oai?verb=ListRecords&metadataPrefix=oai_dc", time.perf_counter()
    whole = harvested().count()
    while place:
        text = client.get(place).content.decode()
        found += text.count("<header")
        if not early and found >= whole / 10:
            early = memory()
        token = re.search(r"<resumptionToken[^>]*>([^<]+)<", text)
        place = f"/oai?verb=ListRecords&resumptionToken={token[1]}" if token else ""
    return {"records": found, "expected": whole, "seconds": time.perf_counter() - begun, "grown": memory() - early}


def memory() -> float:
    """Resident memory of this process, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    main(int(sys.argv[1]))
