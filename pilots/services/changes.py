"""A region records what changed in its policy; the authority responsible confirms it, and everybody reads it."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from platform_core.exchange.cases import services as cases
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access import services as access
from platform_core.identity.access.keys import PUBLIC
from platform_core.identity.access.selectors import require
from platform_core.identity.access.sight import people_of
from platform_core.identity.accounts.services import wait_for_turn
from platform_core.identity.audit import services as audit
from platform_core.materials.files import services as files
from platform_core.materials.languages.services import note_translations
from platform_core.materials.trails import services as trails
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import own_organisations

from ..models import PolicyChange
from ..selectors.changes import AUTHORITIES, LEARNED, names_sources
from .unsent import delete_unsent

State = PolicyChange.State


def locked(change: PolicyChange) -> PolicyChange:
    return PolicyChange.objects.select_for_update().get(pk=change.pk)


def share(change: PolicyChange) -> None:
    """Who recorded it; the authority once it is asked; everybody once it is confirmed."""
    if change.state == State.CONFIRMED:
        access.set_audience(change, {PUBLIC})
        return
    keys = {f"org:{change.recorded_for_id}", "role:lead_partner"}
    asked = change.state != State.DRAFT
    access.set_audience(change, keys | ({f"org:{change.authority_id}"} if asked else set()))


@transaction.atomic
def record(
    organisation: Organisation, *, by, learned: Sequence = (), file=None, key: str = "", **fields
) -> PolicyChange:
    """`learned` are things it was learned from: records, mechanisms, pilots, peer reviews, findings, benchmarks."""
    require(by, "pilots.record_change")
    wait_for_turn(by)
    if not own_organisations(by).filter(pk=organisation.pk).exists():
        raise PermissionDenied
    if key and (held := PolicyChange.objects.filter(recorded_for=organisation, key=key).first()):
        return held
    made = PolicyChange(recorded_for=organisation, recorded_by=by, key=key)
    keep(made, fields, file, by)
    for thing in learned:
        trails.draw(LEARNED, made, thing, by=by)
    audit.record("pilots.change_recorded", made, by=by)
    return made


def keep(change: PolicyChange, fields: dict, file, by) -> None:
    for name, value in fields.items():
        setattr(change, name, value)
    if file is not None:
        change.file, change.file_name = files.keep(file, file.name, by=by), file.name[:150]
    demand_authority(change)
    change.full_clean(exclude=["key", "file"])
    change.save()
    share(change)
    note_translations(change, by=by)


def demand_authority(change: PolicyChange) -> None:
    if change.authority.kind not in AUTHORITIES:
        raise ValidationError({"authority": _("Please choose a regional or national authority.")})
    if change.authority.country_id != change.region.country_id:
        raise ValidationError({"authority": _("This authority is of another country than the region.")})


@transaction.atomic
def change(change: PolicyChange, *, by, file=None, **fields) -> PolicyChange:
    change = locked(change)
    require(by, "pilots.change_change", change)
    keep(change, fields, file, by)
    audit.record("pilots.change_changed", change, by=by)
    return change


def delete(change: PolicyChange, *, by) -> None:
    """A draft no authority was ever asked to confirm."""
    delete_unsent(change, "pilots.change_change", verb="pilots.change_deleted", by=by)


@transaction.atomic
def ask(change: PolicyChange, *, by) -> PolicyChange:
    """Ask the authority to confirm it: a case opens with its people."""
    change = locked(change)
    require(by, "pilots.change_change", change)
    if not change.file_id and not change.link:
        raise ValidationError(_("Add the document or its address: the authority confirms what can be read."))
    if not names_sources(change):
        raise ValidationError(_("Say first what it was learned from: a record, a mechanism, a pilot, a peer review."))
    if not people_of(f"org:{change.authority_id}", platform_day()) - {by.pk}:
        raise ValidationError(
            _("Nobody else of %(authority)s is on the platform yet who could confirm it. Have somebody invited first.")
            % {"authority": change.authority}
        )
    change.state, change.reason = State.ASKED, ""
    change.save(update_fields=["state", "reason"])
    share(change)
    audit.record("pilots.change_asked", change, by=by)
    return change


@transaction.atomic
def confirm(change: PolicyChange, *, by, reason: str = "") -> PolicyChange:
    """For everybody from now on. Whoever recorded it leaves that to somebody else of the authority."""
    change = locked(change)
    require(by, "pilots.confirm_change", change)
    if by.pk == change.recorded_by_id:
        raise ValidationError(_("You recorded this: somebody else of the authority confirms."))
    change.state, change.reason = State.CONFIRMED, reason
    change.confirmed_by, change.confirmed_on = by, platform_day()
    change.save()
    share(change)
    audit.record("pilots.change_confirmed", change, by=by)
    return change


@transaction.atomic
def give_back(change: PolicyChange, *, by, reason: str) -> PolicyChange:
    change = locked(change)
    if change.state != State.ASKED:
        raise ValidationError(_("It is not waiting for confirmation any more."))
    change.state, change.reason = State.RETURNED, reason
    change.save(update_fields=["state", "reason"])
    share(change)
    audit.record("pilots.change_returned", change, by=by)
    return change


@transaction.atomic
def take_back(change: PolicyChange, *, by) -> PolicyChange:
    """Who asked for the confirmation wants to write again."""
    change = locked(change)
    if change.state == State.ASKED:
        change.state = State.DRAFT
        change.save(update_fields=["state"])
        share(change)
        audit.record("pilots.change_taken_back", change, by=by)
    return change


@transaction.atomic
def withdraw(change: PolicyChange, *, by, reason: str) -> PolicyChange:
    """What was confirmed turned out otherwise: it counts no more, and only those concerned still read it."""
    change = locked(change)
    require(by, "pilots.withdraw_change", change)
    if not reason.strip():
        raise ValidationError({"reason": _("Please give your reasons.")})
    change.state, change.reason, change.withdrawn_on = State.WITHDRAWN, reason.strip(), platform_day()
    change.save(update_fields=["state", "reason", "withdrawn_on"])
    share(change)
    cases.end_about(change, by=by)
    audit.record("pilots.change_withdrawn", change, by=by)
    return change
