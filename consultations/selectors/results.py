from functools import lru_cache
from typing import Any

from django.http import Http404

from ..models import Consultation, ResultReport, ResultSet
from ..profile import AUDIENCE, with_audience
from ..snapshot import COLUMNS, differs
from ..structure import with_marks
from .answers import comparable, identifying, structure_of


@lru_cache(maxsize=8)
def figures_of(results: int, sha256: str) -> dict[str, Any]:
    """Frozen figures, read once per process: their hash says whether they are still the same. Nobody may change them."""
    return ResultSet.objects.values_list("figures", flat=True).get(pk=results, sha256=sha256)


def whole(rows) -> ResultSet | None:
    """The first of some result sets, with figures and questions that are kept between pages."""
    found = rows.select_related("questionnaire").defer("figures", "questionnaire__structure").first()
    if found is not None:
        found.figures = figures_of(found.pk, found.sha256)
        structure = structure_of(found.questionnaire_id, found.questionnaire.sha256)
        counted = AUDIENCE in found.figures.get("questions", {})
        found.questionnaire.structure = with_audience(structure) if counted else structure
    return found


def newest_results(consultation: Consultation) -> ResultSet | None:
    """The figures computed last, which are the published ones once there are any."""
    return whole(consultation.results.all())


def published_results(consultation: Consultation) -> ResultSet | None:
    return whole(consultation.results.filter(published_at__isnull=False))


def results_for(user, consultation: Consultation) -> ResultSet | None:
    """Published figures for everyone; those not yet published for who manages the consultation."""
    published = published_results(consultation)
    if published or not user.has_perm("consultations.manage", consultation):
        return published
    return newest_results(consultation)


def input_changed(results: ResultSet) -> bool:
    """Whether the answers are others than those the figures were computed from."""
    rows = comparable(results.consultation).values_list(*COLUMNS)
    structure = with_marks(results.questionnaire.structure, identifying(results.consultation))
    return differs(results.figures, results.base, rows.iterator(chunk_size=1000), structure)


def report_for(user, consultation: Consultation, language: str, form: str) -> ResultReport:
    """A report that was made: of published figures for everyone, of others for who manages the consultation."""
    results = results_for(user, consultation)
    rows = results.reports.select_related("file") if results else ResultReport.objects.none()
    found = rows.filter(language=language, form=form).first()
    if found is None:
        raise Http404
    return found
