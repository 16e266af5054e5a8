from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Model, Q, QuerySet, prefetch_related_objects
from django.shortcuts import get_object_or_404

from platform_core.ground.registry.catalogue import declared, find_thing, find_things, label_of
from platform_core.ground.registry.kinds import CaseAnswer, CaseKind
from platform_core.ground.registry.kinds.exchange import MOST
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import keys_of, require, visible
from platform_core.identity.access.sight import people_of
from platform_core.people.members.selectors import people_acting_for

from .models import Case

OPEN = (Case.State.OPEN, Case.State.ASKED_BACK)
DAY_SECONDS = 86_400


@dataclass(frozen=True)
class Figure:
    kind: str
    organisation: str
    number: int
    median_days: float
    in_time: int


def kind_of(case: Case) -> CaseKind:
    return next(kind for kind in declared(CaseKind) if kind.code == case.kind)


def kind_choices() -> list[tuple[str, str]]:
    return [(kind.code, str(kind.name)) for kind in declared(CaseKind)]


def subject(case: Case) -> Model | None:
    return find_thing(case.thing, case.object_id)


def titles(cases: list[Case]) -> dict[int, str]:
    """What each case is about, in words; as many queries for one case of a kind as for many."""
    found = {}
    for kind in declared(CaseKind):
        own = [case for case in cases if case.kind == kind.code]
        things = find_things(own[0].thing, [case.object_id for case in own]) if own else {}
        prefetch_related_objects(list(things.values()), *kind.needs)
        for case in own:
            thing = things.get(case.object_id)
            found[case.pk] = str(kind.title(thing)) if thing else str(kind.name)
    return found


def cases(user, *, kind: str = "", state: str = "open", mine: str = "") -> QuerySet[Case]:
    """Cases a person may see, the most urgent first; `mine` is `answer`, `asked` or empty for both."""
    rows = visible(Case.objects.select_related("opener", "organisation", "assignee"), user)
    if mine == "answer":
        rows = rows.filter(Q(handler__in=keys_of(user)) | Q(assignee=user.pk))
    elif mine == "asked":
        rows = rows.filter(Q(opener=user.pk) | Q(organisation__in=own_organisations(user)))
    if kind:
        rows = rows.filter(kind=kind)
    if state == "open":
        return rows.filter(state__in=OPEN).order_by("due_on", "pk")
    if state == "overdue":
        return rows.filter(state=Case.State.OPEN, due_on__lt=platform_day()).order_by("due_on", "pk")
    if state == "closed":
        rows = rows.exclude(state__in=OPEN)
    return rows.order_by("-opened_at", "-pk")


def overdue_of(organisations: Collection[int]) -> list[tuple[int, str, date]]:
    """Cases organisations or their people are late with, by what kind they are: whom they are about is not told."""
    people = people_acting_for(organisations)
    owners = {f"{word}:{pk}": pk for pk in organisations for word in ("org", "admin")}
    owners |= {f"person:{person}": organisation for person, organisation in people.items()}
    kinds = {kind.code: str(kind.name) for kind in declared(CaseKind) if kind.tells_overdue}
    rows = Case.objects.filter(state=Case.State.OPEN, due_on__lt=platform_day(), kind__in=kinds)
    rows = rows.filter(Q(handler__in=owners) | Q(assignee__in=people)).order_by("due_on", "pk")
    return [(people.get(row.assignee_id) or owners[row.handler], kinds[row.kind], row.due_on) for row in rows]


def own_organisations(user) -> list[int]:
    return [int(key.removeprefix("org:")) for key in keys_of(user) if key.startswith("org:")]


def waiting_for(user) -> int:
    """How many open cases wait for a person's answer."""
    return cases(user, mine="answer").filter(state=Case.State.OPEN).count()


def case_for(user, pk: int) -> Case:
    return get_object_or_404(cases(user, state=""), pk=pk)


def answers_for(user, case: Case) -> list[CaseAnswer]:
    """The answers a person may give now."""
    if not user.has_perm("cases.handle_case", case) or case.opener_id == user.pk:
        return []  # nobody answers what she asked herself
    thing = subject(case)
    return [one for one in kind_of(case).answers if not one.right or user.has_perm(one.right, thing)]


def answer_named(user, case: Case, code: str) -> CaseAnswer | None:
    return next((one for one in answers_for(user, case) if one.code == code), None)


def outcome(case: Case) -> str:
    return next((str(one.outcome) for one in kind_of(case).answers if one.code == case.answer), "")


def handlers(case: Case) -> list[int]:
    """Primary keys of those who can answer a case today."""
    return sorted({pk for pk in people_of(case.handler, platform_day()) if pk})


def case_about(user, thing: str, pk: int) -> Case | None:
    return cases(user, state="").filter(thing=thing, object_id=pk).first()


def open_about(thing: Model) -> QuerySet[Case]:
    """Cases about a thing that are not closed yet, whoever asks."""
    return Case.objects.filter(thing=label_of(thing), object_id=thing.pk, state__in=OPEN)


def was_asked(thing: Model) -> bool:
    """Whether anything was ever asked about a thing, answered or not."""
    return Case.objects.filter(thing=label_of(thing), object_id=thing.pk).exists()


def due(today: date) -> tuple[list[Case], QuerySet[Case]]:
    """Open cases to be reminded of, and those to be escalated."""
    rows = Case.objects.filter(state=Case.State.OPEN)
    coming = rows.filter(reminded=False, due_on__gte=today, due_on__lte=today + timedelta(days=MOST))
    soon = [case for case in coming if case.due_on - timedelta(days=case.remind_days) <= today]
    return soon, rows.filter(escalated=False, due_on__lt=today)


def turn_round(user, *, handler: str = "") -> list[Figure]:
    """How fast each organisation answers each kind of case: median days, and how many of them in time.

    Of all cases, or of those that one audience key answers.
    """
    require(user, "cases.view_figures")
    groups: dict[tuple[str, str], list[Case]] = {}
    rows = Case.objects.filter(state=Case.State.ANSWERED, **({"handler": handler} if handler else {}))
    for case in rows.select_related("answered_for"):
        groups.setdefault((case.kind, str(case.answered_for or "")), []).append(case)
    names = dict(kind_choices())
    return [
        Figure(names.get(kind, kind), organisation, len(own), median(map(days_of, own)), sum(map(in_time, own)))
        for (kind, organisation), own in sorted(groups.items())
    ]


def days_of(case: Case) -> float:
    spent = case.turn_round
    return spent.total_seconds() / DAY_SECONDS if spent else 0


def in_time(case: Case) -> bool:
    return platform_day(case.answered_at) <= case.due_on
