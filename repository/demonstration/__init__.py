"""The strategy's 33 recommended actions, and fictitious practices and documents labelled as demonstration data."""

import io
import json
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from platform_core.ground.reports.pdf import pages_to_pdf

from .. import services
from ..models import Record

FOLDER = Path(__file__).parent


def load() -> str:
    known = set(Record.objects.values_list("code", flat=True))
    rows = [row for name in ("recommendations", "practices") for row in read(name) if row["code"] not in known]
    for age, row in enumerate(rows):
        add(row, age)
    return f"{len(rows)} records" if rows else ""


def read(name: str) -> list[dict]:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@transaction.atomic
def add(row: dict, age: int) -> Record:
    source = row.get("source", "en")
    texts = {name: {**row[name], "_source": source} for name in ("title", "summary", "description")}
    record = services.deposit(
        **texts,
        **{name: row[name] for name in ("code", "kind", "topics", "countries", "regions", "terms", "year")},
        **{name: row[name] for name in ("languages", "creators", "licence")},
        is_demonstration=row["demonstration"],
        published_on=timezone.localdate() - timedelta(days=max(0, 80 - age)),
    )
    if attachment := row.get("attachment"):
        pdf = pages_to_pdf(attachment["title"], attachment["pages"], attachment["language"])
        services.attach(record, io.BytesIO(pdf), attachment["name"], attachment["language"])
    return services.publish(record)
