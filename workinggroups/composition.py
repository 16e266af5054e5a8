"""Who may sit in a group, and what a group still lacks.

Three organisations of the full tier represent the partnership, the leader's included; at most two experts help them; at
least one of the three makes regional policy (concept paper of the working groups, section on their composition).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _, gettext_lazy

from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.models import RoleAssignment
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import acting_for

from .models import WorkingGroup

ORGANISATIONS = 3
EXPERTS = 2
SEATED = ("wg_leader", "wg_representative")
POLICY_MAKERS = ("regional_authority",)
LIMITS = (gettext_lazy("At most three organisations"), gettext_lazy("At most two experts"))


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
    own = represented([wanted.person_id], wanted.begins)
    if not own:
        raise ValidationError({"person": _("Only somebody who acts for a full member can sit here.")})
    if wanted.role == "wg_leader" and held.filter(role=wanted.role).exists():
        raise ValidationError({"role": _("The group already has a leader in that time; end that role first.")})
    seated = represented(held.filter(role__in=SEATED).values_list("person", flat=True), wanted.begins)
    if not own & seated and len(seated) >= ORGANISATIONS:
        raise ValidationError({"role": _("Three organisations already sit in the group in that time.")})


def check_expert(held: QuerySet[RoleAssignment]) -> None:
    if held.filter(role="wg_expert").count() >= EXPERTS:
        raise ValidationError({"role": _("The group already has two experts in that time.")})


def represented(people: Iterable[int], day: date) -> set[int]:
    """The full members these people act for on a day."""
    return {one.pk for one in acting_for(people, day, full=True).values()}


def requirements(group: WorkingGroup) -> list[Requirement]:
    """What a complete group has today, each met or not."""
    return proposed(group, [], 0)[: -len(LIMITS)]


def proposed(group: WorkingGroup, organisations: Iterable[int], experts: int) -> list[Requirement]:
    """The same if these organisations and so many experts joined those who sit there today; the last ones are limits."""
    today = platform_day()
    held = list(RoleAssignment.objects.on(today).filter(scope=group.scope).values_list("role", "person"))
    people = [person for role, person in held if role in SEATED]
    seated = Organisation.objects.filter(pk__in=represented(people, today) | set(organisations))
    kinds = list(seated.values_list("kind", flat=True))
    roles = [role for role, _person in held]
    helping = roles.count("wg_expert") + experts
    return [
        Requirement(_("A leader"), "wg_leader" in roles),
        Requirement(_("Three full members, the leader's organisation included"), len(kinds) == ORGANISATIONS),
        Requirement(_("At least one regional policy maker"), any(kind in POLICY_MAKERS for kind in kinds)),
        Requirement(str(LIMITS[0]), len(kinds) <= ORGANISATIONS),
        Requirement(str(LIMITS[1]), helping <= EXPERTS),
    ]


def lacking(user, group: WorkingGroup) -> list[str]:
    """What the group still lacks, in words, for members; others are not bothered with it."""
    return [one.words for one in requirements(group) if not one.met] if user.has_perm("members.view_contacts") else []
