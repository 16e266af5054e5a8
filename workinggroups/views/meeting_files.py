"""Minutes as a paper, a meeting as a zip, and its entry for calendars."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from platform_core.programme.events.ical import calendar

from ..selectors import meetings as selectors
from .made_files import asked


@login_required
@require_POST
def ask(request, pk):
    found = selectors.meeting_for(request.user, pk)
    ending = request.POST.get("kind", "")
    kind = "meeting" if ending == "zip" else "minutes"
    return asked(request, kind, ending, (found,), group=found.group, meeting=found)


def entry(request, pk):
    """The meeting for a calendar program."""
    found = selectors.meeting_for(request.user, pk)
    if found.starts is None:
        raise Http404
    entries = [selectors.entry(found, request.user)]
    response = HttpResponse(calendar(found.title, entries), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="meeting-{found.pk}.ics"'
    return response
