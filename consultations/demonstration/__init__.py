"""A questionnaire of real depth, open for answers, and 200 generated answers labelled as demonstration data."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from .. import services
from ..models import Consultation, Questionnaire, Response
from ..structure import visible_answers
from .generation import generated_answers

ANSWERS = 200
ZONE = ZoneInfo("Europe/Vienna")


def load() -> str:
    structure = json.loads((Path(__file__).parent / "finance.json").read_text(encoding="utf-8"))
    if Consultation.objects.filter(code=structure["code"]).exists():
        return ""
    with transaction.atomic():
        consultation = services.draw_up(
            {"sections": structure["sections"]},
            code=structure["code"],
            topic_id=structure["topic"],
            title=structure["title"],
            summary=structure["summary"],
            languages=structure["languages"],
            minutes=structure["minutes"],
            opens_at=timezone.now() - timedelta(days=20),
            closes_at=datetime(2027, 3, 31, 23, 59, tzinfo=ZONE),
            is_demonstration=True,
        )
        services.open_consultation(consultation)
        add_answers(selected_version(consultation), ANSWERS)
    return f"1 consultation with {ANSWERS} generated answers"


def selected_version(consultation: Consultation) -> Questionnaire:
    return consultation.versions.get(number=1)


def add_answers(version: Questionnaire, number: int, seed: int = 2027) -> None:
    """Generated answers, the same for the same seed; hidden questions are left out as for real ones."""
    chance, today = Random(seed), timezone.localdate()  # noqa: S311 - invented answers
    rows = []
    for _index in range(number):
        answers = generated_answers(version.structure, chance)
        _shown, kept = visible_answers(version.structure, answers)
        rows.append(
            Response(
                questionnaire=version,
                language=chance.choice(["en", "en", "el", "bg"]),
                answers=kept,
                day=today - timedelta(days=chance.randrange(20)),
                is_demonstration=True,
            )
        )
    Response.objects.bulk_create(sorted(rows, key=lambda row: row.pk))
