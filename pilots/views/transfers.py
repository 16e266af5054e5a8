"""Would it work in my region? A practice held against a region, kept, judged and discussed."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.exchange.discussions import selectors as discussions
from platform_core.ground.ui.guest_cache import cached_for_guests
from platform_core.ground.vocabulary import selectors as vocabulary
from platform_core.identity.access.selectors import require
from platform_core.people.members.selectors import own_organisations

from ..forms.transfers import JudgeForm, KeepForm, PlaceForm, RegionForm, SayForm
from ..selectors import conditions, transfers as selectors
from ..services import transfers as services

PER_PAGE = 25


def chosen_region(form):
    return vocabulary.region(form.cleaned_data["region"]) if form.is_valid() and form.cleaned_data["region"] else None


@cached_for_guests
def practices(request):
    """Every practice with what it needs and whether that is there in a region."""
    form = PlaceForm(request.GET)
    region = chosen_region(form)
    topic = form.cleaned_data["topic"] if form.is_valid() else ""
    page = Paginator(selectors.practices(request.user, topic=topic), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "region": region,
        "page": page,
        "rows": selectors.against(request.user, region, list(page)) if region else [],
        "sheet": conditions.sheet_if_any(request.user, region) if region else None,
        "query": urlencode({"region": region.code, "topic": topic}) if region else "",
    }
    return render(request, "pilots/transferability.html", context)


@cached_for_guests
def hold(request, code):
    """One practice against a region, computed now."""
    record = selectors.record_for(request.user, code)
    form = RegionForm(request.GET or None)
    region = chosen_region(form)
    context = {"record": record, "form": form, "region": region}
    if region:
        context |= {"fit": selectors.fit(request.user, record, region), **keeping(request, record, region)}
    status = 400 if form.is_bound and not form.is_valid() else 200
    return render(request, "pilots/hold.html", context, status=status)


def keeping(request, record, region) -> dict:
    if not request.user.is_authenticated or not request.user.has_perm("pilots.keep_transfer"):
        return {}
    own = own_organisations(request.user)
    keep = KeepForm(organisations=own, initial={"region": region.code})
    kept = list(selectors.kept_of(request.user, record, region))
    return {"keep": keep, "kept": kept, "judgements": selectors.judgements_of(request.user, record, region)}


@login_required
@require_POST
def keep(request, code):
    record = selectors.record_for(request.user, code)
    form = KeepForm(request.POST, organisations=own_organisations(request.user))
    require(request.user, "pilots.keep_transfer")
    if not form.is_valid():
        context = {"record": record, "form": RegionForm(), "keep": form}
        return render(request, "pilots/hold.html", context, status=400)
    made = services.keep(record, form.cleaned_data["region"], form.cleaned_data["organisation"], by=request.user)
    messages.success(request, _("It is kept. Experts can judge it, and members can discuss it."))
    return redirect(made)


@login_required
def listing(request):
    form = RegionForm(request.GET)
    region = chosen_region(form)
    code = region.code if region else ""
    page = Paginator(selectors.listed(request.user, region=code), PER_PAGE).get_page(request.GET.get("page"))
    query = f"region={code}" if code else ""
    return render(request, "pilots/transfers.html", {"page": page, "form": form, "query": query})


@login_required
def transfer(request, pk, say=None, judge=None):
    """What was found on the day, what experts think, and what was said."""
    found = selectors.transfer_for(request.user, pk)
    live = (
        selectors.fit(request.user, found.record, found.region) if selectors.still_seen(request.user, found) else None
    )
    own = found.judgements.filter(judged_by=request.user).first()
    begun = {"verdict": own.verdict, "reasons": own.reasons} if own else {}
    may_judge = request.user.has_perm("pilots.judge_transfer", found)
    context = {
        "transfer": found,
        "percent": None if found.share is None else round(100 * found.share),
        "snapshot": selectors.snapshot(found),
        "places": selectors.places_then(found),
        "live": live,
        "has_changed": live is not None and live.stored()["answers"] != found.found.get("answers", {}),
        "judgements": selectors.with_fits(found.judgements.all()),
        "judge": judge or (JudgeForm(initial=begun) if may_judge else None),
        "comments": discussions.comments_on(found),
        "say": say or (SayForm() if request.user.has_perm("pilots.discuss_transfer", found) else None),
    }
    failed = any(form is not None and form.is_bound for form in (say, judge))
    return render(request, "pilots/transfer.html", context, status=400 if failed else 200)


@login_required
@require_POST
def judge(request, pk):
    found = selectors.transfer_for(request.user, pk)
    require(request.user, "pilots.judge_transfer", found)
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return transfer(request, pk, judge=form)
    services.judge(found, by=request.user, **form.cleaned_data)
    messages.success(request, _("Your judgement is kept."))
    return redirect(found)


@login_required
@require_POST
def say(request, pk):
    found = selectors.transfer_for(request.user, pk)
    form = SayForm(request.POST)
    if not form.is_valid():
        return transfer(request, pk, say=form)
    said = services.say(found, form.cleaned_data["text"], by=request.user)
    return redirect(f"{found.get_absolute_url()}#comment-{said.pk}")
