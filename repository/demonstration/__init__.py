"""The strategy's 33 recommended actions; practices and boxes of the policy brief on clusters, retold; and fictitious
practices and documents. The last two are labelled as demonstration data."""

import io
import json
from datetime import timedelta
from pathlib import Path

from django.db import transaction

from platform_core.ground.reports.pdf import pages_to_pdf
from platform_core.ground.vocabulary.days import platform_day
from platform_core.materials.trails import services as trails
from platform_core.people.members.models import Organisation

from .. import adoptions, collections, services
from ..models import Collection, Record

FOLDER = Path(__file__).parent
FILES = ("recommendations", "brief", "practices")  # the oldest first
OLDEST = 93  # days ago


def load() -> str:
    known = set(Record.objects.values_list("code", flat=True))
    rows = [row for name in FILES for row in read(name) if row["code"] not in known]
    details = read("details")
    for age, row in enumerate(rows):
        add({"details": details.get(row["code"], {})} | row, age)
    if rows:
        relate(rows)
        take_over()
        gather()
    return f"{len(rows)} records" if rows else ""


def read(name: str):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def relate(rows: list[dict]) -> None:
    """What the sources themselves say of which practice is based on which."""
    for row in rows:
        for code in row.get("based_on", ()):
            trails.draw("repository.based_on", Record.objects.get(code=row["code"]), Record.objects.get(code=code))


def take_over() -> None:
    """Who took over what: three organisations of the demonstration."""
    for row in read("adoptions"):
        record, organisation = (
            Record.objects.get(code=row["record"]),
            Organisation.objects.get(code=row["organisation"]),
        )
        fields = {name: row[name] for name in ("year", "adapted", "outcome", "language")}
        record.adoptions.get_or_create(organisation=organisation, defaults=fields | {"region": organisation.region})
        adoptions.count(record)


def gather() -> None:
    """One collection, so that topic pages show what a collection is."""
    row = read("collection")
    if not Collection.objects.filter(code=row["code"]).exists():
        texts = {name: {**row[name], "_source": "en"} for name in ("title", "intro")}
        place = {"code": row["code"], "query": row["query"], "topic_id": row["topic"]}
        collections.keep_collection(Collection(**texts, **place, is_public=True))


@transaction.atomic
def add(row: dict, age: int) -> Record:
    source = row.get("source", "en")
    texts = {name: {**row[name], "_source": source} for name in ("title", "summary", "description")}
    record = services.deposit(
        **texts,
        **{name: row[name] for name in ("code", "kind", "topics", "countries", "regions", "terms", "year", "details")},
        **{name: row[name] for name in ("languages", "creators", "licence")},
        clusters=Organisation.objects.filter(code__in=row.get("clusters", ())),
        is_demonstration=row["demonstration"],
        is_retold=row.get("retold", False),
        published_on=platform_day() - timedelta(days=max(0, OLDEST - age)),
    )
    if attachment := row.get("attachment"):
        pdf = pages_to_pdf(attachment["title"], attachment["pages"], attachment["language"])
        services.attach(record, io.BytesIO(pdf), attachment["name"], attachment["language"])
    return services.publish(record)
