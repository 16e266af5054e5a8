from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Thing
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.models import RoleAssignment
from platform_core.people.members.models import Invitation, Organisation
from platform_core.people.members.selectors import acting_for

from ..models import ConceptPaper, Document, JoinRequest, WorkingGroup
from ..permissions.groups import JOINED
from .documents import documents
from .groups import ROLES


@dataclass(frozen=True)
class Place:
    """A seat or a part in a group, with its days; the person's name for those who may see contacts."""

    role: str
    person: str
    organisation: Organisation | None
    begins: date
    ends: date | None

    @property
    def role_name(self) -> str:
        return vocabulary.term_name("role", self.role)


@dataclass(frozen=True)
class Guest:
    """Somebody invited to one thing of the group."""

    name: str
    what: str
    address: str
    begins: date
    ends: date | None
    accepted: bool


def concept_paper(user, group: WorkingGroup) -> Document | None:
    """The group's concept paper, where the reader sees it."""
    rows = documents(user).filter(trashed_on=None, concept_paper__group=group)
    return rows.select_related("group__topic").first()


def has_concept_paper(group: WorkingGroup) -> bool:
    return ConceptPaper.objects.filter(group=group, document__trashed_on=None).exists()


def seats_in_full(user, group: WorkingGroup) -> list[Place]:
    """Who sits there today or will, the leader first."""
    return places(user, held(group).filter(role__in=ROLES))


def participants(user, group: WorkingGroup) -> list[Place]:
    return places(user, held(group).filter(role=JOINED))


def held(group: WorkingGroup) -> QuerySet[RoleAssignment]:
    rows = RoleAssignment.objects.during(platform_day(), None).filter(scope=group.scope)
    return rows.select_related("person").order_by("begins", "pk")


def places(user, rows: QuerySet[RoleAssignment]) -> list[Place]:
    named = user.has_perm("members.view_contacts")
    found = list(rows)
    act_for = acting_for([row.person_id for row in found])
    made = [
        Place(row.role, str(row.person) if named else "", act_for.get(row.person_id), row.begins, row.ends)
        for row in found
    ]
    return sorted(made, key=lambda place: (ROLES.index(place.role) if place.role in ROLES else 9, place.begins))


def of_group(label: str) -> bool:
    """Whether things of a kind belong to a group."""
    try:
        field = apps.get_model(label)._meta.get_field("group")
    except FieldDoesNotExist:
        return False
    return field.related_model is WorkingGroup


def invited(user, group: WorkingGroup) -> list[Guest]:
    """People invited to single things of a group that the reader sees, of whatever kind, for those inside."""
    if not user.has_perm("workinggroups.enter_group", group):
        return []
    found = []
    for kind in declared(Thing):
        if kind.invitable and of_group(kind.label):
            things = {one.pk: one for one in kind.visible(user).filter(group=group)}
            rows = Invitation.objects.filter(thing=kind.label, object_id__in=list(things), revoked_at=None)
            for row in rows.filter(ends__gte=platform_day()).select_related("accepted_by"):
                thing = things[row.object_id]
                name = str(row.accepted_by or row.name or row.email)
                told = (str(kind.title(thing)), kind.address(thing))
                found.append(Guest(name, *told, row.begins, row.ends, row.accepted_at is not None))
    return found


def open_requests(user, group: WorkingGroup) -> QuerySet[JoinRequest]:
    rows = group.join_requests.filter(state="open").select_related("person")
    return rows if user.has_perm("workinggroups.draft_call", group) else rows.filter(person=user.pk)


def may_join(user, group: WorkingGroup) -> bool:
    inside = user.has_perm("workinggroups.enter_group", group)
    asked = group.join_requests.filter(state="open", person=user.pk).exists()
    return not inside and not asked and user.has_perm("workinggroups.join_group", group)


def is_participant(user, group: WorkingGroup) -> bool:
    return held(group).filter(role=JOINED, person=user.pk).exists()
