"""Evidence in bulk, and what the programme page, the page of one indicator, that of a region and the job of a period report
cost; prints JSON.
"""

import json
import subprocess
import sys
import time
from datetime import date, timedelta
from random import Random

import django

ENTRIES, MIDDLING, SMALL, INDICATORS, PRACTICES, FEW = 200_000, 50_000, 500, 21, 500, 6
FULL = 5_000  # enough for each list of a report, which ends after fifty entries of an indicator
REGION = "AT12"
COUNTRIES = ("AT", "BG", "EL", "HR", "HU", "IT", "RO", "RS", "SI", "SK")


def main(requests: int) -> None:
    django.setup()
    from django.core.management import call_command

    from platform_core.materials.jobs.first_tables import lay_out

    lay_out()
    call_command("load_reference", verbosity=0)
    from django.core.cache import cache
    from django.test import Client

    from benchmarks import prepare, queries
    from platform_core.programme.monitoring.models import Evidence, Indicator, Period

    Period.objects.filter(code="01").update(begins=date(2020, 1, 1), ends=date(2023, 1, 1))
    Indicator.objects.filter(kind="platform").delete()
    browser, asked = Client(), {}
    pages = {
        "programme": "/en/programme/",
        "indicator": "/en/programme/indicators/o01/",
        "region": f"/en/regions/{REGION}/",
    }
    bare = {
        "programme": "/floor/programme/",
        "indicator": "/floor/programme/o01/",
        "region": f"/floor/programme/region/{REGION}/",
    }
    records = things(PRACTICES)
    add(0, SMALL, records)
    settle_in_region(records[:FEW])
    prepare.settle()
    asked["small"] = queries.count(pages, browser)
    add(SMALL, FULL, records)
    memory = {"small": report()}
    add(FULL, MIDDLING, records)
    memory["middling"] = report()
    add(MIDDLING, ENTRIES, records)
    settle_in_region(records[FEW:])
    asked["large"] = queries.count(pages, browser)
    memory["large"] = report()
    spent: dict[str, dict[str, list[float]]] = {name: {"own": [], "bare": []} for name in pages}
    for place in range(requests + 2):
        for name in pages:
            for side, address in (("own", pages[name]), ("bare", bare[name])):
                cache.clear()
                seconds = ask(browser, address)
                if place >= 2:
                    spent[name][side].append(seconds)
    told = {"memory": memory, "entries": Evidence.objects.count(), "indicators": Indicator.objects.count()}
    print(json.dumps({"spent": spent, "queries": asked, **told}))


def things(number: int) -> list[int]:
    """Published records, for the entries to point to."""
    from benchmarks import content
    from benchmarks.texts import Writer
    from repository.models import Record

    content.add(Writer(number), 0, number)
    return list(Record.objects.order_by("pk").values_list("pk", flat=True))  # the first are open to everyone


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


def settle_in_region(records: list[int]) -> None:
    """What was done in one region: a practice, its adoption there and a policy that changed, for each of the records."""
    from pilots.models import PolicyChange
    from platform_core.ground.vocabulary.models import Region
    from platform_core.identity.access.models import Audience
    from platform_core.people.members.models import Organisation
    from repository.models import Adoption, Record

    here = Region.objects.get(code=REGION, vintage=2021)
    Record.regions.through.objects.bulk_create(
        [Record.regions.through(record_id=pk, region=here) for pk in records], ignore_conflicts=True
    )
    made = []
    for pk in records:
        fields = {"name": {"en": f"Body {pk}"}, "sort_name": f"body {pk}", "country_id": "AT", "region": here}
        body = Organisation.objects.create(code=f"body-{pk}", kind="regional_authority", **fields)
        Adoption.objects.create(record_id=pk, organisation=body, region=here, year=2024)
        made.append(
            PolicyChange(
                title={"en": f"Change {pk}"},
                text={"en": "What changed."},
                instrument="scheme",
                level="regional",
                changed_on=date(2025, 1, 1),
                confirmed_on=date(2025, 2, 1),
                region=here,
                topic_id=4,
                authority=body,
                recorded_for=body,
                state="confirmed",
            )
        )
    made = PolicyChange.objects.bulk_create(made)
    Audience.objects.bulk_create(Audience(thing="pilots.policychange", object_id=one.pk, key="public") for one in made)


def report() -> dict[str, float]:
    """What the jobs of a period report cost over what is stored now."""
    run = subprocess.run([sys.executable, "-m", "benchmarks.report_run"], check=True, capture_output=True, text=True)
    return json.loads(run.stdout)


def ask(browser, address: str) -> float:
    begun = time.perf_counter()
    response = browser.get(address)
    spent = time.perf_counter() - begun
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")
    return spent


if __name__ == "__main__":
    main(int(sys.argv[1]))
