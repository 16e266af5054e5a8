from django.shortcuts import render
from django.utils.translation import gettext as _

from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.panels import panels_for
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.programme.governance import selectors as governance

from .. import composition, selectors

BALLOTS = 5


@cached_for_guests
def group(request, number):
    found = selectors.group_for(request.user, number)
    seats = [
        (vocabulary.term_name("role", seat.role), seat.person, seat.organisation)
        for seat in selectors.seats(request.user, found)
    ]
    blocks = [(_("What holds the regions back"), found.weaknesses), (_("Where the potential lies"), found.potentials)]
    context = {
        "group": found,
        "seats": seats,
        "may_enter": request.user.has_perm("workinggroups.enter_group", found),
        "lacking": composition.lacking(request.user, found),
        "blocks": [(title, *selectors.points(texts)) for title, texts in blocks],
        "ballots": ballots(request.user, found),
        "main": panels_for("group.main", request, topic=found.topic),
        "aside": panels_for("topic.aside", request, topic=found.topic),
    }
    return render(request, "workinggroups/group.html", context)


def ballots(user, found) -> dict | None:
    """What the group prepares, discusses and votes on, for those who see it, and whether the reader may begin more."""
    body = governance.body_of(found.scope)
    if body is None or not user.is_authenticated:
        return {"body": body, "rows": [], "may_propose": False} if body else None
    rows = list(governance.running(user, body=body.pk)[:BALLOTS])
    return {"body": body, "rows": rows, "may_propose": user.has_perm("governance.propose", body)}
