"""Courses for everybody to find, and what a participant does in one."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem

from ..forms.training import AssessForm, CourseFilter, JoinForm
from ..models import Course
from ..selectors import training as selectors
from ..services import training as services

PER_PAGE = 25


def listing(request):
    form = CourseFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(selectors.listed(request.user, **chosen), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "mine": set(selectors.own(request.user).values_list("course", flat=True))
        if request.user.is_authenticated
        else (),
        "query": urlencode({name: value for name, value in chosen.items() if value}),
    }
    return render(request, "pilots/training.html", context)


def course(request, pk):
    found = selectors.course_for(request.user, pk)
    part = selectors.part_of(request.user, found)
    number = found.participants.count()
    context = {
        "course": found,
        "part": part,
        "statements": found.statements.all(),
        "number": number if number >= selectors.THRESHOLD else 0,
        "join": JoinForm() if found.state == Course.State.OPEN and not part else None,
        "lines": selectors.own_lines(part) if part and part.after_on else [],
        "may_assess": part
        and (found.state == "open" or (found.state == "after" and part.before_on and not part.after_on)),
        "may_hold": request.user.is_authenticated and request.user.has_perm("pilots.hold_course", found),
    }
    return render(request, "pilots/course.html", context)


@login_required
@require_POST
def join(request, pk):
    found, form = selectors.course_for(request.user, pk), JoinForm(request.POST)
    form.is_valid()
    return done(request, found, lambda: services.join(found, by=request.user, **form.cleaned_data), _("You take part."))


@login_required
@require_POST
def leave(request, pk):
    found = selectors.course_for(request.user, pk)
    part = own_part(request, found)
    return done(
        request,
        found,
        lambda: services.leave(part, by=request.user),
        _("You take part no longer, and nothing is kept."),
    )


def own_part(request, found: Course):
    part = selectors.part_of(request.user, found)
    if part is None:
        raise Http404
    return part


def done(request, found: Course, deed, words: str):
    try:
        deed()
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, words)
    return redirect(found)


@login_required
def assess(request, pk):
    found = selectors.course_for(request.user, pk)
    part = own_part(request, found)
    is_after = found.state == Course.State.AFTER
    said = selectors.ratings(part)[is_after]
    form = AssessForm(request.POST or None, course=found, said=said)
    if request.method == "POST" and form.is_valid():
        try:
            services.assess(part, form.said, by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("Thank you. Nobody else sees what you say of yourself."))
            return redirect(found)
    context = {"form": form, "course": found, "is_after": is_after}
    return render(request, "pilots/course_assess.html", context, status=400 if form.errors else 200)
