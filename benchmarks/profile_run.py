"""A benchmark of many regions and indicators, and what the page of one region costs; prints JSON."""

import json
import sys
import time

import django

REGIONS, INDICATORS, PEERS, YEARS = 79, 17, 10, 8  # indicators to each of three parts; years of observations


def main(requests: int) -> None:
    django.setup()
    from django.core.management import call_command

    from platform_core.materials.jobs.first_tables import lay_out

    lay_out()
    call_command("load_reference", verbosity=0)
    from django.core.cache import cache
    from django.test import Client

    from benchmarks import prepare, queries
    from tests.factories import readings as factory

    browser, asked = Client(), {}
    run = factory.run(factory.benchmark("small"), 12, 2, peers=PEERS)
    asked["small"] = queries.count({"region": address(run)}, browser)["region"]
    run = factory.run(factory.benchmark("large"), REGIONS, INDICATORS, peers=PEERS)
    factory.observations(run, YEARS)
    prepare.settle()
    asked["large"] = queries.count({"region": address(run)}, browser)["region"]
    own = run.areas.get(rank=REGIONS // 2)
    codes = ",".join([own.code, *(peer["code"] for peer in own.profile["peers"])])
    pages = {"own": address(run), "bare": f"/floor/profile/{run.pk}/{codes}/"}
    spent: dict[str, list[float]] = {side: [] for side in pages}
    for place in range(requests + 3):
        for side, page in pages.items():
            cache.clear()
            seconds = ask(browser, page)
            if place >= 3:
                spent[side].append(seconds)
    size = len(browser.get(pages["own"]).content)
    print(json.dumps({"spent": spent, "queries": asked, "bytes": size, "peers": len(codes.split(",")) - 1}))


def address(run) -> str:
    count = run.areas.count()
    return f"/en/benchmarking/{run.benchmark.code}/regions/{run.areas.get(rank=count // 2).code}/"


def ask(browser, address: str) -> float:
    begun = time.process_time()
    response = browser.get(address)
    spent = time.process_time() - begun
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")
    return spent


if __name__ == "__main__":
    main(int(sys.argv[1]))
