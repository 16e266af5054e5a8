"""Questionnaires of real depth for all ten countries, each with 200 generated answers labelled as demonstration data."""

from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.accounts.models import User

from .. import publication, results, selectors, services
from ..models import Consultation, Questionnaire, Response
from ..services.setups import ask_in
from ..structure import visible_answers
from . import reading, voices
from .generation import generated_answers

LOADED = [
    "innovation-2027",
    "sustainability-2027",
    "internationalisation-2027",
    "finance-2027",
    "specialisation-2027",
    "skills-2027",
]
PUBLISHED = {"skills-2027"}  # closed, with results
REPORTED = ("en", "el", "bg")
TARGETS = {"policy": 52, "private": 260}
TYPE_TARGETS = {  # invented: they sum to the same
    "regional_authority": 32,
    "national_authority": 20,
    "academic_research": 30,
    "rd_transfer": 20,
    "cluster_organisation": 60,
    "interest_group": 25,
    "international_organisation": 5,
    "financing_institution": 15,
    "civil_society": 15,
    "enterprise": 70,
    "kibs": 20,
}
ANSWERS = 200
ZONE = ZoneInfo("Europe/Vienna")


def load() -> str:
    made = [code for code in LOADED if not Consultation.objects.filter(code=code).exists()]
    for code in made:
        file(reading.questionnaire(code))
    return f"{len(made)} consultations with {ANSWERS} generated answers each" if made else ""


@transaction.atomic
def file(questionnaire: dict[str, Any]) -> None:
    consultation = services.draw_up(
        {"sections": questionnaire["sections"], "audiences": renamed(questionnaire["audiences"])},
        code=questionnaire["code"],
        topic_id=questionnaire["topic"],
        title=questionnaire["title"],
        summary=questionnaire["summary"],
        languages=questionnaire["languages"],
        minutes=questionnaire["minutes"],
        preset=Consultation.Preset.PUBLIC,
        asks_publication=True,
        may_change=True,
        offers_sign_off=True,
        targets=TARGETS,
        type_targets=TYPE_TARGETS,
        contact="consultations@example.org",
        opens_at=timezone.now() - timedelta(days=20),
        closes_at=datetime(2027, 3, 31, 23, 59, tzinfo=ZONE),
        is_demonstration=True,
    )
    ask_in(consultation, countries=[country.pk for country in vocabulary.countries()])
    services.open_consultation(consultation)
    add_answers(selected_version(consultation), ANSWERS)
    voices.add_words(selected_version(consultation))
    if consultation.code in PUBLISHED:
        publish(services.close(consultation))


def publish(consultation: Consultation) -> None:
    version = selected_version(consultation)
    rows = list(selectors.responses(consultation).order_by("pk").values_list(*results.COLUMNS))
    results.keep(consultation, version, results.report_on(consultation, version, rows), len(rows))
    lead = User.objects.get(email="lead@example.org")
    publication.publish_results(consultation, by=lead, languages=REPORTED)


def renamed(audiences: list[dict]) -> list[dict]:
    return [{"code": audience["code"], "text": audience["name"]} for audience in audiences]


def selected_version(consultation: Consultation) -> Questionnaire:
    return consultation.versions.get(number=1)


def add_answers(version: Questionnaire, number: int, seed: int = 2027) -> None:
    """Generated answers, the same for the same seed; hidden questions are left out as for real ones."""
    chance, today = Random(seed), platform_day()  # noqa: S311 - invented answers
    languages = ["en", *version.consultation.languages]
    rows = []
    for _index in range(number):
        answers = generated_answers(version.structure, chance)
        _shown, kept = visible_answers(version.structure, answers)
        rows.append(
            Response(
                questionnaire=version,
                language=chance.choice(languages),
                audience=str(kept.get("audience", "")),
                answers=kept,
                day=today - timedelta(days=chance.randrange(20)),
                is_demonstration=True,
            )
        )
    Response.objects.bulk_create(sorted(rows, key=lambda row: row.pk))
