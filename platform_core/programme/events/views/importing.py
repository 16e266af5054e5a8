from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from platform_core.ground.ui.problems import show_problem
from platform_core.identity.access.selectors import require
from platform_core.materials.jobs.selectors import latest

from ..forms.events import EventForm
from ..forms.imports import SourceForm
from ..models import ImportedEntry, ImportSource
from ..selectors import imports as selectors
from ..services import imports as services

PER_PAGE = 50
MAY_IMPORT = permission_required("events.import_calendars", raise_exception=True)


@login_required
@MAY_IMPORT
def sources(request):
    return render(request, "events/sources.html", {"sources": selectors.sources(request.user)})


@login_required
@MAY_IMPORT
def source(request, pk):
    """What a calendar of others holds: what waits to be decided, what was taken, and what could not be read."""
    found = selectors.source_for(request.user, pk)
    state = request.GET.get("state", "")
    state = state if state in ImportedEntry.State.values else "waiting"
    context = {
        "source": found,
        "state": state,
        "states": ImportedEntry.State.choices,
        "page": Paginator(selectors.entries_of(found, state), PER_PAGE).get_page(request.GET.get("page")),
        "query": f"state={state}",
        "decides": request.user.has_perm("events.moderate"),
        "job": latest("events.read_source", source=found.pk),
    }
    return render(request, "events/source.html", context)


@login_required
@MAY_IMPORT
def new(request):
    return keep(request, ImportSource())


@login_required
@MAY_IMPORT
def change(request, pk):
    return keep(request, selectors.source_for(request.user, pk))


def keep(request, found: ImportSource):
    form = SourceForm(request.POST or None, request.FILES or None, source=found)
    if request.method == "POST" and form.is_valid() and kept(request, form):
        return redirect(form.source)
    context = {"form": form, "source": found if found.pk else None}
    return render(request, "events/source_change.html", context, status=422 if form.errors else 200)


def kept(request, form) -> bool:
    """The calendar described, and its file read at once; an address is read in the background."""
    is_new = form.source.pk is None
    try:
        with transaction.atomic():
            source = services.keep_source(form.applied(), form.topic_numbers(), by=request.user)
            if file := form.cleaned_data["file"]:
                number = services.take_in(source, file.read(), by=request.user)
    except ValidationError as problem:
        if is_new:
            form.source.pk = None
        show_problem(problem, form, names={} if hasattr(problem, "error_dict") else {"": "file"})
        return False
    if file:
        told = ngettext("%(n)s new entry was found.", "%(n)s new entries were found.", number)
        messages.success(request, told % {"n": number})
    elif source.address:
        services.read_now(source, by=request.user)
        messages.success(request, _("The address is being read."))
    return True


@login_required
@MAY_IMPORT
@require_POST
def read(request, pk):
    found = selectors.source_for(request.user, pk)
    if found.address:
        services.read_now(found, by=request.user)
        messages.success(request, _("The address is being read. Load this page again in a moment."))
    return redirect(found)


@login_required
@MAY_IMPORT
@require_POST
def decide(request, pk):
    """Take or decline the entries that are ticked."""
    found = selectors.source_for(request.user, pk)
    chosen = [int(one) for one in request.POST.getlist("entry") if one.isdecimal() and len(one) < 18]
    taken = "take" in request.POST
    if not chosen:
        messages.warning(request, _("Tick the entries first."))
        return redirect(found)
    try:
        number = services.decide(found, chosen, by=request.user, taken=taken)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect(found)
    if taken:
        words = ngettext(
            "%(n)s entry was taken into the calendar.", "%(n)s entries were taken into the calendar.", number
        )
    else:
        words = ngettext("%(n)s entry was not taken.", "%(n)s entries were not taken.", number)
    messages.success(request, words % {"n": number})
    return redirect(found)


@login_required
@MAY_IMPORT
def complete(request, pk, entry):
    """An entry that names no date becomes an event when a person adds what is lacking."""
    found = selectors.entry_for(request.user, pk, entry)
    require(request.user, "events.moderate")
    asked = partial(EventForm, user=request.user, language=found.source.language)
    form = asked(request.POST or None, initial=begun(found))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(services.complete(found, by=request.user, **form.event_fields()))
        except ValidationError as problem:
            show_problem(problem, form)
    context = {"form": form, "entry": found, "source": found.source}
    return render(request, "events/complete.html", context, status=422 if form.errors else 200)


def begun(entry: ImportedEntry) -> dict:
    return {
        "title": entry.title,
        "summary": entry.text,
        "place": entry.place,
        "url": entry.url,
        "call": entry.call,
        "organiser": entry.organiser or entry.source.name,
        "time_zone": entry.time_zone,
        "kind": "conference",
        "is_european": True,
        "seen_by": "public",
        "country": entry.source.country_id or "",
        "topics": [str(topic.pk) for topic in entry.source.topics.all()],
    }
