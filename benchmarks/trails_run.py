"""Draws trails of 3 and 300 links and prints as JSON what their pages cost, and what a bare view of the same rows costs."""

import json
import sys
import time

import django

FEW, MANY = 3, 300
KIND, LABEL = "repository.based_on", "repository.record"


def main(requests: int) -> None:
    django.setup()
    from django.core.management import call_command

    from platform_core.materials.jobs.first_tables import lay_out

    lay_out()
    call_command("load_reference", verbosity=0)
    from django.test import Client
    from django.urls import reverse

    from benchmarks import queries

    own = {number: reverse("trails:chain", args=[LABEL, drawn(number)]) for number in (FEW, MANY)}
    part = {number: f"{address}?part" for number, address in own.items()}
    browser, pages = Client(), {}
    for name, addresses in (("page", own), ("part", part)):
        asked = [queries.count({name: addresses[number]}, browser)[name] for number in (FEW, MANY)]
        bare = f"/floor/trail/{own[MANY].rstrip('/').rpartition('/')[2]}/"
        pages[name] = measure(browser, addresses[MANY], bare, requests) | {"small": asked[0], "large": asked[1]}
    print(json.dumps(pages))


def drawn(links: int) -> int:
    """A public record on which so many others stand, two thirds of them at once, the rest on the first of these."""
    from datetime import date

    from platform_core.identity.access.models import Audience
    from platform_core.materials.trails.models import Trail
    from repository.models import Record

    told = {"kind": "good_practice", "summary": {"en": "One of many"}, "year": 2024, "state": "published"}
    made = Record.objects.bulk_create(
        Record(code=f"t{links}-{number}", title={"en": f"Record {number}"}, published_on=date(2024, 1, 1), **told)
        for number in range(links + 1)
    )
    Audience.objects.bulk_create(Audience(thing=LABEL, object_id=one.pk, key="public") for one in made)
    root, first, *_rest = made
    Trail.objects.bulk_create(
        Trail(
            kind=KIND,
            thing=LABEL,
            object_id=one.pk,
            other_thing=LABEL,
            other_id=first.pk if number >= links * 2 / 3 else root.pk,
        )
        for number, one in enumerate(made[1:])
    )
    return root.pk


def measure(browser, own: str, bare: str, requests: int) -> dict[str, list[float]]:
    """Processor seconds of one request, of the page and of its floor in turn."""
    for _warm in range(3):
        ask(browser, own), ask(browser, bare)
    rounds = [(ask(browser, own), ask(browser, bare)) for _request in range(requests)]
    return {"own": [mine for mine, _least in rounds], "bare": [least for _mine, least in rounds]}


def ask(browser, address: str) -> float:
    begun = time.process_time()
    response = browser.get(address)
    spent = time.process_time() - begun
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")
    return spent


if __name__ == "__main__":
    main(int(sys.argv[1]))
