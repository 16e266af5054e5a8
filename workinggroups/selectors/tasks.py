from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, Model, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from platform_core.ground.registry.catalogue import find_thing, label_of, thing_kind
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import holders, keys_of, visible
from platform_core.identity.accounts.models import User
from platform_core.people.members.models import Organisation
from platform_core.people.members.selectors import acting_for, people_acting_for

from ..models import Output, PlanPeriod, Task, WorkingGroup
from .groups import ROLES

LABEL = "workinggroups.task"
OPEN = (Task.State.OPEN, Task.State.IN_PROGRESS)
DUE = Case(When(parent=None, then="due_on"), default="parent__due_on")  # a part stands with what it is a part of
SORTS = {
    "due": (
        DUE.asc(nulls_last=True),
        Coalesce("parent", "pk"),
        F("parent").asc(nulls_first=True),
        F("due_on").asc(nulls_last=True),
        "pk",
    ),
    "title": ("title", "pk"),
    "changed": ("-changed_at", "-pk"),
    "owner": ("owner__name", "pk"),
}


@dataclass(frozen=True)
class Origin:
    name: str
    title: str
    address: str
    place: str


def tasks(user) -> QuerySet[Task]:
    """Tasks a person may see, whatever their group and state."""
    return visible(Task.objects.select_related("owner", "organisation", "output"), user)


def task_for(user, pk: int) -> Task:
    return get_object_or_404(with_parts(tasks(user), user).select_related("group__topic", "made_by"), pk=pk)


def born_from(user, thing: Model) -> QuerySet[Task]:
    """The tasks that came out of a thing, such as a meeting, in the order they were made."""
    return tasks(user).filter(origin_thing=label_of(thing), origin_id=thing.pk).order_by("pk")


def of_group(user, group: WorkingGroup) -> QuerySet[Task]:
    return tasks(user).filter(group=group)


def open_of(user, group: WorkingGroup) -> QuerySet[Task]:
    """What a group still has to do, the most urgent first."""
    return of_group(user, group).filter(state__in=OPEN)


def acted_for(user) -> list[int]:
    """The organisations a person acts for today."""
    return [int(key.removeprefix("org:")) for key in keys_of(user) if key.startswith("org:")]


def narrowed(
    rows: QuerySet[Task],
    user,
    *,
    whose: str = "",
    state: str = "",
    output: Output | None = None,
    period: int | None = None,
    words: str = "",
    sort: str = "",
) -> QuerySet[Task]:
    """`state` is a state, `live` for all that is not over, or `late`; `whose` is `mine`, `ours` or `nobody`."""
    if whose == "mine":
        rows = rows.filter(owner=user.pk)
    elif whose == "ours":
        rows = rows.filter(organisation__in=acted_for(user))
    elif whose == "nobody":
        rows = rows.filter(owner=None, organisation=None)
    if state == "late":
        rows = rows.filter(late(platform_day()))
    elif state == "live":
        rows = rows.filter(state__in=OPEN)
    elif state:
        rows = rows.filter(state=state)
    if output:
        rows = rows.filter(output=output)
    if period:
        rows = rows.filter(period=period)
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(text__icontains=words))
    return rows.order_by(*SORTS.get(sort, SORTS["due"]))


def late_of(organisations: Collection[int]) -> list[tuple[int, str, date]]:
    """Tasks that organisations, or the people who act for them, have not done by their day.

    What a task given to a person alone is about stays with her and the group; her colleagues read only that there is one.
    """
    people = people_acting_for(organisations)
    rows = Task.objects.filter(late(platform_day()))
    rows = rows.filter(Q(organisation__in=organisations) | Q(organisation=None, owner__in=people))
    own = _("A task of one person in a working group")
    return [
        (row.organisation_id or people[row.owner_id], row.title if row.organisation_id else own, row.due_on)
        for row in rows
    ]


def late(day: date) -> Q:
    return Q(state__in=OPEN, due_on__lt=day)


def mine(user) -> QuerySet[Task]:
    """The open tasks given to a person, or to an organisation she acts for, in all groups."""
    own = Q(owner=user.pk) | Q(organisation__in=acted_for(user))
    return tasks(user).filter(own, state__in=OPEN).select_related("group__topic")


def with_waits(rows: QuerySet[Task], user) -> QuerySet[Task]:
    """With what each waits for that is still open, as far as the reader sees it: `waiting`; and how far its parts are."""
    rows = with_parts(rows, user)
    open_ones = visible(Task.objects.filter(state__in=OPEN), user)
    return rows.prefetch_related(Prefetch("waits_for", open_ones, to_attr="waiting"))


def waits_of(user, task: Task) -> tuple[list[Task], list[Task]]:
    """What a task waits for, and what waits for it."""
    return list(tasks(user).filter(blocks=task)), list(tasks(user).filter(waits_for=task))


def counts(user, group: WorkingGroup) -> dict[str, int]:
    """How many tasks of a group there are by state, and how many are late."""
    rows = of_group(user, group).order_by().values("state")
    by_state = {
        row["state"]: row for row in rows.annotate(all=Count("pk"), late=Count("pk", filter=late(platform_day())))
    }
    found = {state: by_state[state]["all"] if state in by_state else 0 for state in Task.State.values}
    return found | {"late": sum(row["late"] for row in by_state.values())}


def parts_of(user, task: Task) -> list[Task]:
    """Its parts as far as the reader sees them, the most urgent first."""
    return list(tasks(user).filter(parent=task))


def whole_of(user, task: Task) -> Task | None:
    """What it is a part of, for whoever sees that."""
    return tasks(user).filter(pk=task.parent_id).first() if task.parent_id else None


def people_of(group: WorkingGroup) -> QuerySet[User]:
    """Those who sit in a group today and can be given tasks."""
    held = {pk for role in ROLES for pk in holders(role, group.scope)}
    return User.objects.filter(pk__in=held, is_active=True).order_by("name", "pk")


def organisations_in(group: WorkingGroup) -> QuerySet[Organisation]:
    """The organisations those people act for."""
    act_for = acting_for(list(people_of(group).values_list("pk", flat=True)))
    return Organisation.objects.filter(pk__in=[one.pk for one in act_for.values()]).order_by("sort_name")


def periods(group: WorkingGroup) -> QuerySet[PlanPeriod]:
    return group.periods.all()


def origin_of(user, task: Task) -> Origin | None:
    """What a task was born from, if the reader sees that."""
    kind = thing_kind(task.origin_thing) if task.origin_thing else None
    thing = find_thing(task.origin_thing, task.origin_id) if kind else None
    if kind is None or thing is None or not kind.visible(user).filter(pk=thing.pk).exists():
        return None
    return Origin(str(kind.name), str(kind.title(thing)), kind.address(thing), task.origin_place)


def with_parts(rows: QuerySet[Task], user) -> QuerySet[Task]:
    """How many parts each has that were not dropped, and how many of them are done, as far as the reader sees them."""
    parts = visible(Task.objects.exclude(state=Task.State.DROPPED), user).filter(parent=OuterRef("pk"))
    counted = parts.order_by().values("parent").annotate(number=Count("pk"))
    done = counted.filter(state=Task.State.DONE)
    return rows.annotate(
        parts_number=Coalesce(Subquery(counted.values("number")), 0),
        parts_done=Coalesce(Subquery(done.values("number")), 0),
    )
