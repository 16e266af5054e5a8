"""How a pilot action is evaluated: by its lead, by others, and what is learned from it."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.exchange.assessment import selectors as assessment
from platform_core.exchange.assessment.forms import AppointForm
from platform_core.identity.access.selectors import require

from ..forms.evaluations import LessonForm, OwnForm
from ..selectors import evaluations as selectors
from ..selectors.pilots import EVALUATION, workspace_for
from ..services import evaluations as services
from .filling import clicked, filled
from .proposals import appointed
from .workspace import at, row_form


@login_required
def beside(request, pk):
    """The lead's own view beside that of the evaluators, criterion by criterion."""
    pilot = workspace_for(request.user, pk)
    evaluation = selectors.evaluation_of(pilot)
    may_read = evaluation and request.user.has_perm("assessment.view_assessment", evaluation)
    context = {
        "pilot": pilot,
        "beside": selectors.beside(request.user, pilot),
        "evaluation": evaluation if may_read else None,
        "trail": at(pilot),
    }
    return render(request, "pilots/beside.html", context)


@login_required
def assess_own(request, pk):
    pilot = workspace_for(request.user, pk)
    require(request.user, "pilots.assess_own", pilot)
    form = OwnForm(request.POST or None, pilot=pilot)

    def done():
        services.assess_own(pilot, form.answers(), by=request.user)
        return pilot.desk_address

    return filled(
        request,
        form,
        done,
        told=_("Kept. It is shown beside what the evaluators find."),
        template="pilots/own.html",
        title=_("Your own assessment of the pilot action"),
        parts=form.parts(),
        trail=at(pilot),
        back=pilot.desk_address,
    )


@login_required
def call_evaluators(request, pk):
    pilot = workspace_for(request.user, pk)
    require(request.user, "pilots.call_evaluators", pilot)
    people = assessment.eligible(assessment.kind_named(EVALUATION), pilot, besides=request.user.pk)
    form = AppointForm(request.POST or None, people=people)
    return filled(
        request,
        form,
        lambda: appointed(services.call_evaluators, pilot, form, request.user),
        told=_("The evaluators are asked."),
        title=_("Ask who evaluates the pilot action"),
        action=_("Ask the evaluators"),
        trail=at(pilot),
        back=pilot.desk_address,
    )


@login_required
def add_lesson(request, pk):
    return lesson_form(request, workspace_for(request.user, pk))


@login_required
def change_lesson(request, pk):
    found = selectors.lesson_for(request.user, pk)
    return lesson_form(request, found.pilot, found)


def lesson_form(request, pilot, lesson=None):
    form = LessonForm(request.POST or None, thing=lesson)
    return row_form(
        request,
        pilot,
        form,
        lambda: services.write_lesson(
            pilot, by=request.user, lesson=lesson, key=form.cleaned_data["key"], **form.typed
        ),
        right="pilots.write_lesson",
        title=_("What was learned"),
        told=_("The lesson is kept. One click takes it into the repository as a draft."),
    )


@login_required
@require_POST
def file_lesson(request, pk):
    found = selectors.lesson_for(request.user, pk)
    return clicked(
        request,
        lambda: services.file_lesson(found, by=request.user),
        told=_("The lesson is a draft in the repository. Complete it there; who leads the group publishes it."),
        back=found.pilot.desk_address,
    )
