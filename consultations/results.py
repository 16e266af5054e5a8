"""The statistics job: stored answers in, frozen and suppressed figures out."""

import hashlib
import json

from django.utils.translation import gettext as _

from platform_core.identity.audit import services as audit

from . import selectors
from .frames import frames, plain_questions
from .models import Consultation, ResultSet
from .profile import PROFILES, countries
from .statistics.summary import summarise

BATCH = 1000


def compute(run, consultation: int) -> dict:
    """Read the answers in batches, compute, keep the figures; progress is counted in answers."""
    found = Consultation.objects.get(pk=consultation)
    version = selectors.current_version(found)
    rows = read_answers(run, version, selectors.responses(found).filter(questionnaire=version))
    run.progress(len(rows), len(rows) + BATCH, _("Counting, intervals, cross-tables"))
    asked = plain_questions(version.structure, countries())
    profile = [question["code"] for question in asked if question["code"] in PROFILES]
    figures = summarise(asked, *frames(version.structure, rows), threshold=found.threshold, profile=profile)
    with run.writing():
        kept = keep(found, version, figures, len(rows))
    return {"results": kept.pk, "base": kept.base}


def read_answers(run, version, responses) -> list[dict]:
    total, rows = responses.count(), []
    for answers in responses.values_list("answers", flat=True).order_by("pk").iterator(chunk_size=BATCH):
        rows.append(answers)
        if len(rows) % BATCH == 0:
            run.progress(len(rows), total + BATCH, _("Reading the answers"))
    return rows


def keep(consultation: Consultation, version, figures: dict, base: int) -> ResultSet:
    text = json.dumps(figures, sort_keys=True, separators=(",", ":"))
    kept = ResultSet.objects.create(
        consultation=consultation,
        questionnaire=version,
        figures=figures,
        base=base,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    audit.record("consultations.computed", consultation, results=kept.pk, base=base)
    return kept
