from collections import defaultdict

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from platform_core.ground.registry.catalogue import thing_kind
from platform_core.identity.access.selectors import require

from ..models import MadeFile
from . import meetings, minutes, wiki
from .groups import group_for


def demand_subject(made: MadeFile) -> None:
    """What it is made from is open to its person; Http404 or PermissionDenied where it is not."""
    if made.meeting is not None:
        meeting = meetings.meeting_for(made.person, made.meeting_id)
        if made.kind == MadeFile.Kind.MINUTES and not minutes.may_read(made.person, meeting):
            raise PermissionDenied
    elif made.page is not None:
        wiki.page_for(made.person, made.page_id)
    elif made.kind == MadeFile.Kind.WIKI:
        group_for(made.person, made.group_id)
    else:
        require(made.person, "workinggroups.enter_group", made.group)


def is_open(made: MadeFile) -> bool:
    """Whether its person still sees what it is made from and all that is in it; asked again whenever it is fetched."""
    try:
        demand_subject(made)
    except (Http404, PermissionDenied):
        return False
    inside = defaultdict(list)
    for thing, pk in made.things.values_list("thing", "object_id"):
        inside[thing].append(pk)
    return all(seen(made.person, thing, pks) for thing, pks in inside.items())


def seen(person, thing: str, pks: list[int]) -> bool:
    kind = thing_kind(thing)
    return kind is not None and kind.visible(person).filter(pk__in=pks).count() == len(pks)


def made_files(user) -> QuerySet[MadeFile]:
    """Hers alone, the newest first."""
    return MadeFile.objects.filter(person=user).select_related("group__topic", "folder", "page", "meeting", "person")


def made_for(user, pk: int) -> MadeFile:
    return get_object_or_404(made_files(user), pk=pk)
