from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from platform_core.ground.reports.tables import asked

from .. import reading_lists as shelves, selectors
from ..exports import citation


@login_required
def lists(request):
    return render(request, "repository/reading.html", {"lists": shelves.counted(request.user)})


@login_required
@require_POST
def put(request, code):
    """Onto the list named, onto a new one, or onto the first when nothing is said."""
    record = selectors.record_for(request.user, code)
    name, chosen = request.POST.get("name", "").strip()[:120], request.POST.get("list", "")
    known = chosen.isdecimal() and len(chosen) < 19
    try:
        held = shelves.put(record, by=request.user, name=name, pk=int(chosen) if known and not name else None)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        messages.success(request, _("It is on your reading list “%(name)s”.") % {"name": held.name})
    return redirect(record)


@login_required
def one(request, pk):
    held = shelves.reading_list(request.user, pk)
    return shown(request, held, {"is_own": True, "shared": shelves.links(held).count()})


@never_cache
def shared(request, secret):
    """What the reader may see of somebody's list; the owner is not named."""
    return shown(request, shelves.shared_list(secret), {"is_own": False})


def shown(request, held, context):
    items = shelves.items(held, request.user)
    if table := asked(request):
        head = [_("Title"), _("Creators"), _("Year"), _("Licence"), _("Address")]
        return table("reading-list", head, [row_of(request, item.record) for item in items])
    style = next((name for name in citation.MANY if name in request.GET), "")
    if style:
        return cited(request, [item.record for item in items], style)
    if secret := context.pop("secret", ""):
        context["address"] = request.build_absolute_uri(reverse("repository:shared_list", args=[secret]))
    rows = [(item, selectors.kind_name(item.record)) for item in items]
    return render(request, "repository/reading_list.html", {"held": held, "rows": rows, **context})


def row_of(request, record) -> list:
    address = request.build_absolute_uri(record.get_absolute_url())
    return [str(record.title), "; ".join(record.creators), record.year, record.licence, address]


def cited(request, records, style) -> HttpResponse:
    if style not in citation.MANY:
        raise Http404
    write, kind = citation.MANY[style]
    pairs = [(record, request.build_absolute_uri(record.get_absolute_url())) for record in records]
    response = HttpResponse(write(pairs), content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"reading-list.{style}")
    return response


@login_required
@never_cache
@require_POST
def share(request, pk):
    """The address is shown in this answer and stored nowhere; only its hash is kept."""
    held = shelves.reading_list(request.user, pk)
    secret = shelves.share(held)
    return shown(request, held, {"is_own": True, "shared": shelves.links(held).count(), "secret": secret})


@login_required
@require_POST
def end_sharing(request, pk):
    shelves.end_sharing(shelves.reading_list(request.user, pk))
    messages.success(request, _("The links to this list no longer work."))
    return redirect("repository:reading_list", pk)


@login_required
@require_POST
def take_off(request, pk, item):
    shelves.take_off(shelves.reading_list(request.user, pk), item)
    return redirect("repository:reading_list", pk)


@login_required
def drop(request, pk):
    held = shelves.reading_list(request.user, pk)
    if request.method == "POST":
        shelves.drop(held)
        messages.success(request, _("The reading list is gone."))
        return redirect("repository:reading")
    return render(request, "repository/reading_drop.html", {"held": held})
