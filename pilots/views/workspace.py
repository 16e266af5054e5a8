"""Where those work on pilot actions who carry them out, and those who look after them."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.identity.access.selectors import require
from platform_core.materials.trails import selectors as trails
from workinggroups.selectors.groups import groups

from ..forms.pilots import ChangeForm, IndicatorForm, MilestoneForm, ReachedForm, RiskForm, WorkshopForm
from ..selectors import evaluations, pilots as selectors, proposals, reports, schemes, subjects
from ..selectors.schemes import band_words
from ..services import pilot_changes, pilots as services
from .filling import clicked, filled
from .pilots import PER_PAGE, region_name

RIGHTS = (
    "set_up_pilot",
    "keep_pilot",
    "begin_pilot",
    "finish_pilot",
    "ask_change",
    "hold_workshop",
    "begin_report",
    "assess_own",
    "call_evaluators",
    "write_lesson",
)


@login_required
def desk(request):
    """One's own pilots and proposals, the guidelines being written, and the reports that wait to be reviewed."""
    user = request.user
    context = {
        "page": Paginator(selectors.own(user), PER_PAGE).get_page(request.GET.get("page")),
        "proposals": proposals.under_way(user)[:PER_PAGE],
        "drafts": schemes.schemes(user).filter(state="draft")[:PER_PAGE],
        "waiting": [one for one in reports.waiting(user)[:PER_PAGE] if user.has_perm("pilots.review_report", one)],
        "calls": schemes.open_calls(user)[:PER_PAGE] if user.has_perm("pilots.propose") else [],
        "groups": [group for group in groups(user) if user.has_perm("pilots.write_scheme", group)],
    }
    return render(request, "pilots/desk.html", context)


@login_required
def workspace(request, pk):
    pilot = selectors.workspace_for(request.user, pk)
    context = {
        "pilot": pilot,
        "region": region_name(pilot),
        "subject": subjects.subject(pilot.subject),
        "band": band_words(pilot.scheme.limits, pilot.band),
        "milestones": [(row, selectors.is_late(row)) for row in pilot.milestones.all()],
        "lines": selectors.lines(pilot),
        "risks": pilot.risks.select_related("owner"),
        "schedule": reports.schedule(request.user, pilot),
        "changes": selectors.changes_seen(request.user).filter(pilot=pilot),
        "lessons": evaluations.lessons_of(pilot),
        "evaluation": evaluations.evaluation_of(pilot),
        "unreported": [one.number for one in reports.unreported(pilot)] if pilot.state == "finished" else [],
        "lacking": selectors.hindrances(pilot) if pilot.state == "prepared" else [],
        "relations": trails.around(request.user, pilot),
        "may": {name: request.user.has_perm(f"pilots.{name}", pilot) for name in RIGHTS},
    }
    return render(request, "pilots/workspace.html", context)


def at(pilot) -> list[tuple[str, str]]:
    return [(_("Pilot actions at your desk"), reverse("pilots:desk")), (str(pilot.title), pilot.desk_address)]


def row_form(request, pilot, form, deed, *, right, title, told):
    """A form about something of a pilot; who lacks the right meets no form."""
    require(request.user, right, pilot)

    def done():
        deed()
        return pilot.desk_address

    words = {"title": title, "action": _("Keep"), "trail": at(pilot), "back": pilot.desk_address}
    return filled(request, form, done, told=told, **words)


@login_required
def add_milestone(request, pk):
    return milestone_form(request, selectors.workspace_for(request.user, pk))


@login_required
def change_milestone(request, pk):
    found = selectors.milestone_for(request.user, pk)
    return milestone_form(request, found.pilot, found)


def milestone_form(request, pilot, milestone=None):
    form = MilestoneForm(request.POST or None, thing=milestone)
    return row_form(
        request,
        pilot,
        form,
        lambda: services.set_milestone(
            pilot, by=request.user, milestone=milestone, key=form.cleaned_data["key"], **form.typed
        ),
        right="pilots.set_up_pilot",
        title=_("A milestone"),
        told=_("The milestone is kept."),
    )


