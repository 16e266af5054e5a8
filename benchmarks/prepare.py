"""Fills an empty database and prints as JSON what is known about it: `records NUMBER`, `answers NUMBER` or `form 1`."""

import json
import os
import sys
import time

import django

from platform_core.ground.vocabulary.days import platform_day

WRITTEN = int(os.environ.get("WRITTEN", "10000"))  # more than these are copies of them


def main(what: str, number: int) -> None:
    django.setup()
    from django.core.management import call_command

    from platform_core.materials.jobs.first_tables import lay_out

    lay_out()
    call_command("load_reference", verbosity=0)
    print(json.dumps(KINDS[what](number)))


def records(number: int) -> dict:
    from django.test import Client

    from benchmarks import checks, content, multiplying, queries
    from benchmarks.texts import Writer
    from repository.models import Record
    from tests.people import add_member, browser_of

    base = written(number)
    begun, writer, guest, person = time.perf_counter(), Writer(base), Client(), add_member("marko", "full")
    content.add(writer, 0, 1)
    one = queries.count(queries.SMALL, guest)
    content.add(writer, 1, min(50, number))
    fifty = queries.count(queries.SMALL, guest)
    content.add(writer, 50, base)
    checked = checks.check()
    gaps, held = multiplying.multiply(base, number // base) if base < number else ([], {})
    settle()
    grants = {str(size): queries.count(queries.LARGE, grant(person, size)) for size in (10, 10_000)}
    return {
        "records": number,
        "seconds": time.perf_counter() - begun,
        "checked": checked,
        "planted": {word: found + (number // base - 1) * held.get(word, 0) for word, found in writer.planted.items()},
        "base": base,
        "gaps": gaps,
        "open": Record.objects.filter(was_public=True).count(),
        "queries": {"1": one, "50": fifty, "all": queries.count(queries.LARGE, guest), "grants": grants},
        "cookie": f"sessionid={browser_of(person).cookies['sessionid'].value}",
    }


def written(number: int) -> int:
    """How many of so many records are written; the others are copies of them."""
    return WRITTEN if number > WRITTEN and number % WRITTEN == 0 else number


def settle() -> None:
    """What PostgreSQL's autovacuum does by itself within minutes; SQLite has no such thing."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def grant(person, number: int):
    """Rights on single records for a person, up to a number of them; gives her browser."""
    from django.contrib.auth.models import Permission
    from django.contrib.contenttypes.models import ContentType
    from guardian.models import UserObjectPermission

    from repository.models import Record
    from tests.people import browser_of

    kind = ContentType.objects.get_for_model(Record)
    right = Permission.objects.get(content_type=kind, codename="change_record")
    UserObjectPermission.objects.all().delete()
    UserObjectPermission.objects.bulk_create(
        UserObjectPermission(user=person, permission=right, content_type=kind, object_pk=str(pk))
        for pk in Record.objects.values_list("pk", flat=True)[:number]
    )
    return browser_of(person)


def answers(number: int) -> dict:
    """The demonstration's questionnaire, open, with links to answer it under the secrets 0, 1, 2 …"""

    from benchmarks.questionnaires import filed
    from consultations.models import AnswerDraft
    from platform_core.identity.access.selectors import hash_secret

    version = filed()
    AnswerDraft.objects.bulk_create(
        (
            AnswerDraft(questionnaire=version, secret_hash=hash_secret(str(place)), language="en", day=platform_day())
            for place in range(number)
        ),
        batch_size=1000,
    )
    return {"code": version.consultation.code, "structure": version.structure}


def form(_number: int) -> dict:
    """A public consultation of 20 questions in eleven languages, open."""
    from datetime import timedelta

    from django.utils import timezone

    from benchmarks.form import structure, texts
    from consultations import services
    from consultations.models import Consultation
    from platform_core.ground.texts.codes import CODES

    now = timezone.now()
    made = services.draw_up(
        structure(),
        code="form",
        topic_id=4,
        title=texts("form"),
        summary=texts("summary"),
        languages=list(CODES),
        preset=Consultation.Preset.PUBLIC,
        asks_publication=True,
        may_change=True,
        offers_sign_off=True,
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=30),
    )
    services.open_consultation(made)
    settle()
    return {"code": made.code}


KINDS = {"records": records, "answers": answers, "form": form}

if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
