from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.ground.texts.fields import as_text
from platform_core.ground.texts.sorting import sort_key
from platform_core.identity.access import services as access
from platform_core.identity.access.selectors import require
from platform_core.identity.audit import services as audit

from .models import Affiliation, Membership, Organisation, Tier


@transaction.atomic
def add_organisation(*, by=None, **fields) -> Organisation:
    """Add an organisation to the directory; `by` None is the platform itself, at set-up."""
    if by is not None:
        require(by, "members.view_desk")
    organisation = Organisation(**fields)
    organisation.sort_name = sort_key(as_text(organisation.name).localise("en").text)
    organisation.full_clean(exclude=["code"] if not organisation.code else None)
    organisation.save()
    access.set_audience(organisation, {"public"})
    audit.record("members.organisation_added", organisation, by=by)
    return organisation


@transaction.atomic
def admit(
    organisation: Organisation, *, tier: str, share: str = "", by=None, why: str = "", begins: date | None = None
):
    """Make an organisation a member or move it to another tier from a day on; what it was before is ended, not lost."""
    if by is not None:
        require(by, "members.admit_organisation")
    begins = begins or timezone.localdate()
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    former = organisation.memberships.filter(Q(ends__isnull=True) | Q(ends__gte=begins)).first()
    check_admission(former, tier, share, begins)
    if former:
        former.ends = begins - timedelta(days=1)
        former.save(update_fields=["ends"])
    decided_by = by.pseudonym if by else ""
    membership = organisation.memberships.create(tier=tier, share=share, begins=begins, decided_by=decided_by, why=why)
    audit.record("members.admitted", organisation, by=by, tier=tier, share=share, membership=membership.pk)
    return membership


def check_admission(former: Membership | None, tier: str, share: str, begins: date) -> None:
    if (tier == Tier.FULL) != bool(share):
        raise ValidationError(
            {"share": _("A full membership says whether it is financing or strategic; others do not.")}
        )
    if former and (former.tier, former.share) == (tier, share):
        raise ValidationError({"tier": _("The organisation already has this tier.")})
    if former and begins <= former.begins:
        raise ValidationError(
            {
                "begins": _("The present membership began on %(day)s; the new one must begin later.")
                % {"day": former.begins}
            }
        )


@transaction.atomic
def end_membership(organisation: Organisation, *, by, why: str, on: date | None = None) -> Membership:
    require(by, "members.end_membership")
    membership = organisation.memberships.select_for_update().filter(ends__isnull=True).first()
    if membership is None:
        raise ValidationError(_("The organisation is not a member now."))
    membership.ends, membership.why = on or timezone.localdate(), f"{membership.why}\n{why}".strip()
    if membership.ends < membership.begins:
        raise ValidationError(_("The membership begins on %(day)s and cannot end before.") % {"day": membership.begins})
    membership.save(update_fields=["ends", "why"])
    audit.record("members.membership_ended", organisation, by=by, tier=membership.tier, membership=membership.pk)
    return membership


@transaction.atomic
def affiliate(
    person, organisation: Organisation, *, function: str = "", is_contact: bool = False, by=None, begins=None
):
    affiliation = Affiliation.objects.create(
        person=person,
        organisation=organisation,
        function=function,
        is_contact=is_contact,
        begins=begins or timezone.localdate(),
    )
    audit.record("members.affiliated", organisation, by=by, affiliation=affiliation.pk)
    return affiliation
