from django.utils import timezone

from consultations import services
from consultations.models import Consultation, Finding, ResultSet
from tests.factories.consultations import consultation

TOLD = {"code": "policy", "count": 20, "share": 0.8, "low": 0.7, "high": 0.9, "suppressed": False}
REST = {"code": "private", "count": 5, "share": 0.2, "low": 0.1, "high": 0.3, "suppressed": False}
REACH = {"base": 25, "shown": 25, "responses": 25, "share_of": "base"}
FIGURES = {
    "method": {"threshold": 5},
    "questions": {
        "audience": {"type": "single", "options": [TOLD, REST], "crosstabs": {}, **REACH},
        "country": {"type": "country", "options": [], "crosstabs": {}, **REACH},
        "sources": {"type": "multiple", "options": [], "crosstabs": {}, **REACH},
        "share": {"type": "number", "bins": [], **REACH},
        "wish": {"type": "long_text", **REACH},
    },
    "representation": {},
    "campaigns": {},
}


def published(code: str = "finance", left_out=(), **fields) -> ResultSet:
    """A small consultation with invented figures that are published, without a record or any job."""
    made = consultation(code, **fields)
    Consultation.objects.filter(pk=made.pk).update(state="published")
    made.refresh_from_db()
    return ResultSet.objects.create(
        consultation=made,
        questionnaire=made.versions.get(),
        figures=FIGURES,
        left_out=list(left_out),
        base=25,
        sha256="f" * 64,
        published_at=timezone.now(),
    )


def finding(results: ResultSet, by, title: str = "Too much paper", questions=("audience",)) -> Finding:
    texts = {"title": {"en": title}, "text": {"en": f"Many said: {title.lower()}."}}
    return services.write_finding(results.consultation, questions=questions, by=by, **texts)
