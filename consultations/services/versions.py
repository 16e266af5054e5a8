from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.ground.texts.codes import CODES
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from ..models import Consultation, Questionnaire
from ..selectors import drafting, opening
from .drafting import stale


@transaction.atomic
def publish_version(
    consultation: Consultation, *, by, seen: str, reason: str = "", knowing: bool = False
) -> Questionnaire:
    """The draft takes the place of the questions that are open; answers given so far keep their version.

    Changes that break comparability are published only `knowing` and with a reason, which everybody can read.
    """
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    require(by, "consultations.publish_version", consultation)
    if hindering := opening.hindrances(consultation):
        raise ValidationError(hindering)
    version = drafting.draft_or_404(consultation)
    if seen != version.sha256:
        raise stale()
    found = opening.comparison(consultation)
    if not found:
        raise ValidationError(_("Nothing has changed."))
    breaking = any(change.breaks for change in found)
    if breaking and not knowing:
        raise ValidationError({"knowing": _("Please confirm that answers before and after cannot be put together.")})
    if breaking and not reason.strip():
        raise ValidationError({"reason": _("Please say why. Everybody can read it.")})
    version.reason = reason.strip() if breaking else ""
    version.published_at = timezone.now()
    version.save(update_fields=["reason", "published_at"])
    consultation.languages = drafting.languages_ready(version)
    consultation.save(update_fields=["languages"])
    audit.record("consultations.version_published", consultation, by=by, version=version.number)
    return version


def open_ready_languages(consultation: Consultation, *, by) -> list[str]:
    """While it is open, languages join in which every text of the questions that are asked is reviewed; gives them."""
    version = drafting.newest(consultation)
    if consultation.state != Consultation.State.OPEN or version.published_at is None:
        return []
    ready = {*consultation.languages, *drafting.languages_ready(version)}
    new = [code for code in CODES if code in ready - set(consultation.languages)]
    if new:
        consultation.languages = [code for code in CODES if code in ready]
        consultation.save(update_fields=["languages"])
        audit.record("consultations.changed", consultation, by=by, fields=["languages"])
    return new
