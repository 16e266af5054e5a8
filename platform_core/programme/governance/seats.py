"""Who may sit in a committee."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from platform_core.identity.access.models import RoleAssignment
from platform_core.people.members.models import Affiliation, Membership, Organisation, Tier


def check_seat(wanted: RoleAssignment) -> None:
    """One seat in the Steering Committee for each full member; raises ValidationError for a second one."""
    full = Membership.objects.on(wanted.begins).filter(tier=Tier.FULL).values("organisation")
    acted_for = Affiliation.objects.on(wanted.begins).filter(organisation__in=full)
    own = acted_for.filter(person=wanted.person_id).order_by("begins", "pk").first()
    if own is None:
        raise ValidationError({"person": _("Only somebody who acts for a full member can sit here.")})
    Organisation.objects.select_for_update().get(pk=own.organisation_id)
    others = RoleAssignment.objects.during(wanted.begins, wanted.ends).filter(role=wanted.role).values("person")
    if acted_for.filter(organisation=own.organisation_id, person__in=others).exists():
        raise ValidationError({"person": _("This organisation has its seat already in that time.")})
