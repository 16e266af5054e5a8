"""The reflective pattern, read by everybody, and its next version."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require

from ..forms.patterns import PatternForm, PublishForm
from ..models import Pattern
from ..selectors import patterns as selectors
from ..services import patterns as services


@cached_for_guests
def newest(request):
    found = selectors.published()
    if found is None:
        return render(request, "pilots/pattern_none.html")
    return page(request, found)


@cached_for_guests
def pattern(request, pk):
    return page(request, selectors.pattern_for(request.user, pk))


def page(request, found):
    is_signed_in, is_draft = request.user.is_authenticated, found.state == Pattern.State.DRAFT
    older = selectors.before(request.user, found)
    context = {
        "pattern": found,
        "sections": selectors.sections(found),
        "versions": selectors.versions(request.user, found),
        "older": older,
        "changes": selectors.changes(older, found) if older else [],
        "may_write": is_signed_in and request.user.has_perm("pilots.write_pattern"),
        "may_publish": is_signed_in and is_draft and request.user.has_perm("pilots.publish_pattern", found),
        "publish_form": PublishForm(initial={"sha256": selectors.digest(found)}),
        "rounds_run": found.rounds.count(),
    }
    return render(request, "pilots/pattern.html", context)


@login_required
@require_POST
def begin(request):
    try:
        made = services.begin_next(by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("pilots:newest_pattern")
    return redirect("pilots:change_pattern", made.pk)


@login_required
def change(request, pk):
    found = selectors.pattern_for(request.user, pk)
    require(request.user, "pilots.write_pattern")
    form = PatternForm(request.POST or None, pattern=found)
    if form.is_valid():
        try:
            services.change(found, by=request.user, **form.typed)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("It is kept."))
            return redirect(found)
    context = {"form": form, "pattern": found}
    return render(request, "pilots/pattern_form.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def publish(request, pk):
    found = selectors.pattern_for(request.user, pk)
    form = PublishForm(request.POST)
    try:
        services.publish(found, form.data.get("sha256", ""), by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("It is published. Rounds are run from it from now on."))
    return redirect(found)
