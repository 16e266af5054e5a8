"""Where courses are prepared, opened and closed, and where their holders see what they brought."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, pgettext
from django.views.decorators.http import require_POST

from platform_core.ground.reports.tables import asked
from platform_core.ground.ui.components.numbers import in_words
from platform_core.ground.ui.problems import show_problem

from ..forms.training import CourseForm
from ..selectors import training as selectors
from ..services import training as services

PER_PAGE = 25
SAID = {
    "open": lambda: _("The course is open: participants join and assess themselves."),
    "after": lambda: _("Participants are asked for the second self-assessment."),
    "closed": lambda: _("The course is closed; its figures stay as they are."),
}


@login_required
@permission_required("pilots.hold_course", raise_exception=True)
def desk(request):
    page = Paginator(selectors.held(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "pilots/training_desk.html", {"page": page})


@login_required
@permission_required("pilots.hold_course", raise_exception=True)
def new(request):
    return course_form(request, CourseForm(request.POST or None, person=request.user))


@login_required
def change(request, pk):
    found = selectors.course_to_hold(request.user, pk)
    return course_form(request, CourseForm(request.POST or None, person=request.user, course=found), found)


def course_form(request, form, found=None):
    if form.is_valid():
        try:
            if found:
                made = services.change(found, by=request.user, **form.typed)
            else:
                made = services.prepare(by=request.user, **form.typed)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The course is kept."))
            return redirect("pilots:course_held", made.pk)
    context = {"form": form, "course": found}
    return render(request, "pilots/course_form.html", context, status=400 if form.errors else 200)


@login_required
def held(request, pk):
    """Who takes part, whether both assessments are in, and, once closed, the figures of all together."""
    found = selectors.course_to_hold(request.user, pk)
    rows = selectors.participants(found)
    if table := asked(request):
        return table(f"course-{found.pk}", head(), (cells(row) for row in rows.iterator()))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "course": found,
        "page": page,
        "head": head(),
        "rows": [cells(row) for row in page],
        "figure_head": [_("Statement"), _("Before"), _("After"), pgettext("a difference", "Change")],
        "numeric": [1, 2, 3],
        "figures": [
            [line.statement, *map(shown, (line.before, line.after, line.change))] for line in selectors.lines(found)
        ],
        "following": services.FORWARD.get(found.state),
    }
    return render(request, "pilots/course_held.html", context)


def shown(value: float) -> str:
    return in_words(round(value, 2))


def head() -> list[str]:
    return [_("Name"), _("Organisation"), _("Policy maker"), _("First self-assessment"), _("Second self-assessment")]


def cells(row) -> list[str]:
    said = _("yes") if selectors.is_policy_maker(row) else _("no")
    told = [str(row.person), str(row.organisation or ""), said]
    return [*told, *(_("given") if day else _("missing") for day in (row.before_on, row.after_on))]


@login_required
@require_POST
def go_on(request, pk, to):
    found = selectors.course_to_hold(request.user, pk)
    try:
        services.go_on(found, to, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, SAID[to]())
    return redirect("pilots:course_held", found.pk)
