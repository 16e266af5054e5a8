from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import active_code
from platform_core.ground.texts.fields import as_text
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import PUBLIC
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.materials.languages.services import note_translations

from ..models import Consultation, Finding, FindingQuestion, FindingStep
from ..selectors.findings import published_questions


@transaction.atomic
def write_finding(consultation: Consultation, *, questions: Collection[str], by, key: str = "", **texts) -> Finding:
    """Everybody reads it from now on, and its story begins with having been heard."""
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    require(by, "consultations.write_finding", consultation)
    if key and (held := consultation.findings.filter(key=key).first()):
        return held
    finding = Finding(consultation=consultation, key=key, **texts)
    keep(finding, questions, by)
    FindingStep.objects.create(finding=finding, state=finding.state, language=active_code())
    access.set_audience(finding, {PUBLIC})
    audit.record("consultations.finding_written", finding, by=by)
    return finding


@transaction.atomic
def change_finding(finding: Finding, *, questions: Collection[str], by, **texts) -> Finding:
    finding = Finding.objects.select_for_update().get(pk=finding.pk)
    require(by, "consultations.change_finding", finding)
    for name, text in texts.items():
        setattr(finding, name, text)
    keep(finding, questions, by)
    audit.record("consultations.finding_changed", finding, by=by, fields=sorted(texts))
    return finding


def keep(finding: Finding, questions: Collection[str], by) -> None:
    known = published_questions(finding.consultation)
    if strange := set(questions) - known.keys():
        told = _("The figures of %(codes)s are not published.") % {"codes": ", ".join(sorted(strange))}
        raise ValidationError({"questions": told})
    finding.full_clean()
    finding.save()
    finding.questions.all().delete()
    FindingQuestion.objects.bulk_create(
        FindingQuestion(finding=finding, code=code) for code in known if code in questions
    )
    note_translations(finding, by=by)


@transaction.atomic
def settle_finding(finding: Finding, state: str, *, reason: str, by) -> Finding:
    """What becomes of it from now on; what is not followed says why, in public."""
    finding = Finding.objects.select_for_update().select_related("consultation").get(pk=finding.pk)
    require(by, "consultations.settle_finding", finding)
    if state == Finding.State.NOT_FOLLOWED and not reason.strip():
        raise ValidationError({"reason": _("Please say why it is not followed; everybody will read it.")})
    if (state, reason) == (finding.state, finding.reason.get(finding.reason.source, "")):
        return finding
    finding.state, language = state, active_code()
    finding.reason = as_text({language: reason, "_source": language} if reason else {})
    finding.full_clean()
    finding.save(update_fields=["state", "reason"])
    FindingStep.objects.create(finding=finding, state=state, reason=reason, language=language)
    note_translations(finding, by=by)
    audit.record("consultations.finding_settled", finding, by=by, state=state)
    return finding
