"""The statistics job: stored answers in, frozen and suppressed figures out."""

from django.utils.translation import gettext as _

from platform_core.identity.audit import services as audit

from . import selectors
from .alike import keep_alike
from .frames import frames, plain_questions
from .models import Consultation, Questionnaire, ResultSet
from .profile import as_counted, countries, is_profile
from .snapshot import COLUMNS, described
from .statistics.report import standard_report
from .structure import canonical_hash

BATCH = 1000


def compute(run, consultation: int) -> dict:
    """Read the answers in batches, compute, keep the figures; progress is counted in answers."""
    found = Consultation.objects.get(pk=consultation)
    version = selectors.current_version(found)
    rows = read_answers(run, version, selectors.comparable(found))
    run.progress(len(rows), len(rows) + BATCH, _("Counting, intervals, cross-tables"))
    figures = report_on(found, version, rows)
    with run.writing():
        if Consultation.objects.select_for_update().get(pk=consultation).state == Consultation.State.PUBLISHED:
            return {}  # published while this was computed: the figures do not move any more
        kept = keep(found, version, figures, len(rows))
        keep_alike(version)
    return {"results": kept.pk, "base": kept.base}


def report_on(consultation: Consultation, version: Questionnaire, rows: list[tuple]) -> dict:
    """The standard report on rows as in COLUMNS, and under `input` what these were."""
    read = selectors.structure_read(version)
    structure = as_counted(read, (row[3] for row in rows))
    asked = plain_questions(structure, countries())
    profile = [question["code"] for question in asked if is_profile(question)]
    languages, audiences = [row[2] for row in rows], [row[3] for row in rows]
    held = selectors.asked_in(consultation)
    report = standard_report(
        asked,
        *frames(structure, [row[0] for row in rows], languages, audiences, [held[row[4]] for row in rows]),
        threshold=consultation.threshold,
        profile=profile,
        targets=targets_of(consultation, profile),
        days=[row[1] for row in rows],
        languages=languages,
    )
    return report | {"input": described(rows, read)}


def targets_of(consultation: Consultation, profile: list[str]) -> dict[str, dict[str, int]]:
    """By profile question how many of each group were wanted, as far as this was said."""
    wanted = {
        "audience": consultation.targets,
        "country": consultation.country_targets,
        "org_type": consultation.type_targets,
    }
    return {code: aims for code, aims in wanted.items() if aims and code in profile}


def read_answers(run, version, responses) -> list[tuple]:
    """Answers with their day, language, audience and version, in the order of keys that tell nothing."""
    total, rows = responses.count(), []
    wanted = responses.values_list(*COLUMNS)
    for row in wanted.order_by("pk").iterator(chunk_size=BATCH):
        rows.append(row)
        if len(rows) % BATCH == 0:
            run.progress(len(rows), total + BATCH, _("Reading the answers"))
    return rows


def keep(consultation: Consultation, version, figures: dict, base: int) -> ResultSet:
    kept = ResultSet.objects.create(
        consultation=consultation,
        questionnaire=version,
        figures=figures,
        base=base,
        sha256=canonical_hash(figures),
    )
    audit.record("consultations.computed", consultation, results=kept.pk, base=base)
    return kept
