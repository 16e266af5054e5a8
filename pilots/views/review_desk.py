"""Where a peer review is applied for, staffed, planned, written and followed up."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.exchange.cases.selectors import was_asked
from platform_core.ground.texts.codes import active_code
from platform_core.ground.ui.forms import ReasonForm
from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require
from platform_core.identity.accounts.models import User
from platform_core.people.members.selectors import own_organisations

from ..forms.reviews import (
    ApplyForm,
    FindingForm,
    FollowUpForm,
    InviteForm,
    PeerFilter,
    PlanForm,
    ProgressForm,
    RecommendationForm,
    ReviewForm,
    SummaryForm,
)
from ..selectors import reviews as selectors
from ..services import review_results as results, reviews as services
from .filling import clicked
from .reviews import PER_PAGE


@login_required
def desk(request):
    page = Paginator(selectors.under_way(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_apply": request.user.has_perm("pilots.apply_for_review")}
    return render(request, "pilots/reviews_desk.html", context)


def page_of(request, form, review, title, deed, done, *, lead="", action="", context=None):
    """The page of one form of a review; `deed` does what was typed, and the reader comes back to the review."""
    if form.is_valid():
        try:
            made = deed(form)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, done)
            return redirect(review or made)
    told = {"form": form, "review": review, "title": title, "lead": lead, "action": action or _("Keep")}
    return render(request, "pilots/review_form.html", {**told, **(context or {})}, status=400 if form.errors else 200)


@login_required
def begin(request):
    require(request.user, "pilots.apply_for_review")
    form = ApplyForm(request.POST or None, organisations=own_organisations(request.user))

    def deed(form):
        host, key = form.cleaned_data["host"], form.cleaned_data["key"]
        return services.begin(host, by=request.user, key=key, **form.typed)

    lead = _("Peers from other countries look at your question for two days and recommend what to do.")
    return page_of(
        request, form, None, _("Apply for a peer review"), deed, _("It is kept; send it when complete."), lead=lead
    )


@login_required
def edit(request, pk):
    found = selectors.review_for(request.user, pk)
    require(request.user, "pilots.change_review", found)
    form = ReviewForm(request.POST or None, review=found)

    def deed(form):
        return services.change(found, by=request.user, **form.typed)

    may_delete = {"may_delete": not was_asked(found)}
    return page_of(
        request, form, found, _("Change the application"), deed, _("The application is kept."), context=may_delete
    )


@login_required
@require_POST
def send(request, pk):
    found = selectors.review_for(request.user, pk)
    if found.state != found.State.APPLIED:
        services.apply(found, by=request.user)
        messages.success(request, _("The application is sent."))
    return redirect(found)


@login_required
def peers(request, pk):
    """Who could be a peer, the most alike regions first."""
    found = selectors.review_for(request.user, pk)
    require(request.user, "pilots.invite_peers", found)
    form = InviteForm(request.POST or None)
    if form.is_valid():
        person = get_object_or_404(User, pk=form.cleaned_data["person"])
        try:
            services.invite(found, person, form.cleaned_data["why"], by=request.user)
        except ValidationError as problem:
            show_problem(problem, form)
        else:
            messages.success(request, _("The peer is invited and answers within fourteen days."))
            return redirect("pilots:review_peers", found.pk)
    narrowed = PeerFilter(request.GET)
    chosen = narrowed.cleaned_data if narrowed.is_valid() else {}
    rows = selectors.candidates(request.user, found, **chosen)
    context = {
        "review": found,
        "peers": selectors.peers_of(found),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "invite": form,
        "form": narrowed,
        "query": urlencode({name: value for name, value in chosen.items() if value}),
        "whys": InviteForm().fields["why"].choices,
    }
    return render(request, "pilots/review_peers.html", context, status=400 if form.errors else 200)


@login_required
def plan(request, pk):
    found = selectors.review_for(request.user, pk)
    require(request.user, "pilots.invite_peers", found)
    form = PlanForm(request.POST or None, review=found)

    def deed(form):
        told = form.cleaned_data
        agenda = [told["one"], told["two"]]
        return services.plan(found, told["first_day"], told["place"], agenda, active_code(), by=request.user)

    return page_of(request, form, found, _("Days and agenda"), deed, _("The review is planned."))


@login_required
def summarise(request, pk):
    found = selectors.review_for(request.user, pk)
    require(request.user, "pilots.write_review", found)
    form = SummaryForm(request.POST or None, review=found)

    def deed(form):
        return results.summarise(found, form.typed["summary"], by=request.user)

    return page_of(request, form, found, _("What was found, in short"), deed, _("The summary is kept."))


@login_required
def find(request, pk):
    found = selectors.review_for(request.user, pk)
    require(request.user, "pilots.write_review", found)
    form = FindingForm(request.POST or None)

    def deed(form):
        return results.find(found, form.typed["text"], by=request.user, key=form.cleaned_data["key"])

    return page_of(request, form, found, _("Write a finding"), deed, _("The finding is kept."))


@login_required
def recommend(request, pk):
    found = selectors.review_for(request.user, pk)
    require(request.user, "pilots.write_review", found)
    form = RecommendationForm(request.POST or None, review=found)

    def deed(form):
        return results.recommend(found, by=request.user, key=form.cleaned_data["key"], **form.typed)

    lead = _("Somebody of the country owns it and has it done by a day.")
    return page_of(request, form, found, _("Write a recommendation"), deed, _("The recommendation is kept."), lead=lead)


@login_required
@require_POST
def remove_finding(request, pk):
    return removed(request, selectors.finding_for(request.user, pk))


@login_required
@require_POST
def remove_recommendation(request, pk):
    return removed(request, selectors.recommendation_for(request.user, pk))


def removed(request, row):
    review = results.remove(row, by=request.user)
    messages.success(request, _("It is removed."))
    return redirect(review)


@login_required
@require_POST
def publish(request, pk):
    found = selectors.review_for(request.user, pk)
    if found.state == found.State.PUBLISHED:  # pressed twice
        return redirect(found)
    try:
        services.publish(found, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("The report is published."))
    return redirect(found)


@login_required
def call_off(request, pk):
    found = selectors.review_for(request.user, pk)
    if request.method == "POST" and found.state == found.State.CALLED_OFF:  # pressed twice
        return redirect(found)
    require(request.user, "pilots.call_off_review", found)
    form = ReasonForm(request.POST or None)

    def deed(form):
        return services.call_off(found, by=request.user, **form.cleaned_data)

    lead = _("The host, the peers and who was invited are told why. What was written stays with those concerned.")
    return page_of(
        request,
        form,
        found,
        _("Call off the review"),
        deed,
        _("The review is called off."),
        lead=lead,
        action=_("Call it off"),
    )


@login_required
@require_POST
def delete(request, pk):
    found = selectors.review_for(request.user, pk)
    return clicked(
        request,
        lambda: services.delete(found, by=request.user),
        told=_("The draft is deleted."),
        gone="pilots:reviews_desk",
        back=found.get_absolute_url(),
    )


@login_required
def progress(request, pk):
    row = selectors.recommendation_for(request.user, pk)
    require(request.user, "pilots.follow_review", row.review)
    form = ProgressForm(request.POST or None, recommendation=row)

    def deed(form):
        return results.update(row, form.cleaned_data["state"], form.typed["progress"], by=request.user)

    return page_of(
        request, form, row.review, _("How far a recommendation is"), deed, _("It is kept."), lead=str(row.text)
    )


@login_required
def follow_up(request, pk):
    row = selectors.follow_up_for(request.user, pk)
    require(request.user, "pilots.follow_review", row.review)
    form = FollowUpForm(request.POST or None, follow_up=row)

    def deed(form):
        return results.follow_up(row, form.typed["text"], by=request.user)

    return page_of(request, form, row.review, row.get_months_display(), deed, _("Thank you. Everybody can read it."))
