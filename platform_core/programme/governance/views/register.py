from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from platform_core.ground.reports.tables import asked
from platform_core.ground.ui.guest_cache import cached_for_guests

from .. import selectors
from ..forms import RegisterFilter
from ..models import Decision


@cached_for_guests
def register(request):
    """What was decided: number, text, day and result, for everyone."""
    form = RegisterFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = selectors.register(request.user, **chosen)
    if respond := asked(request):
        head = [_("Number"), _("Committee"), _("Title"), _("text of the decision"), _("Day"), _("Result")]
        return respond("decisions", head, map(line, rows))
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    query = urlencode({name: value for name, value in chosen.items() if value})
    return render(request, "governance/register.html", {"page": page, "form": form, "query": query})


def line(found: Decision) -> list[str]:
    day = found.closed_at.astimezone(found.body.zone).date().isoformat()
    result = _("Passed") if found.result["passed"] else _("Not passed")
    return [found.number, str(found.body), str(found.title), str(found.text), day, result]


@login_required
def running(request):
    """What is prepared, discussed and voted on."""
    page = Paginator(selectors.running(request.user), 25).get_page(request.GET.get("page"))
    rows = [(one, bool(selectors.votes_for(request.user, one))) for one in page]
    context = {"page": page, "rows": rows, "may_propose": bool(selectors.open_to_proposals(request.user))}
    return render(request, "governance/running.html", context)


@cached_for_guests
def committees(request):
    """Who sits where, and since when."""
    rows = [(body, selectors.members_of(request.user, body)) for body in selectors.committees()]
    return render(request, "governance/committees.html", {"rows": rows})
