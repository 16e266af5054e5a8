"""What was found of a practice in a region is kept, judged by experts and discussed."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.exchange.discussions import services as discussions
from platform_core.ground.texts.codes import active_code
from platform_core.ground.vocabulary.days import platform_day
from platform_core.ground.vocabulary.models import Region
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import acts_for, own_organisations
from repository.models import Record

from ..models import Judgement, Transfer
from ..selectors import transfers as selectors


@transaction.atomic
def keep(record: Record, region: Region, organisation: Organisation, *, by, **fields) -> Transfer:
    """As it is found now; kept once more by the same organisation, it is found anew and what was said of it stays.

    Judgements given on the former fit take it along.
    """
    require(by, "pilots.keep_transfer")
    if not own_organisations(by).filter(pk=organisation.pk).exists():
        raise PermissionDenied
    fit = selectors.fit(by, record, region)
    today = {"made_by": by, "made_on": platform_day(), "share": fit.share, "found": fit.stored(), **fields}
    ends = {"record": record, "region": region, "made_for": organisation}
    before = Transfer.objects.select_for_update().filter(**ends).first()
    if before is not None and any(getattr(before, name) != today[name] for name in ("made_on", "share", "found")):
        former = {"fit_on": before.made_on, "fit_share": before.share, "fit_found": before.found}
        before.judgements.filter(fit_on__isnull=True).update(**former)
    made, _new = Transfer.objects.update_or_create(**ends, defaults=today)
    access.set_audience(made, {"members", "role:lead_partner", f"org:{organisation.pk}"})
    audit.record("pilots.transfer_kept", made, by=by)
    return made


@transaction.atomic
def judge(transfer: Transfer, verdict: str, reasons: str, *, by) -> Judgement:
    """Each expert has one judgement, of the fit that is kept, and may change it; the computed fit is never touched."""
    require(by, "pilots.judge_transfer", transfer)
    if not reasons.strip():
        raise ValidationError({"reasons": _("Please give your reasons.")})
    told = {
        "verdict": verdict,
        "reasons": reasons.strip(),
        "language": active_code(),
        "judged_for": acts_for(by.pk),
        "judged_on": platform_day(),
        "fit_on": None,
        "fit_share": None,
        "fit_found": {},
    }
    made, _new = Judgement.objects.update_or_create(transfer=transfer, judged_by=by, defaults=told)
    audit.record("pilots.transfer_judged", transfer, by=by, judgement=made.pk)
    return made


@transaction.atomic
def say(transfer: Transfer, text: str, *, by):
    require(by, "pilots.discuss_transfer", transfer)
    if not selectors.transfers(by).filter(pk=transfer.pk).exists():
        raise PermissionDenied
    return discussions.say(transfer, text, by=by)
