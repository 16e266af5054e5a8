from dataclasses import dataclass

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from platform_core.ground.texts.codes import SOURCE, active_code
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.models import RoleAssignment
from platform_core.identity.access.selectors import keys_of, visible
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import acting_for

from ..models import WorkingGroup

ROLES = ("wg_leader", "wg_representative", "wg_expert")


@dataclass(frozen=True)
class Seat:
    role: str
    person: str
    organisation: Organisation | None


def groups(user) -> QuerySet[WorkingGroup]:
    return visible(WorkingGroup.objects.select_related("topic"), user)


def scopes() -> dict[str, str]:
    """The scopes that roles in groups are given within, in words."""
    name = gettext("Working group %(number)s")
    return {
        f"group:{topic.number}": f"{name % {'number': topic.number}}, {topic.short}" for topic in vocabulary.topics()
    }


def own_groups(user) -> list[WorkingGroup]:
    """The groups a person sits in."""
    mine = [key.partition(":")[2] for key in keys_of(user) if key.startswith("group:")]
    return list(groups(user).filter(pk__in=mine)) if mine else []


def group_for(user, number: int) -> WorkingGroup:
    return get_object_or_404(groups(user), topic__number=number)


def group_of_topic(user, number: int) -> WorkingGroup | None:
    return groups(user).filter(pk=number).first()


def seats(user, group: WorkingGroup) -> list[Seat]:
    """Who sits in a group today; names only for those who may see contacts, organisations for everyone."""
    held = RoleAssignment.objects.on(platform_day()).filter(scope=group.scope, role__in=ROLES)
    named = user.has_perm("members.view_contacts")
    rows = sorted(held.select_related("person"), key=lambda seat: (ROLES.index(seat.role), seat.pk))
    act_for = acting_for([seat.person_id for seat in rows])
    return [Seat(seat.role, str(seat.person) if named else "", act_for.get(seat.person_id)) for seat in rows]


def points(texts: dict[str, list[str]]) -> tuple[list[str], str]:
    """A list of points in the active language, else in English, with the code of the language it came in."""
    code = active_code()
    return (texts[code], code) if texts.get(code) else (texts.get(SOURCE, []), SOURCE)
