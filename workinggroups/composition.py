"""Who may sit in a group, and what a group still lacks.

Three organisations of the full tier represent the partnership, the leader's included; at most two experts help them; at
least one of the three makes regional policy (concept paper of the working groups, section on their composition).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from platform_core.identity.access.models import RoleAssignment
from platform_core.people.members.models import Affiliation, Membership, Organisation, Tier

from .models import WorkingGroup

ORGANISATIONS = 3
EXPERTS = 2
SEATED = ("wg_leader", "wg_representative")
POLICY_MAKERS = ("regional_authority",)


@dataclass(frozen=True)
class Requirement:
    words: str
    met: bool


def check_seat(wanted: RoleAssignment) -> None:
    """Raises ValidationError when a group would have more people or other ones than it may have."""
    WorkingGroup.objects.select_for_update().get(pk=int(wanted.scope.partition(":")[2]))
    held = RoleAssignment.objects.during(wanted.begins, wanted.ends).filter(scope=wanted.scope)
    if wanted.role == "wg_expert":
        check_expert(held)
        return
    own = organisations_of([wanted.person_id], wanted.begins)
    if not own:
        raise ValidationError({"person": _("Only somebody who acts for a full member can sit here.")})
    if wanted.role == "wg_leader" and held.filter(role=wanted.role).exists():
        raise ValidationError({"role": _("The group already has a leader in that time; end that role first.")})
    seated = organisations_of(held.filter(role__in=SEATED).values_list("person", flat=True), wanted.begins)
    if not own & seated and len(seated) >= ORGANISATIONS:
        raise ValidationError({"role": _("Three organisations already sit in the group in that time.")})


def check_expert(held: QuerySet[RoleAssignment]) -> None:
    if held.filter(role="wg_expert").count() >= EXPERTS:
        raise ValidationError({"role": _("The group already has two experts in that time.")})


def organisations_of(people: Iterable[int], day: date) -> set[int]:
    """The full members these people act for on a day; of several the one of the oldest affiliation."""
    members = Membership.objects.on(day).filter(tier=Tier.FULL).values("organisation")
    rows = Affiliation.objects.on(day).filter(person__in=list(people), organisation__in=members)
    return set(dict(rows.order_by("-begins", "-pk").values_list("person", "organisation")).values())


def requirements(group: WorkingGroup) -> list[Requirement]:
    """What a complete group has today, each met or not."""
    today = timezone.localdate()
    held = RoleAssignment.objects.on(today).filter(scope=group.scope)
    people = list(held.filter(role__in=SEATED).values_list("person", flat=True))
    seated = Organisation.objects.filter(pk__in=organisations_of(people, today))
    return [
        Requirement(_("A leader"), held.filter(role="wg_leader").exists()),
        Requirement(_("Three full members, the leader's organisation included"), len(seated) == ORGANISATIONS),
        Requirement(_("At least one regional policy maker"), any(one.kind in POLICY_MAKERS for one in seated)),
    ]


def lacking(user, group: WorkingGroup) -> list[str]:
    """What the group still lacks, in words, for members; others are not bothered with it."""
    return [one.words for one in requirements(group) if not one.met] if user.has_perm("members.view_contacts") else []
