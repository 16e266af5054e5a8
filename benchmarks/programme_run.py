"""Evidence in bulk, and what the programme page and the page of one indicator cost; prints JSON."""

import json
import sys
import time
from datetime import date, timedelta
from random import Random

import django

ENTRIES, SMALL, INDICATORS, PRACTICES = 200_000, 500, 21, 500
COUNTRIES = ("AT", "BG", "EL", "HR", "HU", "IT", "RO", "RS", "SI", "SK")


def main(requests: int) -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    from django.core.cache import cache
    from django.test import Client

    from benchmarks import prepare, queries
    from platform_core.programme.monitoring.models import Evidence, Indicator, Period

    Period.objects.filter(code="01").update(begins=date(2020, 1, 1), ends=date(2023, 1, 1))
    Indicator.objects.filter(kind="platform").delete()
    browser, asked = Client(), {}
    pages = {"programme": "/en/programme/", "indicator": "/en/programme/indicators/o01/"}
    bare = {"programme": "/floor/programme/", "indicator": "/floor/programme/o01/"}
    records = things(PRACTICES)
    add(0, SMALL, records)
    prepare.settle()
    asked["small"] = queries.count(pages, browser)
    add(SMALL, ENTRIES, records)
    asked["large"] = queries.count(pages, browser)
    spent: dict[str, dict[str, list[float]]] = {name: {"own": [], "bare": []} for name in pages}
    for place in range(requests + 2):
        for name in pages:
            for side, address in (("own", pages[name]), ("bare", bare[name])):
                cache.clear()
                seconds = ask(browser, address)
                if place >= 2:
                    spent[name][side].append(seconds)
    told = {"entries": Evidence.objects.count(), "indicators": Indicator.objects.count()}
    print(json.dumps({"spent": spent, "queries": asked, **told}))


def things(number: int) -> list[int]:
    """Published records, for the entries to point to."""
    from benchmarks import content
    from benchmarks.texts import Writer
    from repository.models import Record

    content.add(Writer(number), 0, number)
    return list(Record.objects.values_list("pk", flat=True))


def add(first: int, last: int, records: list[int]) -> None:
    from platform_core.programme.monitoring.models import Evidence, Indicator

    chance, indicators = Random(first), list(Indicator.objects.order_by("pk"))
    for start in range(first, last, 5000):
        rows = []
        for number in range(start, min(last, start + 5000)):
            rows.append(
                Evidence(
                    indicator=indicators[number % len(indicators)],
                    thing="repository.record",
                    object_id=chance.choice(records),
                    key=f"record:{number}",
                    day=date(2021, 1, 1) + timedelta(chance.randrange(1500)),
                    countries=f"|{chance.choice(COUNTRIES)}|",
                    topics=f"|{chance.randrange(1, 7)}|",
                )
            )
        Evidence.objects.bulk_create(rows)


def ask(browser, address: str) -> float:
    begun = time.perf_counter()
    response = browser.get(address)
    spent = time.perf_counter() - begun
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")
    return spent


if __name__ == "__main__":
    main(int(sys.argv[1]))
