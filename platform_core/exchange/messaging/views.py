from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from . import selectors, services


@login_required
def notices(request):
    page = Paginator(selectors.notices_for(request.user), 25).get_page(request.GET.get("page"))
    return render(request, "messaging/notices.html", {"page": page, "unread": selectors.unread_count(request.user)})


@login_required
@require_POST
def read_all(request):
    services.mark_read(request.user)
    return redirect("messaging:notices")


@login_required
def open_notice(request, pk):
    """Goes where the notice points and marks it as read."""
    notice = get_object_or_404(selectors.notices_for(request.user), pk=pk)
    services.mark_read(request.user, [notice.pk])
    return redirect(notice.address)


def outbox(request):
    page = Paginator(selectors.outbox(request.user), 25).get_page(request.GET.get("page"))
    return render(request, "messaging/outbox.html", {"page": page})


def mail(request, pk):
    return render(request, "messaging/mail.html", {"mail": get_object_or_404(selectors.outbox(request.user), pk=pk)})
