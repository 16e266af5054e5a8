"""The desk's side of participation: who is asked, by which links, and answers that are held."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem
from platform_core.materials.files.serving import serve
from platform_core.materials.jobs import selectors as jobs

from .. import respondents, selectors, services
from ..forms.participation import InviteForm, LinkForm, ReminderForm
from ..selectors import invitations as asked, registration

PER_PAGE = 50


@login_required
def listing(request, code):
    found = selectors.managed_for(request.user, code)
    words, state = request.GET.get("q", "").replace("\0", ""), request.GET.get("state", "")
    rows = asked.invitations(request.user, found, words, state)
    context = {
        "consultation": found,
        "counts": asked.invitation_counts(found),
        "round": asked.next_round(found),
        "hides_use": asked.hides_use(found),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "query": words,
        "state": state,
        "outreach": asked.outreach(found),
        "reminders": found.reminders.all(),
        "reminder_form": ReminderForm(),
        "link_form": LinkForm(organisations=asked.organisations_without_link(request.user, found)),
        "job": jobs.latest("consultations.invite", consultation=found.pk),
    }
    return render(request, "consultations/invitations.html", context)


@login_required
def add(request, code):
    found = selectors.managed_for(request.user, code)
    form = InviteForm(request.POST or None, request.FILES or None, consultation=found)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            new, held = services.invite(
                found, typed["found"], language=typed["language"], audience=typed["audience"], by=request.user
            )
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            told = ngettext("%(n)s address is new.", "%(n)s addresses are new.", new) % {"n": new}
            before = ngettext("%(n)s was there before.", "%(n)s were there before.", held) % {"n": held}
            messages.success(request, f"{told} {before}" if held else told)
            return redirect("consultations:invitations", code=code)
    context = {"consultation": found, "form": form}
    return render(request, "consultations/invite.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def send(request, code):
    found = selectors.managed_for(request.user, code)
    typed = request.POST.get("round", "")
    wanted = int(typed) if typed.isdecimal() and len(typed) < 5 else None
    started = services.send_invitations(found, by=request.user, remind="remind" in request.POST, wanted=wanted)
    if started is None:
        messages.info(request, _("This reminder is on its way already."))
    return redirect("consultations:invitations", code=code)


@login_required
@require_POST
def give_link(request, code):
    found = selectors.managed_for(request.user, code)
    form = LinkForm(request.POST, organisations=asked.organisations_without_link(request.user, found))
    if form.is_valid():
        services.give_link(found, form.cleaned_data["organisation"], goal=form.cleaned_data["goal"], by=request.user)
    else:
        messages.error(request, _("Please choose an organisation and how many answers are wanted."))
    return redirect("consultations:invitations", code=code)


@login_required
@require_POST
def plan_reminder(request, code):
    found = selectors.managed_for(request.user, code)
    form = ReminderForm(request.POST)
    if form.is_valid():
        services.plan_reminder(found, form.cleaned_data["day"], by=request.user)
    else:
        messages.error(request, _("Please write a day, such as 31.12.2026."))
    return redirect("consultations:invitations", code=code)


@login_required
@require_POST
def drop_reminder(request, code, pk):
    found = selectors.managed_for(request.user, code)
    services.drop_reminder(asked.reminder_for(found, pk), by=request.user)
    return redirect("consultations:invitations", code=code)


@login_required
def held(request, code):
    found = selectors.managed_for(request.user, code)
    page = Paginator(registration.held(request.user, found), 20).get_page(request.GET.get("page"))
    context = {"consultation": found, "page": page, "rows": respondents.all_sent(page)}
    return render(request, "consultations/held.html", context | {"aside": registration.count_aside(found)})


@login_required
def held_file(request, code, pk, question):
    found = selectors.managed_for(request.user, code)
    handed = selectors.handed_in(registration.held_one(request.user, found, pk), question)
    return serve(request, handed.file, handed.name)


@login_required
@require_POST
def settle(request, code, pk):
    found = selectors.managed_for(request.user, code)
    response = registration.held_one(request.user, found, pk)
    revision = request.POST.get("revision", "")
    seen = int(revision) if revision.isdecimal() and len(revision) < 6 else 0
    try:
        services.settle(response, counts="count" in request.POST, by=request.user, revision=seen)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("consultations:held", code=code)
