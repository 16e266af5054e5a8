from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render

from platform_core.ground.registry.catalogue import declared, find_things
from platform_core.ground.registry.kinds import Thing
from platform_core.ground.reports.tables import asked
from platform_core.identity.accounts import selectors as accounts
from platform_core.identity.audit import selectors as audit

from .. import selectors

PER_PAGE = 50


@login_required
def log(request):
    """The whole log with filters; names are shown for those who still have an account."""
    chosen = {name: request.GET.get(name, "") for name in ("verb", "thing", "thing_id", "actor")}
    events = selectors.event_log(request.user, **chosen)
    if respond := asked(request):
        return respond("event-log", HEAD, (line(event) for event in events.iterator(chunk_size=2000)))
    context = {
        **told(events, request.GET.get("page")),
        "verbs": sorted(audit.verb_names().items(), key=lambda item: item[1]),
        "things": [(thing.label, thing.name) for thing in declared(Thing)],
        "chosen": chosen,
        "query": urlencode({name: value for name, value in chosen.items() if value}),
    }
    return render(request, "access/log.html", context)


@login_required
def history(request, label, pk):
    """What happened to one thing, for whoever may see it and who else does."""
    kind, thing = selectors.thing_for(request.user, label, pk)
    selectors.require(request.user, "access.read_sight")
    events = audit.history_of(label, thing.pk)
    context = {**told(events, request.GET.get("page")), "kind": kind, "title": kind.title(thing)}
    return render(request, "access/history.html", {**context, "address": kind.address(thing)})


@login_required
def mine(request):
    """What the log holds of the reader's own deeds, and when somebody looked with her eyes."""
    looks = list(request.user.looks.all()[:PER_PAGE])
    watchers = accounts.names_of(look.watcher for look in looks)
    context = {"looks": [(look, watchers.get(look.watcher, "")) for look in looks]}
    told_here = told(audit.log_of(request.user), request.GET.get("page"), request.user)
    return render(request, "access/mine.html", context | told_here)


def told(events, number, reader=None) -> dict:
    """A page of events in words; with a reader, only things that she may see today are named."""
    page = Paginator(events, PER_PAGE).get_page(number)
    names, verbs, things = accounts.names_of(event.actor for event in page), audit.verb_names(), things_of(page, reader)
    rows = [
        (
            event,
            verbs.get(event.verb, event.verb),
            names.get(event.actor, ""),
            things.get((event.thing, event.thing_id)),
        )
        for event in page
    ]
    return {"page": page, "rows": rows}


HEAD = ["sequence", "at", "verb", "actor", "thing", "thing_id", "payload", "digest"]


def line(event) -> list:
    return [
        event.sequence or "",
        event.at.isoformat(),
        event.verb,
        event.actor,
        event.thing,
        event.thing_id,
        "; ".join(f"{key}={value}" for key, value in event.payload.items()),
        event.digest,
    ]


def things_of(events, reader=None) -> dict[tuple[str, str], tuple[str, str, str]]:
    """What events are about, in words: kind, title and address; one query per kind of thing."""
    wanted: dict[str, set[str]] = {}
    for event in events:
        wanted.setdefault(event.thing, set()).add(event.thing_id)
    found = {}
    for kind in declared(Thing):
        things = find_things(kind.label, wanted.get(kind.label, set()))
        if reader is not None and things:
            seen = set(kind.visible(reader).filter(pk__in=things).values_list("pk", flat=True))
            things = {pk: thing for pk, thing in things.items() if pk in seen}
        titles = (
            kind.titles(list(things.values())) if kind.titles else {pk: kind.title(one) for pk, one in things.items()}
        )
        for pk, thing in things.items():
            found[kind.label, str(pk)] = (str(kind.name), str(titles[pk]), kind.address(thing))
    return found
