"""Where leaders, editors and the lead partner look after the helpdesk. Giving on and answering are done in cases."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.exchange.cases.selectors import case_about
from platform_core.ground.reports.tables import asked
from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require

from ..forms.helpdesk import DeskFilter, PublishForm
from ..selectors import helpdesk as selectors
from ..services import helpdesk as services

PER_PAGE = 25


@login_required
@permission_required("pilots.view_helpdesk", raise_exception=True)
def desk(request):
    form = DeskFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = selectors.desk(request.user, **chosen)
    if table := asked(request):
        return table("helpdesk", head(), (cells(row) for row in rows.iterator()))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "head": head(),
        "query": urlencode({name: value for name, value in chosen.items() if value}),
    }
    return render(request, "pilots/helpdesk_desk.html", context)


def head() -> list:
    return [_("Number"), _("Topic"), _("State"), _("Asked on"), _("Answer by"), _("May be published"), _("Rating")]


def cells(row) -> list:
    asker = getattr(row, "asker", None)
    told = [row.pk, str(row.topic.short) if row.topic else "", row.get_state_display(), row.asked_at.date().isoformat()]
    rating = (asker.rating or "") if asker else ""
    return [*told, row.due_on.isoformat() if row.due_on else "", _("yes") if row.agrees else _("no"), rating]


@login_required
def case(request, pk):
    """The case in which a question is given on or answered."""
    found = selectors.question_for(request.user, pk)
    return redirect(case_about(request.user, selectors.LABEL, found.pk) or found)


@login_required
def publish(request, pk):
    found = selectors.question_for(request.user, pk)
    require(request.user, "pilots.publish_question", found)
    form = PublishForm(request.POST or None, question=found)
    if form.is_valid():
        try:
            services.publish(found, by=request.user, **form.typed)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("Question and answer are published."))
            return redirect(found)
    context = {"form": form, "question": found}
    return render(request, "pilots/helpdesk_publish.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def take_down(request, pk):
    found = selectors.question_for(request.user, pk)
    try:
        services.take_down(found, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("The question is published no longer."))
    return redirect(found if request.user.has_perm("pilots.view_question", found) else "pilots:helpdesk_desk")
