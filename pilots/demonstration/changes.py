"""Two policy changes told after the policy brief on clusters, with invented authorities, labelled as demonstration."""

import json
from pathlib import Path

from django.db import transaction

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.people.members.models import Affiliation, Organisation
from repository.models import Record

from ..models import PolicyChange
from ..services import changes as services

FILE = Path(__file__).parent / "changes.json"


@transaction.atomic
def load() -> str:
    if PolicyChange.objects.exists():
        return ""
    made = [one for row in json.loads(FILE.read_text(encoding="utf-8")) if (one := add(row))]
    return f"{len(made)} policy changes" if made else ""


def speaker(organisation: Organisation | None):
    held = Affiliation.objects.filter(organisation=organisation, is_contact=True).select_related("person").first()
    return held.person if organisation and held else None


def add(row: dict) -> PolicyChange | None:
    """Without the organisations of the demonstration there is nothing to tell."""
    recorder, authority = (
        Organisation.objects.filter(code=row[name]).first() for name in ("recorded_for", "authority")
    )
    by, confirming = speaker(recorder), speaker(authority)
    if recorder is None or authority is None or by is None or confirming is None:
        return None
    made = services.record(
        recorder,
        by=by,
        learned=list(Record.objects.filter(code__in=row["learned"], state="published")),
        title={"en": row["title"]},
        text={"en": row["text"]},
        region=vocabulary.region(row["region"]),
        topic=vocabulary.topic(row["topic"]),
        authority=authority,
        is_demonstration=True,
        **{name: row[name] for name in ("instrument", "level", "changed_on", "link")},
    )
    PolicyChange.objects.filter(pk=made.pk).update(state=PolicyChange.State.ASKED)  # no case: it is answered at once
    return services.confirm(made, by=confirming)
