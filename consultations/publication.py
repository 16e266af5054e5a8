"""A published result becomes a record of the repository, in every language its texts exist in."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext, override

from platform_core.ground.texts.codes import interface_code
from platform_core.ground.ui.components.numbers import with_unit
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from repository import services as repository
from repository.creators import made_by_organisation
from repository.models import Record
from repository.selectors import record_about

from . import reports
from .answering import words
from .charts import labels_of, percent
from .models import Consultation, ResultSet
from .selectors import LABEL, input_changed
from .services import not_computed
from .structure import question_texts


@transaction.atomic
def leave_out(results: ResultSet, codes: Collection[str], *, by) -> ResultSet:
    """Choose the questions whose figures will not be published."""
    require(by, "consultations.publish_results", results.consultation)
    asked = question_texts(results.questionnaire)
    if not asked.keys() - set(codes):
        raise ValidationError({"told": _("Please leave at least one question to be published.")})
    results.left_out = [code for code in asked if code in set(codes)]
    results.save(update_fields=["left_out"])
    audit.record("consultations.left_out", results.consultation, by=by, results=results.pk, questions=results.left_out)
    return results


@transaction.atomic
def publish_results(consultation: Consultation, *, by, languages: Collection[str] = ()) -> Record:
    """Freeze the newest figures, open them to everyone and file them as a record. They never move again.

    `languages` of the reports, if not all of the consultation's.
    """
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    require(by, "consultations.publish_results", consultation)
    results = consultation.results.first()
    if results is None:
        raise not_computed()
    if input_changed(results):
        raise ValidationError(_("Answers have changed since these figures were computed. Please compute them again."))
    results.published_at = timezone.now()
    results.save(update_fields=["published_at"])
    consultation.state = Consultation.State.PUBLISHED
    consultation.save(update_fields=["state"])
    record = repository.publish(deposit(consultation, results))
    audit.record("consultations.published", consultation, by=by, results=results.pk, record=record.pk)
    reports.ask_all(results, by=by, languages=languages)
    return record


def deposit(consultation: Consultation, results: ResultSet) -> Record:
    if record_about(LABEL, consultation.pk):
        raise ValidationError(_("The results are published already."))
    texts = {code: texts_in(code, consultation, results) for code in consultation.languages}
    return repository.deposit(
        code=f"result-{consultation.code}",
        kind="consultation_result",
        title={code: text["title"] for code, text in texts.items()},
        summary={code: text["summary"] for code, text in texts.items()},
        description={code: text["description"] for code, text in texts.items()},
        topics=[consultation.topic_id],
        terms={"cycle_stage": ["preparation"]},
        year=platform_day().year,
        languages=consultation.languages,
        **made_by_organisation(f"ClusterPoliSEE, {consultation.topic.name['en']}"),
        is_demonstration=consultation.is_demonstration,
        about_thing=LABEL,
        about_id=str(consultation.pk),
    )


def texts_in(code: str, consultation: Consultation, results: ResultSet) -> dict[str, str]:
    with override(interface_code(code)):
        title = _("Results of the consultation: %(title)s") % {"title": consultation.title.localise(code).text}
        answers = ngettext("%(n)s answer", "%(n)s answers", results.base) % {"n": results.base}
        closed = date_format(timezone.localtime(consultation.closes_at), "DATE_FORMAT")
        summary = _(
            "%(answers)s were sent until %(day)s. Those who answered chose to do so, so the figures show what they said "
            "and not what everybody thinks."
        ) % {"answers": answers, "day": closed}
        return {"title": title[:300], "summary": summary, "description": findings(consultation, results)}


def findings(consultation: Consultation, results: ResultSet) -> str:
    """The most frequent answer of each choice question, as Markdown in the active language."""
    heading = _("Most frequent answers")
    lines = [f"## {heading}", ""]
    left_out = set(results.left_out)
    for code, question in question_texts(results.questionnaire).items():
        if code in left_out:
            continue
        found = results.figures["questions"].get(code, {})
        told = [option for option in found.get("options", []) if not option["suppressed"] and option.get("share")]
        if question["type"] in {"single", "multiple"} and told:
            first = max(told, key=lambda option: option["share"])
            answer = labels_of(question).get(first["code"], first["code"])
            lines.append(f"- {words(question['text'])} **{answer}** ({with_unit(percent(first['share']), '%')})")
    return "\n".join(lines)
