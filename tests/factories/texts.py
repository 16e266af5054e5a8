from datetime import timedelta

from django.utils import timezone

from consultations.models import Consultation, Response
from tests.factories.consultations import STRUCTURE, consultation

CONSENT = {"code": "may_quote_consent", "type": "consent", "text": {"en": "You may quote me"}}
ASKING = {"sections": [*STRUCTURE["sections"], {"code": "end", "title": {"en": "End"}, "questions": [CONSENT]}]}


def closed(code: str = "finance", **fields) -> Consultation:
    """A closed consultation that nobody has answered yet."""
    made = consultation(code, **fields)
    Consultation.objects.filter(pk=made.pk).update(state="closed", closes_at=timezone.now() - timedelta(hours=1))
    made.refresh_from_db()
    return made


def text(made: Consultation, words: str = "Less paper please", language: str = "en", agrees=None, **fields) -> Response:
    """Answers with words to the question `wish`."""
    answers = {"audience": "policy", "country": "AT", "wish": words}
    if agrees is not None:
        answers["may_quote_consent"] = agrees
    given = {"answers": answers, "language": language, "audience": "policy", "day": timezone.localdate()}
    return Response.objects.create(questionnaire=made.versions.get(), **{**given, **fields})
