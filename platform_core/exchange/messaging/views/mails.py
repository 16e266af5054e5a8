from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import selectors, services

PER_PAGE = 25


def outbox(request):
    page = Paginator(selectors.outbox(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "messaging/outbox.html", {"page": page})


def mail(request, pk):
    return render(request, "messaging/mail.html", {"mail": get_object_or_404(selectors.outbox(request.user), pk=pk)})


@login_required
def undelivered(request):
    """Mails that failed: to whom, why, and when they are tried again. Their texts are not shown."""
    page = Paginator(selectors.undelivered(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "messaging/undelivered.html", {"page": page})


@login_required
@require_POST
def send_again(request, pk):
    services.send_again(selectors.undelivered_for(request.user, pk), by=request.user)
    messages.success(request, _("It is tried again now."))
    return redirect("messaging:undelivered")
