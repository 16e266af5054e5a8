"""Two peer reviews told after the policy brief on clusters, with invented hosts and peers, labelled as demonstration."""

import json
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.materials.languages.services import note_translations
from platform_core.materials.trails import services as trails
from platform_core.people.members.models import Organisation
from repository.models import Record

from ..models import Finding, Peer, PeerReview, Recommendation
from ..selectors.reviews import ABOUT
from ..services import reviews as services
from .changes import speaker

FILE = Path(__file__).parent / "reviews.json"


@transaction.atomic
def load() -> str:
    if PeerReview.objects.exists():
        return ""
    made = sum(add(row) for row in json.loads(FILE.read_text(encoding="utf-8")))
    return f"{made} peer reviews" if made else ""


def organisation(code: str) -> Organisation | None:
    return Organisation.objects.filter(code=code).first()


def add(row: dict) -> int:
    """Held and written already: nobody is invited and no case is opened."""
    host, leader = organisation(row["host"]), speaker(organisation("lead"))
    if host is None or leader is None or speaker(host) is None:
        return 0
    texts = {name: {"en": row[name]} for name in ("title", "question", "background", "summary")}
    made = PeerReview.objects.create(
        host=host,
        region=vocabulary.region(row["region"]),
        topic=vocabulary.topic(row["topic"]),
        state=PeerReview.State.PLANNED,
        first_day=date.fromisoformat(row["held"]),
        place=row["place"],
        agenda=row["agenda"],
        language="en",
        applied_by=speaker(host),
        is_demonstration=True,
        **texts,
    )
    note_translations(made)
    add_peers(made, row["peers"])
    Finding.objects.bulk_create(Finding(review=made, text={"en": text}) for text in row["findings"])
    recommend(made, row["recommendations"])
    services.publish(made, by=leader)
    for record in Record.objects.filter(code__in=row["about"], state="published"):
        trails.draw(ABOUT, made, record)
    return 1


def add_peers(review: PeerReview, rows: list) -> None:
    for code, why in rows:
        found = organisation(code)
        if found:
            accepted = {"why": why, "state": Peer.State.ACCEPTED}
            Peer.objects.create(review=review, organisation=found, person=speaker(found), **accepted)


def recommend(review: PeerReview, rows: list) -> None:
    today = platform_day()
    for row in rows:
        Recommendation.objects.create(
            review=review,
            text={"en": row["text"]},
            owner=organisation(row["owner"]) or review.host,
            due_on=today + timedelta(days=30 * row["months"]),
            state=row["state"],
            progress={"en": row["progress"]} if row["progress"] else {},
            changed_on=today if row["progress"] else None,
        )
