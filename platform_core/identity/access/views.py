from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import render

from platform_core.ground.registry.catalogue import declared, find_things
from platform_core.ground.registry.kinds import Thing
from platform_core.identity.accounts import selectors as accounts
from platform_core.identity.audit import selectors as audit

from . import selectors
from .keys import key_words


@login_required
def log(request):
    """The event log with filters; names are shown for those who still have an account."""
    chosen = {name: request.GET.get(name, "") for name in ("verb", "thing", "actor")}
    page = Paginator(selectors.event_log(request.user, **chosen), 50).get_page(request.GET.get("page"))
    names, verbs = accounts.names_of(event.actor for event in page), audit.verb_names()
    things = things_of(page)
    rows = [
        (
            event,
            verbs.get(event.verb, event.verb),
            names.get(event.actor, ""),
            things.get((event.thing, event.thing_id)),
        )
        for event in page
    ]
    context = {
        "page": page,
        "rows": rows,
        "verbs": sorted(verbs.items(), key=lambda item: item[1]),
        "things": [(thing.label, thing.name) for thing in declared(Thing)],
        "chosen": chosen,
        "query": urlencode({name: value for name, value in chosen.items() if value}),
    }
    return render(request, "access/log.html", context)


def things_of(events) -> dict[tuple[str, str], tuple[str, str, str]]:
    """What events are about, in words: kind, title and address; one query per kind of thing."""
    wanted: dict[str, set[str]] = {}
    for event in events:
        wanted.setdefault(event.thing, set()).add(event.thing_id)
    found = {}
    for kind in declared(Thing):
        for pk, thing in find_things(kind.label, wanted.get(kind.label, set())).items():
            found[kind.label, str(pk)] = (str(kind.name), str(kind.title(thing)), kind.address(thing))
    return found


@login_required
@permission_required("access.read_rights", raise_exception=True)
def rights(request):
    tables = [
        (app, [(right.name, [key_words(who) for who in right.who], right.decides, right.states) for right in rights])
        for app, rights in selectors.rights_table()
    ]
    return render(request, "access/rights.html", {"tables": tables})
