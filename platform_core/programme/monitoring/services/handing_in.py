"""Evidence that no table of the platform tells: handed in with a file, counted once the lead partner has approved it."""

from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import PUBLIC
from platform_core.identity.access.selectors import require
from platform_core.identity.accounts.services import wait_for_turn
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as files
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import acts_for

from ..models import Indicator, ManualEvidence

State = ManualEvidence.State


@transaction.atomic
def hand_in(
    indicator: Indicator,
    file: BinaryIO,
    name: str,
    *,
    by,
    organisation: Organisation | None = None,
    key: str = "",
    **fields,
) -> ManualEvidence:
    """For one's own organisation; who sets the targets may do it for another."""
    require(by, "monitoring.hand_in")
    wait_for_turn(by)
    if key and (held := ManualEvidence.objects.filter(indicator=indicator, key=key).first()):
        return held
    own = acts_for(by.pk)
    if organisation is not None and organisation != own:
        require(by, "monitoring.change_programme")
    made = ManualEvidence(
        indicator=indicator,
        organisation=organisation or own,
        proposed_by=by,
        proposed_on=platform_day(),
        file_name=name,
        key=key,
        **fields,
    )
    if made.organisation is None:
        raise ValidationError(_("You act for no organisation."))
    if made.day > platform_day():
        raise ValidationError({"day": _("This day has not come yet.")})
    made.clean_fields(exclude=["file", "key"])
    made.file = files.keep(file, name, by=by)
    made.save()
    share(made)
    audit.record("monitoring.evidence_handed_in", made, by=by)
    return made


def share(found: ManualEvidence) -> None:
    """Its organisation and the lead partner see it from the beginning, everybody once it counts."""
    within = {f"org:{found.organisation_id}", "role:lead_partner"}
    access.set_audience(found, {PUBLIC} if found.state == State.APPROVED else within)


def locked(found: ManualEvidence) -> ManualEvidence:
    return ManualEvidence.objects.select_for_update().get(pk=found.pk)


@transaction.atomic
def take_back(found: ManualEvidence, *, by) -> ManualEvidence:
    found = locked(found)
    require(by, "monitoring.take_back_evidence", found)
    found.state = State.WITHDRAWN
    found.save(update_fields=["state"])
    share(found)
    audit.record("monitoring.evidence_taken_back", found, by=by)
    return found


@transaction.atomic
def approve(found: ManualEvidence, *, by, reason: str = "") -> ManualEvidence:
    found = decided(found, State.APPROVED, reason, by)
    audit.record("monitoring.evidence_approved", found, by=by)
    return found


@transaction.atomic
def decline(found: ManualEvidence, *, by, reason: str) -> ManualEvidence:
    if not reason.strip():
        raise ValidationError({"reason": _("Please say why, for those who handed it in.")})
    found = decided(found, State.DECLINED, reason, by)
    audit.record("monitoring.evidence_declined", found, by=by)
    return found


@transaction.atomic
def withdraw(found: ManualEvidence, *, by, reason: str) -> ManualEvidence:
    """What was approved turned out otherwise: it counts no more; reports that are frozen keep it."""
    found = locked(found)
    require(by, "monitoring.withdraw_evidence", found)
    if not reason.strip():
        raise ValidationError({"reason": _("Please say why, for those who handed it in.")})
    found.state, found.reason = State.WITHDRAWN, reason
    found.save(update_fields=["state", "reason"])
    share(found)
    audit.record("monitoring.evidence_withdrawn", found, by=by)
    return found


def decided(found: ManualEvidence, state: str, reason: str, by) -> ManualEvidence:
    found = locked(found)
    require(by, "monitoring.decide_evidence", found)
    if found.proposed_by_id == by.pk:
        raise ValidationError(_("You handed this in: somebody else of the lead partner decides."))
    found.state, found.reason = state, reason
    found.decided_on, found.decided_for = platform_day(), acts_for(by.pk)
    found.save(update_fields=["state", "reason", "decided_on", "decided_for"])
    share(found)
    return found
