"""Tells people of events in an empty database, in turn with bare inserts of the same rows; prints seconds as JSON."""

import json
import sys
import time

import django

ROUNDS = 5


def main(number: int) -> None:
    django.setup()
    from django.core.management import call_command

    from platform_core.materials.jobs.first_tables import lay_out

    lay_out()
    call_command("load_reference", verbosity=0)
    people = fill(number)
    shapes = {
        "one event": (1, number),
        "100 readers each": (max(1, number // 100), 100),
        "1 reader each": (number // 10, 1),
    }
    print(json.dumps({name: measure(people, *shape) for name, shape in shapes.items()}))


def fill(number: int) -> list[int]:
    """People of all languages, half of whom wait for a digest."""
    from django.conf import settings

    from platform_core.exchange.messaging.models import Wish
    from platform_core.identity.accounts.models import User

    languages = [code for code, _name in settings.LANGUAGES]
    people = [
        User(email=f"p{n}@example.org", name=f"Person {n}", language=languages[n % len(languages)])
        for n in range(number)
    ]
    User.objects.bulk_create(people, batch_size=500)
    Wish.objects.bulk_create(Wish(person=one, scope="tests", pace="daily") for one in people[::2])
    return [one.pk for one in people]


def measure(people: list[int], events: int, readers: int) -> dict:
    """Each event is told to readers of its own."""
    from platform_core.exchange.messaging.models import Notice, OutboxMail
    from tests.platform_core.ground.registry.declaring import declaring

    spent: dict[str, list[float]] = {"own": [], "bare": []}
    for _round in range(ROUNDS):
        with declaring(kind(people, readers)):
            spent["own"].append(dispatch(events))
        rows = batches(Notice, OutboxMail)
        counts = [model.objects.count() for model in (Notice, OutboxMail)]
        forget(Notice, OutboxMail)
        spent["bare"].append(insert(rows))
        if counts != [model.objects.count() for model in (Notice, OutboxMail)]:
            raise RuntimeError(counts)
        forget(Notice, OutboxMail)
    return {**spent, "notices": counts[0], "mails": counts[1]}


def batches(notices, mails) -> list[list[list]]:
    """The rows of each event, as they were written."""
    found: dict[int, list[list]] = {}
    for notice in notices.objects.order_by("pk"):
        found.setdefault(notice.event_id, [[], []])[0].append(notice)
    for mail in mails.objects.order_by("pk"):
        found[int(mail.message_id.split("-")[1])][1].append(mail)
    return list(found.values())


def kind(people: list[int], readers: int):
    from platform_core.ground.registry.kinds import NoticeContent, NoticeKind

    return NoticeKind(
        code="tests.news",
        name="News",
        verb="tests.news",
        recipients=lambda event: people[int(event.thing_id) * readers : (int(event.thing_id) + 1) * readers],
        content=lambda event: NoticeContent(subject="News", text="It is new. " * 30, address="/en/"),
    )


def dispatch(events: int) -> float:
    from django.utils import timezone

    from platform_core.identity.audit.models import Event
    from platform_core.identity.audit.services import dispatch_events

    Event.objects.bulk_create(
        Event(at=timezone.now(), verb="tests.news", thing="tests.thing", thing_id=str(number))
        for number in range(events)
    )
    begun = time.perf_counter()
    dispatch_events()
    return time.perf_counter() - begun


def insert(rows: list[list[list]]) -> float:
    """As bare as can be: in bulk, one transaction for the rows of one event."""
    from django.db import transaction

    for row in (row for event in rows for group in event for row in group):
        row.pk = None
    begun = time.perf_counter()
    for event in rows:
        with transaction.atomic():
            for group in filter(None, event):
                type(group[0]).objects.bulk_create(group, batch_size=500)
    return time.perf_counter() - begun


def forget(*models) -> None:
    for model in models:
        model.objects.all().delete()


if __name__ == "__main__":
    main(int(sys.argv[1]))
