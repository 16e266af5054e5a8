from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from .. import selectors, services
from ..forms.notices import NoticeFilter
from ..selectors.threads import found_notices, groups_told, read_threads


@login_required
def notices(request):
    """Bundled by what they are about, or one by one for a single thread."""
    form = NoticeFilter(request.GET, groups=groups_told(request.user))
    asked = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    thread = request.GET.get("thread", "")[:120].replace("\0", "")
    rows = found_notices(request.user, thread=thread, **asked) if thread else selectors.threads(request.user, **asked)
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": list(page) if thread else read_threads(list(page)),
        "thread": thread,
        "form": form,
        "asked": asked,
        "query": urlencode(asked | ({"thread": thread} if thread else {})),
        "unread": selectors.unread_count(request.user),
    }
    return render(request, "messaging/notices.html", context)


@login_required
@require_POST
def read_all(request):
    """All, or those of one thread."""
    services.mark_read(request.user, thread=request.POST.get("thread", ""))
    return redirect("messaging:notices")


@login_required
def open_notice(request, pk):
    """Goes where the notice points; it and the others of its thread are read then."""
    notice = get_object_or_404(selectors.notices_for(request.user), pk=pk)
    services.mark_read(request.user, [notice.pk])
    if notice.thread:
        services.mark_read(request.user, thread=notice.thread)
    return redirect(notice.address)