@login_required
def add_indicator(request, pk):
    return indicator_form(request, selectors.workspace_for(request.user, pk))


@login_required
def change_indicator(request, pk):
    found = selectors.indicator_for(request.user, pk)
    return indicator_form(request, found.pilot, found)


def indicator_form(request, pilot, indicator=None):
    form = IndicatorForm(request.POST or None, thing=indicator)
    return row_form(
        request,
        pilot,
        form,
        lambda: services.set_indicator(
            pilot, by=request.user, indicator=indicator, key=form.cleaned_data["key"], **form.typed
        ),
        right="pilots.set_up_pilot",
        title=_("An indicator"),
        told=_("The indicator is kept."),
    )


@login_required
@require_POST
def remove_milestone(request, pk):
    return removed(request, selectors.milestone_for(request.user, pk), _("The milestone is removed."))


@login_required
@require_POST
def remove_indicator(request, pk):
    return removed(request, selectors.indicator_for(request.user, pk), _("The indicator is removed."))


def removed(request, row, told):
    back = row.pilot.desk_address
    return clicked(request, lambda: services.remove(row, by=request.user) and back, told=told, back=back)


@login_required
def add_risk(request, pk):
    return risk_form(request, selectors.workspace_for(request.user, pk))


@login_required
def change_risk(request, pk):
    found = selectors.risk_for(request.user, pk)
    return risk_form(request, found.pilot, found)


def risk_form(request, pilot, risk=None):
    form = RiskForm(request.POST or None, pilot=pilot, thing=risk)
    return row_form(
        request,
        pilot,
        form,
        lambda: services.name_risk(pilot, by=request.user, risk=risk, key=form.cleaned_data["key"], **form.typed),
        right="pilots.keep_pilot",
        title=_("A risk"),
        told=_("The risk is kept."),
    )


@login_required
def reach(request, pk):
    milestone = selectors.milestone_for(request.user, pk)
    form = ReachedForm(request.POST or None)
    return row_form(
        request,
        milestone.pilot,
        form,
        lambda: services.reach(milestone, form.cleaned_data["done_on"], by=request.user),
        right="pilots.keep_pilot",
        title=_("The milestone is reached"),
        told=_("Kept: the milestone is reached."),
    )


@login_required
def ask_change(request, pk):
    pilot = selectors.workspace_for(request.user, pk)
    form = ChangeForm(request.POST or None, pilot=pilot, person=request.user)
    return row_form(
        request,
        pilot,
        form,
        lambda: pilot_changes.ask(pilot, by=request.user, key=form.cleaned_data["key"], **form.typed),
        right="pilots.ask_change",
        title=_("Ask for a change"),
        told=_("The lead partner is asked. Nothing changes until it answers."),
    )


@login_required
def hold_workshop(request, pk):
    pilot = selectors.workspace_for(request.user, pk)
    form = WorkshopForm(request.POST or None, person=request.user)
    return row_form(
        request,
        pilot,
        form,
        lambda: services.hold_workshop(pilot, by=request.user, key=form.cleaned_data["key"], **form.typed),
        right="pilots.hold_workshop",
        title=_("The final workshop"),
        told=_("The workshop is proposed for the calendar and linked to the pilot action."),
    )


@login_required
@require_POST
def begin(request, pk):
    pilot = selectors.workspace_for(request.user, pk)
    told = _("The pilot action has begun, and everybody can read it.")
    return one_click(request, pilot, services.begin, told)


@login_required
@require_POST
def finish(request, pk):
    pilot = selectors.workspace_for(request.user, pk)
    return one_click(request, pilot, services.finish, _("The pilot action is finished. Assess it before others do."))


def one_click(request, pilot, deed, told):
    def done():
        deed(pilot, by=request.user)
        return pilot.desk_address

    return clicked(request, done, told=told, back=pilot.desk_address)
