from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.identity.access.selectors import require

from ..forms.meetings import ItemForm
from ..selectors import documents, meetings as selectors
from ..services import agenda as services
from .meetings import done, form_page, frame


def item_form(request, meeting, item=None) -> ItemForm:
    initial = {}
    if item is not None:
        initial = {name: getattr(item, name) for name in ("title", "text", "kind", "duration", "speaker")}
        initial |= {"approves": item.approves_id, "documents": [one.pk for one in item.documents.all()]}
    papers = documents.documents(request.user).filter(group=meeting.group_id, trashed_on=None).order_by("title")
    earlier = selectors.with_final_minutes(request.user, meeting)
    return ItemForm(request.POST or None, initial=initial, documents=papers, meetings=earlier)


def led(request, pk):
    found = selectors.meeting_for(request.user, pk)
    require(request.user, "workinggroups.lead_meeting", found)
    return found


@login_required
def agenda(request, pk):
    """The agenda as it is put together, and a further item."""
    found = led(request, pk)
    form = item_form(request, found)
    if request.method == "POST" and form.is_valid() and done(request, form, services.add_item, found, **form.told):
        return redirect(f"{request.path}#agenda")
    context = {**frame(request.user, found), "form": form, "places": selectors.agenda(request.user, found)}
    return render(request, "workinggroups/agenda.html", context, status=400 if form.errors else 200)


@login_required
def change(request, pk, item):
    found = led(request, pk)
    row = selectors.item_for(request.user, found, item)
    form = item_form(request, found, row)
    if request.method == "POST" and form.is_valid() and done(request, form, services.change_item, row, **form.told):
        return redirect("workinggroups:agenda", pk)
    return form_page(request, found, form, _("Change an item of the agenda"))


@login_required
@require_POST
def move(request, pk, item):
    row = selectors.item_for(request.user, led(request, pk), item)
    return tried(request, pk, services.move_item, row, -1 if request.POST.get("step") == "up" else 1)


@login_required
@require_POST
def remove(request, pk, item):
    return tried(request, pk, services.remove_item, selectors.item_for(request.user, led(request, pk), item))


def tried(request, pk, deed, *args):
    try:
        deed(*args, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("workinggroups:agenda", pk)
