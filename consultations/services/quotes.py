from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from ..models import Coding, Consultation, LikeText, Quote, Response, TextReading
from ..quoting import only_shortened, words_of
from ..selectors.consultations import current_version
from ..selectors.texts import quotable


@transaction.atomic
def release(consultation: Consultation, response: Response, question: str, text: str, *, by) -> Quote:
    """Everybody reads these words once the results are published. The answer itself stays as it is, and unlinked."""
    require(by, "consultations.release_quotes", consultation)
    found = still_quotable(consultation, response, question)
    text = text.strip()
    if not words_of(text):
        raise ValidationError({"text": _("Please leave some words, or refuse the text.")})
    if not only_shortened(found.words, text):
        raise ValidationError(
            {"text": _("Only leave words out and mark it with […]; every word must stand in the text.")}
        )
    if Quote.objects.filter(consultation=consultation, question=question, text=text, language=found.language).exists():
        raise ValidationError({"text": _("These words are released already.")})
    named = found.publication == Response.Publication.NAMED
    quote = Quote.objects.create(
        consultation=consultation,
        question=question,
        language=found.language,
        text=text,
        name=found.name if named else "",
    )
    read(found, question, TextReading.Verdict.RELEASED)
    audit.record("consultations.quote_released", consultation, by=by, question=question)
    return quote


@transaction.atomic
def refuse(consultation: Consultation, response: Response, question: str, *, by) -> None:
    """The text stays unread by others; it can be released later all the same."""
    require(by, "consultations.release_quotes", consultation)
    read(still_quotable(consultation, response, question), question, TextReading.Verdict.REFUSED)
    audit.record("consultations.quote_refused", consultation, by=by, question=question)


@transaction.atomic
def take_back(quote: Quote, *, by) -> None:
    """Released words leave the page of the results."""
    require(by, "consultations.release_quotes", quote.consultation)
    quote.delete()
    audit.record("consultations.quote_taken_back", quote.consultation, by=by, question=quote.question)


def still_quotable(consultation: Consultation, response: Response, question: str):
    found = (
        quotable(current_version(consultation), question).select_for_update(of=("self",)).filter(pk=response.pk).first()
    )
    if found is None:
        raise ValidationError({"text": _("The writer does not want to be quoted.")})
    return found


def read(response: Response, question: str, verdict: str) -> None:
    TextReading.objects.update_or_create(response=response, question=question, defaults={"verdict": verdict})


def forget_readings() -> int:
    """What was noted about single answers goes when the consultation's time for identifiers is over; figures stay."""
    gone = 0
    for consultation in Consultation.objects.filter(closes_at__lt=timezone.now()):
        if (timezone.now() - consultation.closes_at).days >= consultation.retention_days:
            for model in (TextReading, LikeText, Coding):
                gone += model.objects.filter(response__questionnaire__consultation=consultation).delete()[0]
    return gone
