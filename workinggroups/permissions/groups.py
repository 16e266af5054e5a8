from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Right
from platform_core.identity.access.keys import MEMBERS

from ..models import WorkingGroup

LEADERS = ("role:wg_leader@", "role:lead_partner")
SEATED = (*LEADERS, "role:wg_representative@")
GROUP = (*SEATED, "role:wg_expert@")
JOINED = "wg_participant"


def scope(thing) -> str:
    return thing.scope


def group_of(thing):
    return getattr(thing, "group", thing)


def writing(thing) -> set[str]:
    """Those who have joined, where taking part means writing."""
    return joined(thing, "write")


def commenting(thing) -> set[str]:
    return joined(thing, "comment", "write")


def joined(thing, *levels: str) -> set[str]:
    group = group_of(thing)
    return {f"role:{JOINED}@{group.scope}"} if group.participation in levels else set()


def in_forum(scope: str, joined_keys: Callable[[Any], set[str]]) -> set[str]:
    """Whoever sits in the group a forum belongs to, and those who have joined as far as `joined_keys` lets them."""
    seated = {f"{role}{scope}" for role in GROUP if role.endswith("@")}
    number = scope.partition(":")[2]
    group = WorkingGroup.objects.filter(pk=number).first() if number.isdecimal() else None
    return seated | (joined_keys(group) if group else set())


def joining(group) -> set[str]:
    return set() if group.joining == "appointment" else {MEMBERS}


GROUPS = [
    Right(code="workinggroups.view_group", name=_("See a working group"), who=("audience",)),
    Right(
        code="workinggroups.enter_group",
        name=_("Enter the workspace of a working group"),
        who=(*GROUP, f"role:{JOINED}@"),
        scope=scope,
    ),
    Right(
        code="workinggroups.join_group",
        name=_("Take part in a working group, or ask for it"),
        who=("named",),
        named=joining,
    ),
    Right(
        code="workinggroups.set_up_group",
        name=_("Say who finds a working group, who joins it and what joining means"),
        who=LEADERS,
        scope=scope,
        decides=True,
    ),
]
