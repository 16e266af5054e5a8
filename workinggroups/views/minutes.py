"""Minutes of a meeting: read, written item by item, commented, made final."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.texts.comparison import Change, pieces
from platform_core.identity.access.selectors import require

from ..forms.minutes import (
    ActionForm,
    ApprovalForm,
    CirculateForm,
    EarlyForm,
    RemarkForm,
    ReopenForm,
    TakenForm,
    TextForm,
)
from ..selectors import meetings, minutes as selectors
from ..selectors.tasks import people_of
from ..services import minutes as services
from .meetings import done, form_page, frame


def minutes(request, pk):
    """The minutes as they are, for those who may read them by now."""
    found = meetings.meeting_for(request.user, pk)
    if not selectors.may_read(request.user, found):
        raise Http404
    kept = selectors.minutes_of(found)
    context = {
        **frame(request.user, found),
        "minutes": kept,
        "approved_at": selectors.approved_at(request.user, kept),
        "points": selectors.points(request.user, found, kept),
        "there": list(meetings.participants(found).filter(attended=True)),
        "takes_comments": selectors.takes_comments(kept)
        and request.user.has_perm("workinggroups.comment_minutes", found),
        "may_finalise": request.user.has_perm("workinggroups.finalise_minutes", found),
        "reopenings": selectors.reopenings(kept) if kept else [],
        "remark": RemarkForm(),
        "early": EarlyForm() if selectors.takes_comments(kept) else None,
    }
    return render(request, "workinggroups/minutes.html", context)


def item_of(request, pk, item):
    found = meetings.meeting_for(request.user, pk)
    return found, meetings.item_for(request.user, found, item)


@login_required
def write(request, pk, item):
    """What the minutes say of one item."""
    found, row = item_of(request, pk, item)
    require(request.user, "workinggroups.write_minutes", found)
    last = selectors.last_revision(row)
    initial = {"base": last.number if last else 0, "text": last.text if last else "", "outcome": row.outcome}
    form = (ApprovalForm if row.decides_minutes else TextForm)(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and written(request, row, form):
        return redirect(f"{found.get_absolute_url()}minutes/#item-{row.pk}")
    try:
        others = services.open_item(row, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect(found)
    context = {**frame(request.user, found), "item": row, "form": form, "others": others}
    return render(request, "workinggroups/minutes_write.html", context, status=400 if form.errors else 200)


def written(request, row, form) -> bool:
    try:
        services.write(row, by=request.user, **form.cleaned_data)
    except services.ConflictError as conflict:
        form.data = form.data.copy() | {"text": conflict.text, "base": str(conflict.number)}
        form.add_error("text", conflict.messages)
        return False
    except ValidationError as problem:
        form.add_error(None, problem.messages)
        return False
    return True


@login_required
def revisions(request, pk, item):
    """What was written when, and any two of them compared."""
    found, row = item_of(request, pk, item)
    rows = list(selectors.revisions_for(request.user, row))
    by_number = {str(one.number): one for one in rows}
    pair = [by_number.get(request.GET.get(name, "")) for name in ("from", "to")]
    if len(rows) > 1 and None in pair:
        pair = [rows[1], rows[0]]
    pair = sorted(filter(None, pair), key=lambda one: one.number)
    change = Change("", pieces(pair[0].text, pair[1].text)) if len(pair) == 2 else None
    context = {**frame(request.user, found), "item": row, "revisions": rows, "pair": pair, "change": change}
    return render(request, "workinggroups/minutes_revisions.html", context)


@login_required
@require_POST
def restore(request, pk, item, number):
    _found, row = item_of(request, pk, item)
    base = request.POST.get("base", "")
    revision = selectors.revision_for(request.user, row, number)
    try:
        services.restore(revision, int(base) if base.isdecimal() and len(base) < 6 else 0, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("It says again what it said then."))
    return redirect("workinggroups:minutes_revisions", pk, item)


@login_required
def circulate(request, pk):
    found = meetings.meeting_for(request.user, pk)
    require(request.user, "workinggroups.write_minutes", found)
    form = CirculateForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(request, form, services.circulate, found, **form.cleaned_data)
    ):
        messages.success(request, _("Those invited can read the minutes and comment on them."))
        return redirect("workinggroups:minutes", pk)
    words = {"title": _("Give the minutes for comment"), "action": _("Ask for comments")}
    return form_page(request, found, form, verb="workinggroups.minutes_circulated", **words)


@login_required
@require_POST
def comment(request, pk, item):
    _found, row = item_of(request, pk, item)
    form = RemarkForm(request.POST)
    if form.is_valid() and done(request, form, services.comment, row, form.cleaned_data["text"]):
        messages.success(request, _("Your comment is kept."))
    else:
        messages.error(request, " ".join(message for told in form.errors.values() for message in told))
    return redirect(f"{_found.get_absolute_url()}minutes/#item-{row.pk}")


@login_required
def act(request, pk, item):
    """An action point of an item becomes a task."""
    found, row = item_of(request, pk, item)
    require(request.user, "workinggroups.write_minutes", found)
    form = ActionForm(request.POST or None, people=people_of(found.group))
    if request.method == "POST" and form.is_valid() and done(request, form, services.act, row, **form.cleaned_data):
        return redirect(f"{found.get_absolute_url()}minutes/#item-{row.pk}")
    return form_page(request, found, form, _("Action point: %(title)s") % {"title": row.title})


@login_required
def decide(request, pk, item):
    """What was decided under an item goes into the register."""
    found, row = item_of(request, pk, item)
    require(request.user, "workinggroups.finalise_minutes", found)
    form = TakenForm(request.POST or None, initial={"title": row.title})
    if request.method == "POST" and form.is_valid() and done(request, form, services.decide, row, **form.cleaned_data):
        return redirect(f"{found.get_absolute_url()}minutes/#item-{row.pk}")
    note = _(
        "It gets its number in the register of decisions at once. The organisations that were there count for the quorum."
    )
    return form_page(request, found, form, _("Decision: %(title)s") % {"title": row.title}, note, _("Record it"))


@login_required
@require_POST
def finalise(request, pk):
    found = meetings.meeting_for(request.user, pk)
    try:
        services.finalise(found, by=request.user, early="early" in request.POST)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("The minutes are final; nothing of them changes any more."))
    return redirect("workinggroups:minutes", pk)


@login_required
def reopen(request, pk):
    found = meetings.meeting_for(request.user, pk)
    require(request.user, "workinggroups.finalise_minutes", found)
    form = ReopenForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(request, form, services.reopen, found, form.cleaned_data["why"])
    ):
        return redirect("workinggroups:minutes", pk)
    return form_page(request, found, form, _("Open final minutes again"), action=_("Open them"))
