from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from platform_core.ground.ui.moments import zone_for
from platform_core.ground.vocabulary.days import platform_day
from platform_core.identity.access.selectors import require

from ..forms.meetings import DatesForm
from ..models import DateAnswer
from ..selectors import meetings as selectors
from ..services import dates as services
from .meetings import done, form_page, frame, inside

SHAPE = "%Y-%m-%d %H:%M"


@login_required
def offer(request, pk):
    """Dates are offered to those on the list, or changed without losing answers."""
    found = selectors.meeting_for(request.user, pk)
    require(request.user, "workinggroups.lead_meeting", found)
    lines = "\n".join(option.starts.astimezone(found.zone).strftime(SHAPE) for option in found.options.all())
    until = found.dates_until or platform_day() + timedelta(days=7)
    initial = {"dates": lines, "length": length_of(found), "until": until}
    form = DatesForm(request.POST or None, meeting=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        spans, until = form.cleaned_data["spans"], form.cleaned_data["until"]
        if done(request, form, services.offer, found, spans, until=until):
            return redirect("workinggroups:dates", pk)
    note = _("As clocks show it in the zone of the meeting: %(zone)s. Everybody reads them in her own.")
    note, verb = note % {"zone": found.time_zone}, "workinggroups.dates_offered"
    return form_page(request, found, form, _("Offer dates"), note, _("Ask"), verb)


def length_of(meeting) -> int:
    """Minutes of the dates offered already, two hours for the first."""
    first = meeting.options.first()
    return int((first.ends - first.starts).total_seconds() // 60) if first else 120


@login_required
def dates(request, pk):
    """Which dates suit whom; the reader's own answers can be changed until the date is set."""
    found = selectors.meeting_for(request.user, pk)
    own = selectors.own_row(request.user, found)
    if request.method == "POST":
        return said(request, found)
    options = list(selectors.options(found))
    context = {
        **frame(request.user, found),
        "options": selectors.date_rows(options, own),
        "rows": selectors.date_table(found, options) if inside(request.user, found) else [],
        "own": own,
        "values": DateAnswer.Value.choices,
        "same_zone": str(getattr(zone_for(""), "key", "")) == found.time_zone,
    }
    return render(request, "workinggroups/dates.html", context)


def said(request, found):
    keys = found.options.values_list("pk", flat=True)
    values = {pk: value for pk in keys if (value := request.POST.get(f"date-{pk}", "")) in DateAnswer.Value.values}
    try:
        services.say(found, values, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("Your answer is kept."))
    return redirect("workinggroups:dates", found.pk)


@login_required
@require_POST
def choose(request, pk, option):
    """The meeting is then."""
    found = selectors.meeting_for(request.user, pk)
    try:
        services.choose(get_object_or_404(found.options.all(), pk=option), by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("workinggroups:dates", pk)
    messages.success(request, _("The date is set, and the invitations go out."))
    return redirect(found)
