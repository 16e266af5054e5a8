"""Fills an empty database with people, organisations and objects of mixed rights; prints as JSON what each page cost."""

import json
import sys
import threading
import time
from statistics import median

import django

PEOPLE, ORGANISATIONS, CALLS, WRITERS = 2000, 300, 15, 16


def main(objects: int, events: int) -> None:
    django.setup()
    from django.core.management import call_command

    from platform_core.materials.jobs.first_tables import lay_out

    lay_out()
    call_command("load_reference", verbosity=0)
    member, thing = fill(objects)
    print(json.dumps({**pages(member, thing), **writing(events)}))


def fill(objects: int):
    """A member among 2,000 people of 300 organisations, and one record that all members see."""
    from datetime import date
    from random import Random

    from benchmarks import content, prepare
    from benchmarks.texts import Writer
    from platform_core.identity.access.models import Audience
    from platform_core.identity.accounts.models import User
    from platform_core.people.members.models import Affiliation, Membership, Organisation
    from repository.models import Record

    chance, begins = Random(7), date(2025, 1, 1)
    organisations = [
        Organisation(
            code=f"org-{n}",
            name={"en": f"Organisation {n}"},
            kind="kibs",
            country_id="AT",
            sort_name=f"organisation {n}",
        )
        for n in range(ORGANISATIONS)
    ]
    Organisation.objects.bulk_create(organisations)
    tiers = ["full", "associated", "partner"]
    Membership.objects.bulk_create(
        Membership(organisation=one, tier=tiers[n % 3], share="" if n % 3 else "asp", begins=begins)
        for n, one in enumerate(organisations)
    )
    people = [User(email=f"p{n}@example.org", name=f"Person {n}") for n in range(PEOPLE)]
    User.objects.bulk_create(people)
    Affiliation.objects.bulk_create(
        Affiliation(person=one, organisation=organisations[n % ORGANISATIONS], begins=begins)
        for n, one in enumerate(people)
    )
    content.add(Writer(objects), 0, objects)
    keys = ["members", *(f"group:{n}" for n in range(1, 7)), *(f"org:{one.pk}" for one in organisations)]
    pks = list(Record.objects.values_list("pk", flat=True))
    Audience.objects.bulk_create(
        (Audience(thing=content.LABEL, object_id=pk, key=chance.choice(keys)) for pk in pks),
        batch_size=5000,
        ignore_conflicts=True,
    )
    prepare.settle()
    thing = Audience.objects.filter(thing=content.LABEL, key="members").latest("object_id").object_id
    return people[0], thing


def pages(member, thing: int) -> dict[str, list[float]]:
    """Processor seconds of one call, measured in turn."""
    from unittest import mock

    from django.test import Client

    from platform_core.programme.search import matching
    from tests.people import browser_of

    browser, guest = browser_of(member), Client()
    spent: dict[str, list[float]] = {}

    def take(name: str, client, address: str) -> None:
        client.get(address)
        for _call in range(CALLS):
            begun = time.process_time()
            if client.get(address).status_code != 200:
                raise RuntimeError(address)
            spent.setdefault(name, []).append(time.process_time() - begun)

    filtered = "/en/repository/?topic=4&country=AT"
    take("list", browser, "/en/repository/")
    take("filtered list", browser, filtered)
    with mock.patch.object(matching, "add_audience"):
        take("list, no rights asked", browser, "/en/repository/")
        take("filtered list, no rights asked", browser, filtered)
    take("who sees", browser, f"/en/desk/who-sees/repository.record/{thing}/")
    take("rights", browser, "/en/desk/rights/")
    take("bare view", guest, "/floor/list/")
    return spent


def writing(events: int) -> dict[str, float]:
    """Events per second of 16 writers, while the sealer works beside them and while it rests."""
    from django.db import connection

    from platform_core.ground.vocabulary.models import Topic
    from platform_core.identity.audit import services
    from tests.servers import process

    def write() -> None:
        for number in range(events // WRITERS):
            services.record("benchmarks.wrote", Topic(pk=1 + number % 6))
        connection.close()

    def rate() -> float:
        begun = time.perf_counter()
        writers = [threading.Thread(target=write) for _ in range(WRITERS)]
        for thread in writers:
            thread.start()
        for thread in writers:
            thread.join()
        return events / (time.perf_counter() - begun)

    def sealed_rate() -> float:
        with process([sys.executable, "-m", "benchmarks.sealer"], ready=lambda said: "sealing" in said):
            return rate()

    rounds = []
    for _round in range(3):
        rounds.append((sealed_rate(), rate()))
        services.seal_events()
    return {
        "sealed per second": median(own for own, _bare in rounds),
        "unsealed per second": median(bare for _o, bare in rounds),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
